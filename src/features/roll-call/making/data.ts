/** What a roll-call is made from, and what waits to begin or runs: read before, or by the jobs. */
import { and, asc, between, eq, lt, ne, sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import { eraYear, fiscalYearOf } from '../../../lib/jst.ts';
import { center, city, staff } from '../../directory/tables.ts';
import type { RollCall } from '../data.ts';
import { rollCall, rollCallNotice } from '../tables.ts';

/** Somebody who would be asked. */
export interface Asked {
  person: string;
  center: string;
  short: string;
  /** Of the center; null where it has none: its people are told one by one. */
  channel: string | null;
  role: 'staff' | 'manager';
  email: string | null;
}

/**
 * Everybody whom a roll-call of these centers would ask now, by the order of the city file: the same people as
 * `making/mutations.rosterStatement` puts on the roster.
 * @param codes null for all but the city's section
 */
export async function listAsked(db: Database, codes: readonly string[] | null): Promise<Asked[]> {
  const asked =
    codes === null
      ? ne(center.kind, 'city')
      : sql`${center.code} IN (SELECT value FROM json_each(${JSON.stringify(codes)}))`;
  return db
    .select({
      person: staff.slackUserId,
      center: staff.center,
      short: center.short,
      channel: center.channel,
      role: staff.role,
      email: staff.email,
    })
    .from(staff)
    .innerJoin(center, eq(center.code, staff.center))
    .where(and(asked, sql`${staff.removedAt} IS NULL`, sql`${center.closedAt} IS NULL`))
    .orderBy(asc(center.position), asc(staff.position));
}

/** Centers that can be chosen, in the order of the city file, with how many people work there. */
export async function listChoosable(
  db: Database,
): Promise<{ code: string; short: string; people: number }[]> {
  return db
    .select({
      code: center.code,
      short: center.short,
      people:
        sql<number>`(SELECT count(*) FROM staff WHERE staff.center = center.code AND staff.removed_at IS NULL)`.as(
          'people',
        ),
    })
    .from(center)
    .where(sql`${center.closedAt} IS NULL`)
    .orderBy(asc(center.position));
}

/** Planned ones whose time comes before an instant, soonest first. */
export async function listScheduled(db: Database, before: Date): Promise<RollCall[]> {
  return db
    .select()
    .from(rollCall)
    .where(and(eq(rollCall.status, 'scheduled'), lt(rollCall.startsAt, before)))
    .orderBy(asc(rollCall.startsAt));
}

/** Whether somebody was told it already. */
export async function findNotice(
  db: Database,
  rollCallId: string,
  { what, recipient }: { what: string; recipient: string },
): Promise<boolean> {
  const rows = await db
    .select({ at: rollCallNotice.at })
    .from(rollCallNotice)
    .where(
      and(
        eq(rollCallNotice.rollCallId, rollCallId),
        eq(rollCallNotice.what, what),
        eq(rollCallNotice.recipient, recipient),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

export interface YearOfDrills {
  /** `R8`. */
  series: string;
  /** Calendar year in which it begins. */
  fiscalYear: number;
  /** Month in which fiscal years begin, 1 to 12. */
  firstMonth: number;
  /** Drills of the year but those that were called off, by their time. */
  drills: RollCall[];
}

/** A fiscal year around any day of it, and the time for which one may be planned. */
const AROUND_MS = 2 * 366 * 24 * 60 * 60_000;

/**
 * The drills of the fiscal year that holds an instant: by when they begin or began. The year in a reference is that for which one was
 * planned first; it may have been moved into the next.
 */
export async function findDrillsOfYear(db: Database, at: Date): Promise<YearOfDrills> {
  const [of] = await db.select({ firstMonth: city.fiscalYearStart }).from(city).where(eq(city.id, 1));
  if (!of) throw new Error('roll-calls have a city');
  const fiscalYear = fiscalYearOf(at, of.firstMonth);
  const series = eraYear(fiscalYear, of.firstMonth);
  const near = await db
    .select()
    .from(rollCall)
    .where(
      and(
        eq(rollCall.kind, 'drill'),
        ne(rollCall.status, 'cancelled'),
        between(rollCall.startsAt, new Date(at.getTime() - AROUND_MS), new Date(at.getTime() + AROUND_MS)),
      ),
    )
    .orderBy(asc(rollCall.startsAt));
  const drills = near.filter(
    ({ startedAt, startsAt }) => fiscalYearOf(startedAt ?? startsAt, of.firstMonth) === fiscalYear,
  );
  return { series, fiscalYear, firstMonth: of.firstMonth, drills };
}
