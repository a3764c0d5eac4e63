/** Who read how many cases of late. */
import { and, eq, gt, inArray, isNull, lte, sql } from 'drizzle-orm';
import type { Database } from '../../../../lib/db.ts';
import { auditEntry } from '../../../../vault/tables.ts';
import { STANDARD_READING_LIMIT } from '../../../directory/handling/rules.ts';
import { center, city, staff } from '../../../directory/tables.ts';
import { readingFlag } from '../tables.ts';

/** What shows a case's content. */
const READINGS = ['consultation.read', 'file.download'];

export const HOUR_MS = 60 * 60_000;

/** Somebody who read more cases within an hour than the city deems usual. */
export interface ManyReadings {
  slackUserId: string;
  cases: number;
}

/** Whoever read more different cases in the hour before `now` than the limit and was not told of within that hour. */
export async function listUnusualReaders(db: Database, now: Date): Promise<ManyReadings[]> {
  const since = new Date(now.getTime() - HOUR_MS);
  const [row] = await db.select({ limit: city.readingLimit }).from(city).limit(1);
  const cases = sql<number>`count(DISTINCT ${auditEntry.caseId})`;
  const readers = await db
    .select({ slackUserId: auditEntry.actor, cases })
    .from(auditEntry)
    .where(
      and(
        gt(auditEntry.at, since),
        lte(auditEntry.at, now),
        inArray(auditEntry.action, READINGS),
        eq(auditEntry.outcome, 'done'),
      ),
    )
    .groupBy(auditEntry.actor)
    .having(sql`${cases} > ${row?.limit ?? STANDARD_READING_LIMIT}`);
  if (readers.length === 0) return [];
  const told = await db
    .select({ slackUserId: readingFlag.slackUserId })
    .from(readingFlag)
    .where(gt(readingFlag.flaggedAt, since));
  return readers.filter(({ slackUserId }) => !told.some((each) => each.slackUserId === slackUserId));
}

/** The reader, and the managers of the reader's center. */
export async function findReader(db: Database, slackUserId: string) {
  const [reader] = await db
    .select({ name: staff.name, role: staff.role, center: center.code, centerName: center.short })
    .from(staff)
    .innerJoin(center, eq(center.code, staff.center))
    .where(eq(staff.slackUserId, slackUserId))
    .limit(1);
  if (!reader) return undefined;
  const managers = await db
    .select({ id: staff.slackUserId })
    .from(staff)
    .where(and(eq(staff.center, reader.center), eq(staff.role, 'manager'), isNull(staff.removedAt)));
  return { ...reader, managers: managers.map(({ id }) => id) };
}
