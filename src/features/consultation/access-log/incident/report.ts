/** The CSV of an investigation: what it was about and how many residents on top, then a line for each set of fields seen. Pure. */
import { KINDS } from '../../words.ts';
import { exactInstant } from '../lines.ts';
import { SURFACE_WORDS } from '../text.ts';
import type { Findings } from './data.ts';
import { countResidents, type SeenRow, seenRows } from './rules.ts';
import type { Investigation } from './schema.ts';
import { FIELD_WORDS, incidentText as text } from './text.ts';

export interface Report extends Pick<Findings, 'staffName' | 'searches'> {
  /** Cases that were seen, and those of them with a resident. */
  cases: number;
  residentCases: number;
  /** Undefined where names stayed closed. */
  residents: number | undefined;
  rows: SeenRow[];
}

export function reportOf({ readings, cases, searches, staffName }: Findings): Report {
  const rows = seenRows(readings, cases);
  const seen = [...new Set(rows.map((row) => row.case))];
  return {
    cases: seen.length,
    residentCases: seen.filter(({ kind }) => kind === 'individual').length,
    residents: countResidents(seen),
    searches,
    staffName,
    rows,
  };
}

/** The lines of the CSV. */
export function reportLines(report: Report, investigation: Investigation, now: Date): (string | number)[][] {
  const { columns } = text;
  const hasNames = report.rows.some((row) => row.case.subject !== undefined);
  return [
    ...topLines(report, investigation, now),
    [],
    [
      columns.reference,
      ...(hasNames ? [columns.name] : []),
      columns.kind,
      columns.fields,
      columns.first,
      columns.last,
      columns.times,
      columns.surfaces,
      columns.sessions,
    ],
    ...report.rows.map((row) => [
      row.case.reference,
      ...(hasNames ? [row.case.subject?.subjectName ?? ''] : []),
      KINDS[row.case.kind],
      ...seenCells(row),
    ]),
  ];
}

/** What was seen, when, how often, where and in which sitting. */
export function seenCells({
  fields,
  firstAt,
  lastAt,
  times,
  surfaces,
  sessions,
}: SeenRow): (string | number)[] {
  return [
    fields.map((field) => FIELD_WORDS[field]).join('、'),
    exactInstant(new Date(firstAt)),
    exactInstant(new Date(lastAt)),
    times,
    surfaces.map((surface) => SURFACE_WORDS[surface]).join('、'),
    sessions.join(' '),
  ];
}

function topLines(
  { cases, residentCases, residents, searches, staffName }: Report,
  { staff, session, since, until }: Investigation,
  now: Date,
): string[][] {
  const { top } = text;
  return [
    ...(staff ? [[top.staff, staffName ? `${staffName}（${staff}）` : staff]] : []),
    ...(session ? [[top.session, session]] : []),
    [top.span, `${exactInstant(since)} 〜 ${until ? exactInstant(until) : top.until}`],
    [top.residents, residents === undefined ? top.atMost(residentCases) : top.people(residents)],
    [top.residentCases, top.count(residentCases)],
    [top.cases, top.count(cases)],
    [top.searches, top.times(searches)],
    [top.made, exactInstant(now)],
  ];
}
