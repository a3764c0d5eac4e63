/**
 * Closes each day of the audit log with a digest, and checks the days closed before.
 * Whoever could rewrite a whole chain would still have to rewrite every digest since; copies of the digests leave with each backup.
 */
import { and, asc, count, desc, eq, gte, lt } from 'drizzle-orm';
import { sha256Hex } from '../lib/bytes.ts';
import { type Database, isUniqueViolation, type Statement } from '../lib/db.ts';
import { addDays, type JapanDate, japanDate, startOfJapanDay } from '../lib/jst.ts';
import { type AuditRow, hashOfEntry } from './audit.ts';
import { auditDigest, auditEntry } from './tables.ts';

/** Closed days that one run checks again, of the latest and of the older ones each: few enough for the free plan's CPU time. */
const DAYS_CHECKED = 7;

type Digest = typeof auditDigest.$inferSelect;

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

/**
 * Checks closed days against the entries and digests as they are now: the latest ones, and of the older ones another few
 * each hour. Answers those newly found to be broken, and the statements that mark them, for the batch of the alarm.
 */
export async function findBrokenDays(
  db: Database,
  now: Date,
): Promise<{ days: JapanDate[]; marks: Statement[] }> {
  const hour = Math.floor(now.getTime() / 3_600_000);
  const [latest, older] = await Promise.all([
    digestsFrom(db, 0),
    db
      .select({ days: count() })
      .from(auditDigest)
      .then(([row]) =>
        digestsFrom(
          db,
          ((hour * DAYS_CHECKED) % Math.max(1, (row?.days ?? 0) - DAYS_CHECKED)) + DAYS_CHECKED,
        ),
      ),
  ]);
  const days: JapanDate[] = [];
  for (const each of [...latest, ...older]) {
    if (each.brokenAt === null && !days.includes(each.day) && !(await isWhole(db, each))) days.push(each.day);
  }
  return {
    days,
    marks: days.map((day) => db.update(auditDigest).set({ brokenAt: now }).where(eq(auditDigest.day, day))),
  };
}

/** The closed days from the latest back, `skipped` of them left out. */
function digestsFrom(db: Database, skipped: number): Promise<Digest[]> {
  return db.select().from(auditDigest).orderBy(desc(auditDigest.day)).limit(DAYS_CHECKED).offset(skipped);
}

/** Whether a day's entries still give its digest, and whether it still follows the digest of the day before. */
async function isWhole(db: Database, closed: Digest): Promise<boolean> {
  const [before] = await db
    .select()
    .from(auditDigest)
    .where(lt(auditDigest.day, closed.day))
    .orderBy(desc(auditDigest.day))
    .limit(1);
  if (before && before.day !== addDays(closed.day, -1)) return false;
  if (closed.previousDigest !== (before?.digest ?? '')) return false;
  const { digest, areHashesWhole } = await digestOfDay(db, closed.day, closed.previousDigest);
  return areHashesWhole && digest === closed.digest;
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
    areHashesWhole: await areLinked(rows),
  };
}

async function areLinked(rows: readonly AuditRow[]): Promise<boolean> {
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
