/** A case's course as lines that people read: on screens and on the printed sheet. Pure. */
import type { OpenedAnswer, OpenedContent } from '../content/data.ts';
import type { OpenedNote } from '../notes/data.ts';
import { notesText } from '../notes/text.ts';
import type { OpenedActivity } from '../recording/data.ts';
import { STATUSES } from '../words.ts';
import { type Difference, describe } from './changes.ts';
import type { CaseEvent } from './data.ts';
import type { Names } from './detail.ts';
import { whatHappened } from './events.ts';
import { timelineText as text } from './text.ts';

/** What stands behind the ids of the events, opened for somebody who may read it. */
export interface OpenedCase {
  names: Names;
  content: OpenedContent;
  answers: readonly OpenedAnswer[];
  notes: readonly OpenedNote[];
  activities: readonly OpenedActivity[];
}

export interface TimelineLine {
  /** The case's version that the change led to. */
  seq: number;
  at: Date;
  /** The name of the person; null when a date came or somebody left. */
  who: string | null;
  what: string;
  about: string | null;
  whom: string | null;
  differences: readonly Difference[];
  /** The chosen word, and what was written beside it. */
  reason: string | null;
  /** What was written in the change: an answer, a question, a summary. */
  texts: readonly { heading: string; body: string }[];
}

/** In the order of the events. */
export function timelineLines(events: readonly CaseEvent[], opened: OpenedCase): TimelineLine[] {
  return events.map((event) => lineOf(event, opened));
}

function lineOf(event: CaseEvent, opened: OpenedCase): TimelineLine {
  const described = describe(event, opened.names);
  const notes = notesOf(event, opened);
  const written = notes.filter(({ kind }) => kind === 'reason').map(({ body }) => body);
  return {
    seq: event.seq,
    at: event.at,
    who: event.actorName ?? (event.actor.startsWith('job:') ? null : text.somebody),
    what: whatHappened(event.action),
    about: described.about,
    whom: described.whom,
    differences: [...statusDifference(event), ...described.differences],
    reason: [described.reason, ...written].filter((part) => part !== null).join('：') || null,
    texts: [
      ...textsOf(event, opened),
      ...notes
        .filter(({ kind }) => kind !== 'reason')
        .map(({ kind, body }) => ({ heading: notesText.kinds[kind], body })),
    ],
  };
}

function statusDifference({ detail }: CaseEvent): Difference[] {
  const before = statusWord(detail.was);
  const after = statusWord(detail.status);
  return before === after || after === null ? [] : [{ label: text.labels.status, before, after }];
}

function statusWord(code: CaseEvent['detail'][string] | undefined): string | null {
  return Object.entries(STATUSES).find(([status]) => status === code)?.[1] ?? null;
}

/** `note` names one, or several with commas. What is no longer there is left out. */
function notesOf({ detail }: CaseEvent, { notes }: OpenedCase): OpenedNote[] {
  const ids = typeof detail.note === 'string' ? detail.note.split(',') : [];
  return ids.flatMap((id) => notes.find((note) => note.id === id) ?? []);
}

function textsOf({ action, detail }: CaseEvent, opened: OpenedCase): { heading: string; body: string }[] {
  if (action === 'consultation.submit') return [{ heading: text.question, body: opened.content.body }];
  const answer = opened.answers.find(({ id }) => id === detail.answer);
  const activity = opened.activities.find(({ id }) => id === detail.activity);
  return [
    ...(answer ? [{ heading: text.answer, body: answer.body }] : []),
    // The summary as it is now: it belongs to where the activity was recorded, not to each move of its date.
    ...(activity?.summary && detail.outcome === activity.state
      ? [{ heading: text.summary, body: activity.summary }]
      : []),
  ];
}

/** What a line says below its sentence, one entry a row; the written texts come after it. */
export function detailRows({ about, whom, differences, reason }: TimelineLine): string[] {
  const { labels } = text;
  const rows: [label: string, value: string | null][] = [
    [labels.about, about],
    [labels.whom, whom],
  ];
  return [
    ...rows.flatMap(([label, value]) => (value === null ? [] : [text.labelled(label, value)])),
    ...differences.map(rowOf),
    ...(reason === null ? [] : [text.labelled(labels.reason, reason)]),
  ];
}

function rowOf({ label, before, after }: Difference): string {
  if (before === null && after !== null) return text.labelled(label, after);
  return text.change(label, before ?? text.none, after ?? text.none);
}

/** `佐藤 花子さんが送信しました`, or the bare sentence of what came by itself. */
export function sentenceOf({ who, what }: TimelineLine): string {
  return who === null ? what : text.by(who, what);
}
