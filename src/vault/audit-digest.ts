/**
 * Closes each day of the audit log with a digest, and checks the days closed before.
 * Whoever could rewrite a whole chain would still have to rewrite every digest since; copies of the digests leave with each backup.
 */
import { and, asc, desc, eq, gte, isNull, lt } from 'drizzle-orm';
import { sha256Hex } from '../lib/bytes.ts';
import { type Database, isUniqueViolation } from '../lib/db.ts';
import { addDays, type JapanDate, japanDate, startOfJapanDay } from '../lib/jst.ts';
import { type AuditRow, hashOfEntry } from './audit.ts';
import { auditDigest, auditEntry } from './tables.ts';

/** Closed days that one run checks again: as many as keep it inside the free plan's CPU time for a city of 30 centers. */
const DAYS_CHECKED = 7;

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
    const { entries, digest } = await digestOfDay(db, day, previousDigest);
    try {
      await db.insert(auditDigest).values({ day, entries, previousDigest, digest, closedAt: now });
    } catch (error) {
      // Another run of the same minute closed the day: its digest stands.
      if (!isUniqueViolation(error)) throw error;
      return;
    }
    previousDigest = digest;
  }
}

/** Checks the last closed days against the entries as they are now; marks the broken ones and returns those newly found. */
export async function findBrokenDays(db: Database, now: Date): Promise<JapanDate[]> {
  const closed = await db
    .select()
    .from(auditDigest)
    .where(isNull(auditDigest.brokenAt))
    .orderBy(desc(auditDigest.day))
    .limit(DAYS_CHECKED);
  const broken: JapanDate[] = [];
  for (const each of closed) {
    const { digest, isWhole } = await digestOfDay(db, each.day, each.previousDigest);
    if (isWhole && digest === each.digest) continue;
    await db.update(auditDigest).set({ brokenAt: now }).where(eq(auditDigest.day, each.day));
    broken.push(each.day);
  }
  return broken;
}

async function digestOfDay(db: Database, day: JapanDate, previousDigest: string) {
  const from = startOfJapanDay(day);
  const until = startOfJapanDay(addDays(day, 1));
  const rows = await db
    .select()
    .from(auditEntry)
    .where(and(gte(auditEntry.at, from), lt(auditEntry.at, until)))
    .orderBy(asc(auditEntry.chain), asc(auditEntry.seq));
  const lines = rows.map((row) => `${row.chain}|${row.seq}|${row.hash}`);
  return {
    entries: rows.length,
    digest: await sha256Hex([day, previousDigest, ...lines].join('\n')),
    isWhole: await areHashesWhole(rows),
  };
}

async function areHashesWhole(rows: readonly AuditRow[]): Promise<boolean> {
  let before: AuditRow | undefined;
  for (const row of rows) {
    if ((await hashOfEntry(row)) !== row.hash) return false;
    // A gap is no fault here: an entry stamped just before midnight may follow one stamped after it. The digest shows what is gone.
    if (before?.chain === row.chain && row.seq === before.seq + 1 && row.previousHash !== before.hash)
      return false;
    before = row;
  }
  return true;
}
