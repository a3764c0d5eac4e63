/** Reads of the access log: entries of the audit log as far as a person may read them, newest first. */
import { and, asc, desc, eq, gte, lt, type SQL, sql } from 'drizzle-orm';
import * as v from 'valibot';
import type { Database } from '../../../lib/db.ts';
import { auditEntry } from '../../../vault/tables.ts';
import { center, staff } from '../../directory/tables.ts';
import { viewingPurpose } from '../purpose/tables.ts';
import { consultation } from '../tables.ts';
import { isSeenBy, type Sight } from '../visibility/data.ts';
import type { Purpose } from '../words.ts';
import type { LogReach } from './rules.ts';
import { type LogFilter, type LogPosition, spanOf } from './schema.ts';

/** Through whose eyes a log is read. */
export interface LogSight {
  reach: LogReach;
  sight: Sight;
}

/** One entry, with the names of today behind its ids. */
export interface LogEntry extends LogPosition {
  chain: string;
  seq: number;
  at: number;
  actor: string;
  /** Null for jobs, commands and strangers. */
  actorName: string | null;
  actorCenter: string | null;
  action: string;
  outcome: 'done' | 'refused';
  surface: 'slack' | 'web' | 'job' | 'command';
  reference: string | null;
  /** What this person stated once, before looking into this case. */
  purpose: Purpose | null;
  detail: Readonly<Record<string, string | number | boolean | null>>;
}

/** What is asked of a log on top of its filter. */
export interface LogQuery extends Omit<LogFilter, 'reference'> {
  /** Only entries about these cases. */
  cases?: readonly string[] | undefined;
  after?: LogPosition | undefined;
  count: number;
  /** Entries that are looked at, at most: what a rare kind of entry may cost, however long the log. */
  scanned: number;
}

export interface LogPage {
  entries: LogEntry[];
  /** Where to go on; undefined when nothing is left. */
  next: LogPosition | undefined;
  /** Whether it stopped because enough was looked at: older entries may fit, too. */
  isCutShort: boolean;
}

const Detail = v.record(v.string(), v.nullable(v.union([v.string(), v.number(), v.boolean()])));

/** A condition on `consultation`: the cases whose logs the person may read. */
export function isLogOf({ reach, sight }: LogSight): SQL {
  if (reach === 'all') return sql`1`;
  const { code } = sight.person.center;
  return sql`((${consultation.sendingCenter} = ${code} OR ${consultation.responsibleCenter} = ${code})
    AND ${isSeenBy(sight)})`;
}

/** A page of the log as far as the person may read it. Requires that the viewing was logged. */
export async function readLog(db: Database, sight: LogSight, query: LogQuery): Promise<LogPage> {
  const rows = await selectEntries(db, sight, query);
  const shown = rows.slice(0, query.count).map(({ detail, at, ...row }) => ({
    ...row,
    at: at.getTime(),
    detail: v.parse(Detail, JSON.parse(detail)),
  }));
  const last = shown.at(-1);
  if (rows.length > query.count && last)
    return { entries: shown, next: { at: last.at, row: last.row }, isCutShort: false };
  const end = await findEndOfScan(db, query);
  return { entries: shown, next: end, isCutShort: end !== undefined };
}

function selectEntries(db: Database, sight: LogSight, query: LogQuery) {
  const entries = scanAs(db, query);
  return db
    .select({
      row: entries.row,
      chain: entries.chain,
      seq: entries.seq,
      at: entries.at,
      actor: entries.actor,
      action: entries.action,
      outcome: entries.outcome,
      surface: entries.surface,
      detail: entries.detail,
      actorName: staff.name,
      actorCenter: center.short,
      reference: consultation.reference,
      purpose: viewingPurpose.purpose,
    })
    .from(entries)
    .leftJoin(consultation, eq(consultation.id, entries.caseId))
    .leftJoin(staff, eq(staff.slackUserId, entries.actor))
    .leftJoin(center, eq(center.code, staff.center))
    .leftJoin(
      viewingPurpose,
      and(eq(viewingPurpose.consultationId, entries.caseId), eq(viewingPurpose.slackUserId, entries.actor)),
    )
    .where(and(groupCondition(entries, query), surfaceCondition(entries, query), isLogOf(sight)))
    .orderBy(desc(entries.at), desc(entries.row))
    .limit(query.count + 1);
}

const row = sql<number>`audit_entry.rowid`;

/** What an index finds: a person's, some cases' or all entries of a span, newest first. */
function scanOf(db: Database, { person, cases, after, scanned, ...span }: LogQuery) {
  const { from, before } = spanOf(span);
  const isOfMany = cases !== undefined && cases.length > 1;
  return (
    db
      .select({
        row: row.as('entry_row'),
        chain: auditEntry.chain,
        seq: auditEntry.seq,
        caseId: auditEntry.caseId,
        at: auditEntry.at,
        actor: auditEntry.actor,
        action: auditEntry.action,
        outcome: auditEntry.outcome,
        surface: auditEntry.surface,
        detail: auditEntry.detail,
      })
      .from(auditEntry)
      .where(
        and(
          caseCondition(cases),
          person === undefined ? undefined : eq(auditEntry.actor, person),
          from && gte(auditEntry.at, from),
          before && lt(auditEntry.at, before),
          after && sql`(${auditEntry.at}, ${row}) < (${after.at}, ${after.row})`,
        ),
      )
      // The entries of a few cases are sorted: in the order of time, the whole log would be looked through for them.
      .orderBy(isOfMany ? sql`+${auditEntry.at} DESC` : desc(auditEntry.at), sql`${row} DESC`)
      .limit(scanned)
  );
}

function caseCondition(cases: readonly string[] | undefined): SQL | undefined {
  if (cases === undefined) return undefined;
  const [only] = cases;
  return cases.length === 1 && only !== undefined
    ? eq(auditEntry.caseId, only)
    : sql`${auditEntry.caseId} IN (SELECT value FROM json_each(${JSON.stringify(cases)}))`;
}

function scanAs(db: Database, query: LogQuery) {
  return scanOf(db, query).as('scanned');
}

type Scan = ReturnType<typeof scanAs>;

function groupCondition({ chain, outcome }: Scan, { group }: LogQuery): SQL | undefined {
  if (group === undefined) return undefined;
  if (group === 'refused') return eq(outcome, 'refused');
  const isRead = sql`${chain} GLOB 'person:*'`;
  return and(eq(outcome, 'done'), group === 'read' ? isRead : sql`NOT ${isRead}`);
}

function surfaceCondition(entries: Scan, { surface }: LogQuery): SQL | undefined {
  return surface && eq(entries.surface, surface);
}

/** The last entry that was looked at, when it was not the last one that there is. */
async function findEndOfScan(db: Database, query: LogQuery): Promise<LogPosition | undefined> {
  const [last] = await db
    .select({ at: sql<number>`at`, row: sql<number>`entry_row` })
    .from(scanAs(db, query))
    .limit(1)
    .offset(query.scanned - 1);
  return last;
}

/** The id of the case whose log the person may read; undefined for others, and for what is not there. */
export async function findLoggedCase(
  db: Database,
  sight: LogSight,
  reference: string,
): Promise<string | undefined> {
  const [found] = await db
    .select({ id: consultation.id })
    .from(consultation)
    .where(and(eq(consultation.reference, reference), isLogOf(sight)))
    .limit(1);
  return found?.id;
}

/** Somebody of whom a log can be. */
export interface LoggedPerson {
  id: string;
  name: string;
  center: string;
  hasLeft: boolean;
}

/** Everybody in the city's list, and whoever has left, by centers. */
export async function listPeople(db: Database): Promise<LoggedPerson[]> {
  const rows = await db
    .select({ id: staff.slackUserId, name: staff.name, center: center.short, removedAt: staff.removedAt })
    .from(staff)
    .innerJoin(center, eq(center.code, staff.center))
    .orderBy(asc(center.position), asc(staff.position));
  return rows.map(({ removedAt, ...person }) => ({ ...person, hasLeft: removedAt !== null }));
}
