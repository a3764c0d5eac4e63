/** Who read how many cases of late. */
import { and, asc, eq, gt, inArray, isNull, lte, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Database } from '../../../../lib/db.ts';
import { auditEntry } from '../../../../vault/tables.ts';
import { STANDARD_READING_LIMIT } from '../../../directory/handling/rules.ts';
import { center, city, staff } from '../../../directory/tables.ts';
import { readingFlag } from '../tables.ts';
import { busiestSpan } from './rules.ts';

/** What shows a case's content. */
const READINGS = ['consultation.read', 'consultation.disclose', 'file.download'];

export const HOUR_MS = 60 * 60_000;

/** Somebody who read more cases within an hour than the city deems usual. */
export interface ManyReadings {
  slackUserId: string;
  cases: number;
  /** When the last of them was read. */
  until: Date;
}

/**
 * Whoever read more different cases than the limit in any hour that ended within the last one. What was read before somebody was
 * told of does not count again, and within an hour of it nobody is told anew.
 * @param everyMs how often somebody looks: what filled an hour together with the time just before it is seen, too
 */
export async function listUnusualReaders(db: Database, now: Date, everyMs: number): Promise<ManyReadings[]> {
  const since = new Date(now.getTime() - HOUR_MS - everyMs);
  const [row] = await db.select({ limit: city.readingLimit }).from(city).limit(1);
  const limit = row?.limit ?? STANDARD_READING_LIMIT;
  const suspects = await db
    .select({ slackUserId: auditEntry.actor })
    .from(auditEntry)
    .where(isReading(since, now))
    .groupBy(auditEntry.actor)
    .having(sql`count(DISTINCT ${auditEntry.caseId}) > ${limit}`);
  if (suspects.length === 0) return [];
  const people = JSON.stringify(suspects.map(({ slackUserId }) => slackUserId));
  const isOneOfThem = (person: SQLWrapper) => sql`${person} IN (SELECT value FROM json_each(${people}))`;
  const [told, readings] = await db.batch([
    db
      .select({ slackUserId: readingFlag.slackUserId, at: readingFlag.flaggedAt })
      .from(readingFlag)
      .where(and(gt(readingFlag.flaggedAt, since), isOneOfThem(readingFlag.slackUserId))),
    db
      .select({ slackUserId: auditEntry.actor, caseId: auditEntry.caseId, at: auditEntry.at })
      .from(auditEntry)
      .where(and(isReading(since, now), isOneOfThem(auditEntry.actor)))
      .orderBy(asc(auditEntry.at)),
  ]);
  return suspects.flatMap(({ slackUserId }) => {
    const [toldAt = 0] = told
      .flatMap((each) => (each.slackUserId === slackUserId ? each.at.getTime() : []))
      .sort((one, other) => other - one);
    if (now.getTime() - toldAt < HOUR_MS) return [];
    const theirs = readings.flatMap((each) =>
      each.slackUserId === slackUserId && each.caseId !== null && each.at.getTime() > toldAt
        ? { caseId: each.caseId, at: each.at.getTime() }
        : [],
    );
    const busiest = busiestSpan(theirs, HOUR_MS, now.getTime() - HOUR_MS);
    return busiest && busiest.cases > limit ? { slackUserId, ...busiest } : [];
  });
}

function isReading(since: Date, now: Date): SQL | undefined {
  return and(
    gt(auditEntry.at, since),
    lte(auditEntry.at, now),
    inArray(auditEntry.action, READINGS),
    eq(auditEntry.outcome, 'done'),
  );
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
