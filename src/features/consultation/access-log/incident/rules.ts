/** Which fields of which cases somebody saw, reckoned from what the audit log keeps of each reading. Pure. */
import { maybeSamePerson, type Subject, samenessKeys } from '../../finding/rules.ts';
import { SUBJECT_FIELDS } from '../../tables.ts';
import type { Kind } from '../../words.ts';
import type { LogSurface } from '../rules.ts';

/** What a case can hold; `existence` is that there is one at all, `erased` stands for what can no longer be told. */
export const SEEN_FIELDS = [
  'existence',
  ...SUBJECT_FIELDS,
  'body',
  'answers',
  'notes',
  'activities',
  'closing',
  'sharing',
  'files',
  'erased',
] as const;
export type SeenField = (typeof SEEN_FIELDS)[number];

/** Readings of one kind in one sitting, taken together. */
export interface Readings {
  caseId: string;
  action: string;
  /** Of `consultation.read`. */
  what: string | null;
  surface: LogSurface;
  session: string | null;
  /** Milliseconds since the epoch. */
  firstAt: number;
  lastAt: number;
  times: number;
}

/** A case that was read, and since when it has held what. */
export interface ReadCase {
  id: string;
  reference: string;
  kind: Kind;
  isErased: boolean;
  /** Instants; null for what it does not hold. What was typed at the beginning has 0. */
  heldSince: Readonly<Partial<Record<SeenField, number | null>>>;
  /** Undefined where no keys were at hand. */
  subject?: Subject;
}

/** Fields of a case that were seen together: as often, and between the same instants. */
export interface SeenRow {
  case: ReadCase;
  fields: SeenField[];
  firstAt: number;
  lastAt: number;
  times: number;
  surfaces: LogSurface[];
  sessions: string[];
}

const WHOLE = SEEN_FIELDS.filter((field) => field !== 'existence' && field !== 'erased');

/** What each reading showed. A whole case does also what this version does not know: rather too much is reported than too little. */
const SHOWN_BY: Readonly<Record<string, readonly SeenField[]>> = {
  question: ['body'],
  answer: ['answers'],
  note: ['notes'],
  activity: ['activities'],
  closing: ['closing'],
  sharing: ['sharing'],
  'file.download': ['files'],
  'consultation.duplicate_check': ['existence'],
};

/** Entries about a case that show nothing of a resident; shared notes were made public to the offices without anybody's data. */
export const SHOWS_NOTHING = [
  'consultation.read_shared',
  'consultation.state_purpose',
  'consultation.break_glass',
  'log.read',
  'log.export',
] as const;

/** One row for each set of fields that was seen alike, in the order in which they were first seen. */
export function seenRows(readings: readonly Readings[], cases: readonly ReadCase[]): SeenRow[] {
  const byId = Map.groupBy(readings, ({ caseId }) => caseId);
  const rows = cases.flatMap((each) => rowsOfCase(each, byId.get(each.id) ?? []));
  return rows.sort(
    (one, other) => one.firstAt - other.firstAt || (one.case.reference < other.case.reference ? -1 : 1),
  );
}

function rowsOfCase(of: ReadCase, readings: readonly Readings[]): SeenRow[] {
  const rows = new Map<string, SeenRow>();
  for (const field of SEEN_FIELDS) {
    const showing = readings.filter((reading) => fieldsShown(of, reading).includes(field));
    if (showing.length === 0) continue;
    const row: SeenRow = {
      case: of,
      fields: [field],
      firstAt: Math.min(...showing.map(({ firstAt }) => firstAt)),
      lastAt: Math.max(...showing.map(({ lastAt }) => lastAt)),
      times: showing.reduce((sum, { times }) => sum + times, 0),
      surfaces: [...new Set(showing.map(({ surface }) => surface))].sort(),
      sessions: [...new Set(showing.flatMap(({ session }) => session ?? []))].sort(),
    };
    const { case: _, fields: __, ...alike } = row;
    const known = rows.get(JSON.stringify(alike));
    if (known) known.fields.push(field);
    else rows.set(JSON.stringify(alike), row);
  }
  return [...rows.values()];
}

/** What the case held when it was last read in this way. */
function fieldsShown(of: ReadCase, { action, what, lastAt }: Readings): readonly SeenField[] {
  const word = action === 'consultation.read' ? (what ?? '') : action;
  const shown = SHOWN_BY[word] ?? WHOLE;
  if (shown.includes('existence')) return shown;
  if (of.isErased) return ['erased'];
  return shown.filter((field) => {
    const since = of.heldSince[field] ?? null;
    return since !== null && since <= lastAt;
  });
}

/** How many people these cases are about; undefined where no keys were at hand. */
export function countResidents(cases: readonly ReadCase[]): number | undefined {
  const subjects = cases.flatMap(({ kind, subject }) => (kind === 'individual' && subject ? [subject] : []));
  if (subjects.length === 0 && cases.some(({ kind }) => kind === 'individual')) return undefined;
  // Who shares a key may be the same person; each group is compared once with those who came before.
  const leaders = subjects.map((_, position) => position);
  const leaderOf = (position: number): number => {
    const leader = leaders[position] ?? position;
    return leader === position ? position : leaderOf(leader);
  };
  const byKey = new Map<string, number[]>();
  for (const [position, subject] of subjects.entries()) {
    for (const key of samenessKeys(subject)) {
      const others = byKey.get(key) ?? [];
      for (const other of others) {
        const before = subjects[other];
        if (before && maybeSamePerson(subject, before)) leaders[leaderOf(position)] = leaderOf(other);
      }
      byKey.set(key, [...others, position]);
    }
  }
  return new Set(subjects.map((_, position) => leaderOf(position))).size;
}
