/** The tables of a report, in figures: the page shows them and the CSV has the same cells. Pure. */
import { WAY_WORDS, WAYS } from '../words.ts';
import type { Cell, Part, ReportTable } from './cells.ts';
import { checksTable, reportsTable, takeoversTable } from './center-lines.ts';
import type { CenterFigures, Report } from './data.ts';
import { EFFECT_MINUTES } from './reminding/rules.ts';
import { type Figures, RATE_MINUTES, REACHED_PERCENTS } from './rules.ts';
import { formatLength, reportText as text } from './text.ts';

export type ReportTables = Readonly<
  Record<'rates' | 'ways' | 'effects' | 'centers' | 'reports' | 'takeovers' | 'checks', ReportTable>
>;

/** Every table of the report, in its order. */
export function tablesOf(report: Report): ReportTables {
  return {
    rates: ratesTable(report),
    ways: waysTable(report),
    effects: effectsTable(report),
    centers: centersTable(report),
    reports: reportsTable(report),
    takeovers: takeoversTable(report),
    checks: checksTable(report),
  };
}

function ratesTable(report: Report): ReportTable {
  const { figures, rollCall, previous, course } = report;
  const { rates } = text;
  const label = labelOfBefore(report) ?? '';
  const columns: { head: string; of: Figures; isRunning: boolean }[] = [
    { head: rates.now(rollCall.reference), of: figures, isRunning: course.closedAt === null },
    ...(previous
      ? [
          {
            head: rates.before(label, previous.rollCall.reference),
            of: previous.comparison.before,
            isRunning: false,
          },
          { head: rates.sameNow, of: previous.comparison.same.now, isRunning: course.closedAt === null },
          { head: rates.sameBefore(label), of: previous.comparison.same.before, isRunning: false },
        ]
      : []),
  ];
  const each = (cell: (figures: Figures, isRunning: boolean) => Cell) =>
    columns.map(({ of, isRunning }) => cell(of, isRunning));
  const isCutShort = columns.some(({ of }) =>
    of.within.some(({ isAfterEnd, answered }) => isAfterEnd && answered !== null),
  );
  return {
    heading: rates.heading,
    head: [rates.item, ...columns.map(({ head }) => head)],
    rows: [
      [rates.roster, ...each(({ roster }) => text.people(roster))],
      [rates.answered, ...each(({ answered, roster }) => ({ count: answered, of: roster }))],
      ...RATE_MINUTES.map((minutes) => [rates.within(minutes), ...each((of) => withinCell(of, minutes))]),
      ...REACHED_PERCENTS.map((percent) => [
        rates.reached(percent),
        ...each((of, isRunning) => reachedCell(of, percent, isRunning)),
      ]),
    ],
    note: isCutShort ? rates.afterEnd : undefined,
  };
}

function withinCell(figures: Figures, minutes: number): Cell {
  const answered = figures.within.find((each) => each.minutes === minutes)?.answered ?? null;
  return answered === null ? text.notYet : { count: answered, of: figures.roster };
}

/** When so much of the roster had answered; said plainly where it was not reached. */
export function reachedCell(figures: Figures, percent: number, isRunning: boolean): string {
  if (figures.roster === 0) return text.nothing;
  const ms = figures.reached.find((each) => each.percent === percent)?.ms ?? null;
  if (ms !== null) return formatLength(ms);
  return isRunning ? text.notYet : text.notReached;
}

function waysTable({ ways, figures }: Report): ReportTable {
  const part = (count: number): Part => ({ count, of: figures.roster });
  return {
    heading: text.ways.heading,
    head: [text.ways.way, text.ways.people],
    rows: [
      ...WAYS.map((way) => [WAY_WORDS[way], part(ways.first[way])]),
      [text.ways.silent, part(figures.roster - figures.answered)],
      [text.ways.changed, part(ways.changed)],
    ],
  };
}

function effectsTable({ effects, escalations }: Report): ReportTable {
  const words = text.effects;
  return {
    heading: words.heading,
    head: [words.step, words.told, words.answered(EFFECT_MINUTES)],
    rows: [
      ...effects.map(({ minutes, ...each }) => ({ step: words.after(minutes), ...each })),
      ...escalations.map(({ to, ...each }) => ({ step: words.heard[to], ...each })),
    ].map(({ step, told, answered }) => [step, told, { count: answered, of: told }]),
    none: words.none,
  };
}

function centersTable(report: Report): ReportTable {
  const words = text.centers;
  const label = labelOfBefore(report);
  const isRunning = report.course.closedAt === null;
  return {
    heading: words.heading,
    head: [
      words.center,
      words.roster,
      words.answered,
      words.within(10),
      words.within(30),
      words.reached(50),
      words.reached(90),
      words.reported,
      ...(label === null ? [] : [words.before(label), words.beforeReached(label)]),
    ],
    rows: report.centers.map((each) => [
      each.short,
      ...nowCells(each, isRunning),
      ...(label === null ? [] : beforeCells(each)),
    ]),
    note: label === null ? undefined : words.merged,
  };
}

function nowCells({ figures, reportedMs }: CenterFigures, isRunning: boolean): Cell[] {
  const { nothing, centers } = text;
  if (!figures) return [0, centers.notNow, nothing, nothing, nothing, nothing, nothing];
  return [
    figures.roster,
    { count: figures.answered, of: figures.roster },
    withinCell(figures, 10),
    withinCell(figures, 30),
    reachedCell(figures, 50, isRunning),
    reachedCell(figures, 90, isRunning),
    reportedMs === null ? nothing : formatLength(reportedMs),
  ];
}

function beforeCells({ before }: CenterFigures): Cell[] {
  if (!before) return [text.centers.noPartner, text.nothing];
  return [{ count: before.answered, of: before.roster }, reachedCell(before, 50, false)];
}

/** `前年度`, or how many years before. */
export function labelOfBefore({ previous }: Report): string | null {
  return previous ? text.years(previous.rollCall.yearsBefore) : null;
}
