/** Reading a log is a write: it is logged before anything is shown. What a person may not read is answered like what does not exist. */
import { done, type Result, refused } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import { type Integrity, readIntegrity } from '../../../vault/audit-check.ts';
import type { Actor } from '../../directory/actor.ts';
import { noteLook } from '../../directory/noting.ts';
import { recordRefusal } from '../mutations.ts';
import { sightOf } from '../visibility/data.ts';
import {
  findLoggedCase,
  type LogEntry,
  type LoggedPerson,
  type LogPage,
  type LogQuery,
  type LogSight,
  listPeople,
  readLog,
} from './data.ts';
import { findResidentCases, type KinCase } from './resident/data.ts';
import { type LogReach, logReachOf } from './rules.ts';
import type { LogFilter, LogPosition } from './schema.ts';

const PAGE = 50;
/** Entries that one page looks at: a center of thirty finds its fifty among them. D1 bills each row that is read. */
const SCANNED_A_PAGE = 2_000;
export const CSV_ROWS = 10_000;
const SCANNED_A_PORTION = 10_000;
/** Each takes up to two queries of the free plan's 50. */
const CSV_PORTIONS = 12;

/** Whose log it is: everybody's, that of one case, or that of all cases of a resident. */
export type LogSubject = { of: 'all' } | { of: 'case' | 'resident'; reference: string };

type LogAction = 'log.read' | 'log.export';

export interface OpenedLog {
  reach: LogReach;
  filter: LogFilter;
  /** Of a resident's log: its cases. */
  kin: readonly KinCase[];
  /** Whether the case of the filter is none whose log the person may read. */
  isCaseUnknown: boolean;
}

export interface ShownLog extends OpenedLog {
  page: LogPage;
  people: readonly LoggedPerson[];
  /** For admins, of the log as a whole. */
  integrity: Integrity | undefined;
}

export interface ExportedLog extends OpenedLog {
  entries: LogEntry[];
  /** What the export leaves out: `rows` beyond its limit, or what is older than the last entry that was looked at. */
  cut: 'rows' | { lookedBackTo: Date } | undefined;
}

/** Shows a page of a log, for whoever may read it. */
export async function viewLog(
  scope: Scope,
  actor: Actor,
  subject: LogSubject,
  filter: LogFilter,
  after: LogPosition | undefined,
): Promise<Result<ShownLog, 'not-found'>> {
  const begun = await beginLog(scope, actor, subject, filter, 'log.read');
  if (!begun.ok) return begun;
  const { log, sight, query } = begun.value;
  const [page, people, integrity] = await Promise.all([
    query
      ? readLog(scope.db, sight, { ...query, after, count: PAGE, scanned: SCANNED_A_PAGE })
      : { entries: [], next: undefined, isCutShort: false },
    listPeople(scope.db),
    log.reach === 'all' && subject.of === 'all' ? readIntegrity(scope.db) : undefined,
  ]);
  return done({ ...log, page, people, integrity });
}

/** The newest entries of a log, up to 10,000. The export is logged. */
export async function exportLog(
  scope: Scope,
  actor: Actor,
  subject: LogSubject,
  filter: LogFilter,
): Promise<Result<ExportedLog, 'not-found'>> {
  const begun = await beginLog(scope, actor, subject, filter, 'log.export');
  if (!begun.ok) return begun;
  const { log, sight, query } = begun.value;
  const entries: LogEntry[] = [];
  let after: LogPosition | undefined;
  for (let portion = 0; query && portion < CSV_PORTIONS; portion += 1) {
    const count = CSV_ROWS - entries.length;
    const page = await readLog(scope.db, sight, { ...query, after, count, scanned: SCANNED_A_PORTION });
    entries.push(...page.entries);
    after = page.next;
    if (!after) break;
    if (entries.length === CSV_ROWS) return done({ ...log, entries, cut: 'rows' });
  }
  return done({ ...log, entries, cut: after && { lookedBackTo: new Date(after.at) } });
}

interface BegunLog {
  log: OpenedLog;
  sight: LogSight;
  /** Undefined when there is nothing to look for. */
  query: Omit<LogQuery, 'after' | 'count' | 'scanned'> | undefined;
}

async function beginLog(
  scope: Scope,
  actor: Actor,
  subject: LogSubject,
  filter: LogFilter,
  action: LogAction,
): Promise<Result<BegunLog, 'not-found'>> {
  const reach = logReachOf(actor);
  const wanted = subject.of === 'all' ? filter.reference : subject.reference;
  if (!reach) return refuseLog(scope, actor, action, wanted);
  const sight = { reach, sight: await sightOf(scope, actor) };
  const caseId = wanted === undefined ? undefined : await findLoggedCase(scope.db, sight, wanted);
  const isCaseUnknown = wanted !== undefined && caseId === undefined;
  if (isCaseUnknown) {
    await recordRefusal(scope, actor, { id: wanted, loaded: undefined }, action, 'not-found');
    if (subject.of !== 'all') return refused('not-found');
  }
  const { cases: kin, compared } =
    subject.of === 'resident' && caseId !== undefined
      ? await findResidentCases(scope, sight, caseId)
      : { cases: [], compared: 0 };
  const { reference: _, ...rest } = filter;
  const cases = kin.length > 0 ? kin.map(({ id }) => id) : caseId === undefined ? undefined : [caseId];
  const detail = { of: subject.of, ...rest, ...(kin.length > 0 ? { cases: kin.length, compared } : {}) };
  await noteLook(scope, actor, action, { caseId: caseId ?? null, detail });
  return done({
    log: { reach, filter, kin, isCaseUnknown },
    sight,
    query: isCaseUnknown ? undefined : { ...rest, cases },
  });
}

async function refuseLog(scope: Scope, actor: Actor, action: LogAction, wanted: string | undefined) {
  await recordRefusal(scope, actor, { id: wanted ?? '', loaded: undefined }, action, 'not-found');
  return refused('not-found' as const);
}
