/** Reports of centers and who takes over for whom, as they stand. Typed notes are opened for pages alone. */
import { and, asc, eq, getTableColumns, isNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Database } from '../../../lib/db.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Place } from '../../../vault/key-ring.ts';
import { center, staff } from '../../directory/tables.ts';
import { openRollCallsKey, rollCallPlace } from '../sealing.ts';
import type { ReportingCenter } from './rules.ts';
import { centerReport, takeover } from './tables.ts';

export type CenterReport = typeof centerReport.$inferSelect;
export type Takeover = typeof takeover.$inferSelect;

const { note, submissionKey, ...shownColumns } = getTableColumns(centerReport);

/** A report without what was typed, with how its center is called. */
export interface LatestReport extends Omit<CenterReport, 'note' | 'submissionKey'> {
  hasNote: boolean;
  centerShort: string;
}

const columns = {
  ...shownColumns,
  hasNote: sql<boolean>`${note} IS NOT NULL`.mapWith(Boolean).as('has_note'),
  centerShort: sql<string>`${center.short}`.as('center_short'),
};

/** The latest report of each center that reported, in the order of the city file. One query. */
export async function latestReports(db: Database, rollCallId: string): Promise<LatestReport[]> {
  return db
    .select(columns)
    .from(centerReport)
    .innerJoin(center, eq(center.code, centerReport.center))
    .where(
      and(
        eq(centerReport.rollCallId, rollCallId),
        sql`${centerReport.number} = (SELECT max(later.number) FROM roll_call_center_report AS later
          WHERE later.roll_call_id = ${centerReport.rollCallId} AND later.center = ${centerReport.center})`,
      ),
    )
    .orderBy(asc(center.position));
}

/** Every report of a roll-call in the order in which they came in. One query. */
export async function listReports(db: Database, rollCallId: string): Promise<LatestReport[]> {
  return db
    .select(columns)
    .from(centerReport)
    .innerJoin(center, eq(center.code, centerReport.center))
    .where(eq(centerReport.rollCallId, rollCallId))
    .orderBy(asc(centerReport.at), asc(center.position), asc(centerReport.number));
}

/** The latest report of one center; undefined before the first. */
export async function latestReportOf(
  db: Database,
  rollCallId: string,
  code: string,
): Promise<CenterReport | undefined> {
  const [row] = await db
    .select()
    .from(centerReport)
    .where(and(eq(centerReport.rollCallId, rollCallId), eq(centerReport.center, code)))
    .orderBy(sql`${centerReport.number} DESC`)
    .limit(1);
  return row;
}

/** 代替 with how both centers are called. */
export interface NamedTakeover extends Takeover {
  centerShort: string;
  substituteShort: string;
}

const closed = alias(center, 'closed');
const standing = alias(center, 'standing');

/** Who takes over, or is asked to, for which center; those that ended included. One query. */
export async function listTakeovers(db: Database, rollCallId: string): Promise<NamedTakeover[]> {
  return db
    .select({
      ...getTableColumns(takeover),
      centerShort: sql<string>`${closed.short}`.as('center_short'),
      substituteShort: sql<string>`${standing.short}`.as('substitute_short'),
    })
    .from(takeover)
    .innerJoin(closed, eq(closed.code, takeover.center))
    .innerJoin(standing, eq(standing.code, takeover.substitute))
    .where(eq(takeover.rollCallId, rollCallId))
    .orderBy(asc(closed.position));
}

/** The open centers, in the order of the city file. */
export async function listOpenCenters(db: Database): Promise<ReportingCenter[]> {
  return db
    .select({
      code: center.code,
      short: center.short,
      kind: center.kind,
      channel: center.channel,
      substitute: center.substitute,
    })
    .from(center)
    .where(isNull(center.closedAt))
    .orderBy(asc(center.position));
}

/** A report with whoever gave it and, where it may be read, what was typed. */
export interface OpenedReport extends LatestReport {
  byName: string;
  /** Null where nothing was typed; undefined where this person may not read it. */
  note: string | null | undefined;
}

/**
 * Every report in order, with the notes that may be read opened. Requires that the caller notes the look.
 * @param mayRead asked for each center
 */
export async function openReports(
  scope: Pick<Scope, 'db' | 'settings'>,
  rollCallId: string,
  mayRead: (center: string) => boolean,
): Promise<OpenedReport[]> {
  const rows = await scope.db
    .select({ ...columns, note, byName: staff.name })
    .from(centerReport)
    .innerJoin(center, eq(center.code, centerReport.center))
    .innerJoin(staff, eq(staff.slackUserId, centerReport.by))
    .where(eq(centerReport.rollCallId, rollCallId))
    .orderBy(asc(center.position), asc(centerReport.number));
  const isTyped = rows.some((row) => row.note !== null && mayRead(row.center));
  const key = isTyped ? await openRollCallsKey(scope) : undefined;
  return Promise.all(
    rows.map(async (row) => {
      if (!mayRead(row.center)) return { ...row, note: undefined };
      const opened = row.note === null ? null : await key?.open(notePlace(row.id, row.center), row.note);
      return { ...row, note: opened };
    }),
  );
}

/** Where a report's note lies. */
export function notePlace(id: string, code: string): Place {
  return rollCallPlace('roll_call_center_report', 'note', id, code);
}
