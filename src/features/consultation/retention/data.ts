/** Reads of what is to be erased: what ended long enough ago, what was announced, what is held. */

import { and, asc, eq, isNotNull, isNull, lte, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import { addDays, type JapanDate, startOfJapanDay } from '../../../lib/jst.ts';
import type { Retention } from '../../directory/handling/rules.ts';
import { city } from '../../directory/tables.ts';
import type { Consultation } from '../data.ts';
import { residentRequest } from '../disclosure/tables.ts';
import { OPEN_STATUSES } from '../rules.ts';
import { consultation } from '../tables.ts';
import type { Kind, Status } from '../words.ts';
import { announcedUpTo, readRetention } from './rules.ts';
import { erasureWarning, legalHold } from './tables.ts';

/** Who erases, as the audit log calls it. */
export const ERASE_JOB = 'erase-due';

/** The city's years; undefined until a city was imported. */
export async function findRetention(db: Database): Promise<Retention | undefined> {
  const [row] = await db.select({ retention: city.retention }).from(city).limit(1);
  return row && readRetention(row.retention);
}

/**
 * When a case ended. Only a closing keeps its time in the case's row; the others are found in its audit chain. A case that was taken
 * up again has no end.
 */
export const ENDED_AT = sql<
  number | null
>`CASE ${consultation.status} WHEN 'closed' THEN ${consultation.closedAt}
  ELSE (SELECT max(at) FROM audit_entry WHERE chain = 'case:' || ${consultation.id}
    AND action IN ('consultation.decline', 'consultation.withdraw', 'consultation.merge')) END`;

/** A hold in force. Condition on `consultation`. */
export const IS_HELD = sql`EXISTS (SELECT 1 FROM ${legalHold} WHERE ${legalHold.consultationId} = ${consultation.id}
  AND ${legalHold.liftedAt} IS NULL)`;

/** A resident asked for the record, and has no answer yet. Condition on `consultation`. */
export const HAS_OPEN_REQUEST = sql`EXISTS (SELECT 1 FROM ${residentRequest}
  WHERE ${residentRequest.consultationId} = ${consultation.id} AND ${residentRequest.settledOn} IS NULL)`;

/** What a merged case tells is still needed where the case goes on that it was merged into. Condition on `consultation`. */
const IS_NEEDED_ELSEWHERE = sql`EXISTS (SELECT 1 FROM consultation AS target WHERE target.id = ${consultation.mergedInto}
  AND target.status IN (SELECT value FROM json_each(${JSON.stringify(OPEN_STATUSES)})))`;

/** Whether nothing keeps the case beyond its time. Condition on `consultation`. */
export const MAY_GO = sql`${consultation.erasedAt} IS NULL AND NOT ${IS_HELD} AND NOT ${HAS_OPEN_REQUEST}
  AND NOT ${IS_NEEDED_ELSEWHERE}`;

/** A case whose end is near. */
export interface EndedCase {
  id: string;
  reference: string;
  kind: Kind;
  sendingCenter: string;
  endedAt: Date;
}

/** Cases that are to be announced and were not yet, those that ended first at the beginning. */
export async function listToAnnounce(
  db: Database,
  retention: Retention,
  today: JapanDate,
  limit: number,
): Promise<EndedCase[]> {
  const rows = await db
    .select({
      id: consultation.id,
      reference: consultation.reference,
      kind: consultation.kind,
      sendingCenter: consultation.sendingCenter,
      endedAt: ENDED_AT,
    })
    .from(consultation)
    .where(sql`${consultation.id} IN (SELECT id FROM (${endedIds(retention, today, limit)}))`)
    .orderBy(asc(consultation.submittedAt));
  return rows.flatMap(({ endedAt, ...row }) =>
    endedAt === null ? [] : [{ ...row, endedAt: new Date(endedAt) }],
  );
}

/** The closed ones stand in an index by their end; of the few others only the sending has one. */
function endedIds(retention: Retention, today: JapanDate, limit: number): SQL {
  const parts = (['individual', 'operation'] as const).flatMap((kind) => {
    const before = startOfJapanDay(addDays(announcedUpTo(kind, retention, today), 1)).getTime();
    const isNew = sql`NOT EXISTS (SELECT 1 FROM ${erasureWarning} WHERE ${erasureWarning.consultationId} = ${consultation.id})`;
    const rest = sql`${consultation.kind} = ${kind} AND ${MAY_GO} AND ${isNew}`;
    return [
      sql`SELECT id FROM (SELECT id FROM ${consultation} INDEXED BY consultation_closed
        WHERE closed_at IS NOT NULL AND erased_at IS NULL AND closed_at < ${before} AND status = 'closed' AND ${rest}
        ORDER BY closed_at LIMIT ${limit})`,
      sql`SELECT id FROM (SELECT id FROM ${consultation} INDEXED BY consultation_status
        WHERE status IN ('declined', 'withdrawn', 'merged') AND ${consultation.submittedAt} < ${before} AND ${rest}
        AND ${ENDED_AT} < ${before} LIMIT ${limit})`,
    ];
  });
  return sql`${sql.join(parts, sql` UNION ALL `)} LIMIT ${limit}`;
}

/** Whether somebody was told today of what will be erased. */
export async function wasAnnouncedToday(db: Database, today: JapanDate): Promise<boolean> {
  const rows = await db
    .select({ id: erasureWarning.consultationId })
    .from(erasureWarning)
    .where(sql`${erasureWarning.warnedAt} >= ${startOfJapanDay(today).getTime()}`)
    .limit(1);
  return rows.length > 0;
}

/** A case whose announced day has come. */
export interface DueErasure {
  id: string;
  kind: Kind;
  eraseOn: JapanDate;
  /** Null when work on it goes on. */
  endedAt: Date | null;
}

/** Those that nothing keeps, the longest due first; also those that were taken up again since, whose announcement is void. */
export async function listDueErasures(db: Database, today: JapanDate, limit: number): Promise<DueErasure[]> {
  const rows = await db
    .select({
      id: consultation.id,
      kind: consultation.kind,
      status: consultation.status,
      eraseOn: erasureWarning.eraseOn,
      endedAt: ENDED_AT,
    })
    .from(erasureWarning)
    .innerJoin(consultation, eq(consultation.id, erasureWarning.consultationId))
    .where(and(lte(erasureWarning.eraseOn, today), MAY_GO))
    .orderBy(asc(erasureWarning.eraseOn), asc(erasureWarning.consultationId))
    .limit(limit);
  return rows.map(({ status, endedAt, ...row }) => ({
    ...row,
    endedAt: isOpenStatus(status) || endedAt === null ? null : new Date(endedAt),
  }));
}

/** Whether the announced day of this case has come and nothing keeps it. What comes later changes the case's audit chain. */
export async function isDue(db: Database, id: string, today: JapanDate): Promise<boolean> {
  const rows = await db
    .select({ id: consultation.id })
    .from(erasureWarning)
    .innerJoin(consultation, eq(consultation.id, erasureWarning.consultationId))
    .where(and(eq(consultation.id, id), lte(erasureWarning.eraseOn, today), MAY_GO))
    .limit(1);
  return rows.length > 0;
}

function isOpenStatus(status: Status): boolean {
  return OPEN_STATUSES.some((open) => open === status);
}

/** Erased cases whose messages may still stand in Slack; their announcement is kept until then. */
export async function listUnfinished(
  db: Database,
  limit: number,
): Promise<{ id: string; reference: string; erasedAt: Date }[]> {
  const rows = await db
    .select({ id: consultation.id, reference: consultation.reference, erasedAt: consultation.erasedAt })
    .from(erasureWarning)
    .innerJoin(consultation, eq(consultation.id, erasureWarning.consultationId))
    .where(isNotNull(consultation.erasedAt))
    .orderBy(asc(consultation.erasedAt))
    .limit(limit);
  return rows.flatMap(({ erasedAt, ...row }) => (erasedAt === null ? [] : [{ ...row, erasedAt }]));
}

export type LegalHold = typeof legalHold.$inferSelect;

/** The hold in force; undefined when there is none. */
export async function findHold(
  db: Database,
  { id }: Pick<Consultation, 'id'>,
): Promise<LegalHold | undefined> {
  const [row] = await db
    .select()
    .from(legalHold)
    .where(and(eq(legalHold.consultationId, id), isNull(legalHold.liftedAt)))
    .limit(1);
  return row;
}
