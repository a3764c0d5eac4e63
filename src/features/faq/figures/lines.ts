/** The figures as tables, for the page and for CSV alike. Pure. */
import { entryPath } from '../paths.ts';
import { formatFaqReference } from '../rules.ts';
import type { EntryCount, Figures } from './data.ts';
import { figuresText as text } from './text.ts';

export interface Cell {
  words: string;
  path: string;
}

export interface Table {
  heading: string;
  /** What is counted. */
  note: string;
  head: readonly string[];
  rows: readonly (readonly (string | number | Cell)[])[];
}

/** @param months all that are to be shown, in order */
export function tablesOf(figures: Figures, months: readonly string[]): Table[] {
  return [
    totalsOf(figures),
    solvedOf(figures),
    questionsOf(figures),
    {
      ...text.ways,
      head: [text.ways.way, text.count],
      rows: figures.ways.map(({ way, asks }) => [text.ways.of(way), asks]),
    },
    {
      ...text.centers,
      head: [text.centers.center, text.centers.asks, text.centers.unanswered],
      rows: figures.centers.map(({ short, asks, unanswered }) => [short, asks, unanswered]),
    },
    monthsTable(figures, months),
    entriesTable(text.asked, figures.asked),
    entriesTable(text.read, figures.read),
    entriesTable(text.helpful, figures.helpful),
    entriesTable(text.unhelpful, figures.unhelpful),
    staleOf(figures),
  ];
}

function totalsOf({ totals, votes }: Figures): Table {
  const { asks, people, found, read, unanswered, helpful, unhelpful } = text.totals;
  const share = (count: number) => text.percent(count, totals.asks);
  return {
    heading: text.totals.heading,
    note: text.totals.note,
    head: [text.item, text.count, text.share],
    rows: [
      [asks, totals.asks, ''],
      [people, totals.people, ''],
      [found, totals.found, share(totals.found)],
      [read, totals.read, share(totals.read)],
      [unanswered, totals.unanswered, share(totals.unanswered)],
      [helpful, votes.helpful, text.percent(votes.helpful, votes.helpful + votes.unhelpful)],
      [unhelpful, votes.unhelpful, text.percent(votes.unhelpful, votes.helpful + votes.unhelpful)],
    ],
  };
}

function solvedOf({ solved }: Figures): Table {
  return {
    heading: text.solved.heading,
    note: text.solved.note,
    head: [text.item, text.count, text.share],
    rows: [
      [text.solved.asks, solved.asks, ''],
      [text.solved.read, solved.read, text.percent(solved.read, solved.asks)],
      [text.solved.solved, solved.solved, text.percent(solved.solved, solved.asks)],
    ],
  };
}

function questionsOf({ questions }: Figures): Table {
  return {
    heading: text.questions.heading,
    note: text.questions.note,
    head: [text.item, text.count],
    rows: [
      [text.questions.open, questions.open],
      [text.questions.answered, questions.answered],
      [text.questions.setAside, questions.setAside],
      [text.questions.median, text.questions.days(questions.medianDays)],
    ],
  };
}

export function monthsTable(figures: Figures, months: readonly string[]): Table {
  return {
    heading: text.months.heading,
    note: text.months.note,
    head: [text.months.month, text.count],
    rows: months.map((month) => [text.months.of(month), figures.months.get(month) ?? 0]),
  };
}

function entriesTable(words: { heading: string; note: string }, entries: readonly EntryCount[]): Table {
  return {
    ...words,
    head: [text.entry.number, text.entry.question, text.count],
    rows: entries.map(({ number, question, count }) => [linkOf(number), question, count]),
  };
}

function staleOf({ stale }: Figures): Table {
  return {
    heading: text.stale.heading,
    note: text.stale.note(stale.count),
    head: [text.entry.number, text.entry.question, text.entry.reviewedOn, text.entry.owner],
    rows: stale.entries.map(({ number, question, reviewedOn, ownerName }) => [
      linkOf(number),
      question,
      reviewedOn === null ? text.stale.never : text.stale.on(reviewedOn),
      ownerName ?? text.stale.nobody,
    ]),
  };
}

function linkOf(number: number): Cell {
  return { words: formatFaqReference(number), path: entryPath(number) };
}

/** A table's lines in a CSV. */
export function csvRows({ heading, note, head, rows }: Table): (string | number)[][] {
  return [
    [heading],
    [note],
    [...head],
    ...rows.map((row) => row.map((cell) => (typeof cell === 'object' ? cell.words : cell))),
  ];
}
