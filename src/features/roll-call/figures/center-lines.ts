/** The tables of what centers reported, who took over for whom, and 優先安否確認. Pure. */
import { formatInstant } from '../../../lib/jst.ts';
import type { LatestReport } from '../reporting/data.ts';
import {
  BUILDING_WORDS,
  DAMAGE_WORDS,
  LIFELINE_NAMES,
  LIFELINES,
  NEED_NAMES,
  REPORTER_WORDS,
  SERVICE_WORDS,
  UNKNOWN,
} from '../words.ts';
import type { Cell, ReportTable } from './cells.ts';
import type { Report } from './data.ts';
import { formatLength, reportText as text } from './text.ts';

export function reportsTable({ reports, course }: Report): ReportTable {
  const words = text.reports;
  return {
    heading: words.heading,
    head: [
      words.after,
      words.center,
      words.number,
      words.reporter,
      words.damage,
      words.building,
      words.lifelines,
      words.gathered,
      words.service,
      words.checks,
      words.needs,
    ],
    rows: reports.map((each) => [
      formatLength(Math.max(0, each.at.getTime() - course.startedAt.getTime())),
      each.centerShort,
      words.numberOf(each.number),
      REPORTER_WORDS[each.reporter],
      each.damage === null ? UNKNOWN : DAMAGE_WORDS[each.damage],
      each.building === null ? UNKNOWN : BUILDING_WORDS[each.building],
      lifelinesOf(each),
      each.gathered === null ? UNKNOWN : text.people(each.gathered),
      each.service === null ? UNKNOWN : SERVICE_WORDS[each.service],
      each.checksDone === null && each.checksTotal === null
        ? UNKNOWN
        : words.checksOf(each.checksDone, each.checksTotal),
      needsOf(each),
    ]),
    none: words.none,
  };
}

function lifelinesOf(report: LatestReport): string {
  const named = (of: LatestReport['power']) =>
    LIFELINES.filter((each) => report[each] === of).map((each) => LIFELINE_NAMES[each]);
  const [out, unknown] = [named('out'), named(null)];
  if (unknown.length === LIFELINES.length) return UNKNOWN;
  if (out.length === 0 && unknown.length === 0) return text.reports.allWork;
  return [
    ...(out.length === 0 ? [] : [text.reports.out(out)]),
    ...(unknown.length === 0 ? [] : [text.reports.unknownOf(unknown)]),
  ].join('、');
}

function needsOf({ needsPeople, needsGoods, needsVehicles }: LatestReport): string {
  const all = [
    [NEED_NAMES.people, needsPeople],
    [NEED_NAMES.goods, needsGoods],
    [NEED_NAMES.vehicles, needsVehicles],
  ] as const;
  const named = (of: boolean | null) => all.filter(([, each]) => each === of).map(([name]) => name);
  const [wanted, unknown] = [named(true), named(null)];
  if (unknown.length === all.length) return UNKNOWN;
  if (wanted.length === 0 && unknown.length === 0) return text.reports.noNeeds;
  return [
    ...(wanted.length === 0 ? [] : [wanted.join('・')]),
    ...(unknown.length === 0 ? [] : [text.reports.unknownOf(unknown)]),
  ].join('、');
}

export function takeoversTable({ takeovers }: Report): ReportTable {
  const words = text.takeovers;
  return {
    heading: words.heading,
    head: [words.center, words.substitute, words.proposed, words.accepted, words.ended],
    rows: takeovers.map((each) => [
      each.centerShort,
      each.substituteShort,
      formatInstant(each.proposedAt),
      each.acceptedAt ? formatInstant(each.acceptedAt) : words.notAccepted,
      each.endedAt ? formatInstant(each.endedAt) : text.nothing,
    ]),
    none: words.none,
  };
}

export function checksTable({ checks }: Report): ReportTable {
  const words = text.checks;
  const sum = (of: (each: Report['checks'][number]) => number) =>
    checks.reduce((total, each) => total + of(each), 0);
  const rows = checks.map(({ short, done, total, help, absent }): Cell[] => [
    short,
    { count: done, of: total },
    help ?? text.nothing,
    absent ?? text.nothing,
  ]);
  const all: Cell[] = [
    words.total,
    { count: sum(({ done }) => done), of: sum(({ total }) => total) },
    ...(checks.every(({ help, absent }) => help === null && absent === null)
      ? [text.nothing, text.nothing]
      : [sum(({ help }) => help ?? 0), sum(({ absent }) => absent ?? 0)]),
  ];
  return {
    heading: words.heading,
    head: [words.center, words.done, words.help, words.absent],
    rows: rows.length === 0 ? [] : [...rows, all],
    none: words.none,
  };
}
