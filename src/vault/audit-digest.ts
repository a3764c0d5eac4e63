/**
 * Closes each day of the audit log with a digest; `audit-check.ts` holds the days against theirs.
 * Whoever could rewrite a whole chain would still have to rewrite every digest since; copies of the digests leave with each backup.
 */
import { and, asc, desc, gte, lt } from 'drizzle-orm';
import { sha256Hex } from '../lib/bytes.ts';
import { type Database, isUniqueViolation } from '../lib/db.ts';
import { addDays, type JapanDate, japanDate, startOfJapanDay } from '../lib/jst.ts';
import type { AuditRow } from './audit.ts';
import { auditDigest, auditEntry } from './tables.ts';

/** Closes every day that has ended before `today`, oldest first. Running it twice changes nothing. */
export async function closeEndedDays(db: Database, today: JapanDate, now: Date): Promise<void> {
  const [last] = await db.select().from(auditDigest).orderBy(desc(auditDigest.day)).limit(1);
  const [first] = await db
    .select({ at: auditEntry.at })
    .from(auditEntry)
    .orderBy(asc(auditEntry.at))
    .limit(1);
  if (!first) return;
  let previousDigest = last?.digest ?? '';
  const firstDay = japanDate(first.at);
  for (let day = last ? addDays(last.day, 1) : firstDay; day < today; day = addDays(day, 1)) {
    const { rows, digest } = await digestOfDay(db, day, previousDigest);
    try {
      await db
        .insert(auditDigest)
        .values({ day, entries: rows.length, previousDigest, digest, closedAt: now });
    } catch (error) {
      // Another run of the same minute closed the day: its digest stands.
      if (!isUniqueViolation(error)) throw error;
      return;
    }
    previousDigest = digest;
  }
}

/** What a day's entries give, in the order of their chains. */
export async function digestOfDay(
  db: Database,
  day: JapanDate,
  previousDigest: string,
): Promise<{ rows: AuditRow[]; digest: string }> {
  const from = startOfJapanDay(day);
  const until = startOfJapanDay(addDays(day, 1));
  const rows = await db
    .select()
    .from(auditEntry)
    .where(and(gte(auditEntry.at, from), lt(auditEntry.at, until)))
    .orderBy(asc(auditEntry.chain), asc(auditEntry.seq));
  const lines = rows.map((row) => `${row.chain}|${row.seq}|${row.hash}`);
  return { rows, digest: await sha256Hex([day, previousDigest, ...lines].join('\n')) };
}
