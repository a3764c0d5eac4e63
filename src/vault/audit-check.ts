/**
 * Whether the audit log is whole: each closed day against its digest, each entry against its hash and the entry before it in its
 * chain. Finds what was changed, added or taken out; not a chain's latest entries when their day's digest was forged with them.
 */
import { and, asc, count, desc, eq, gte, inArray, isNotNull, isNull, lt, lte, max, sql } from 'drizzle-orm';
import type { Database, Statement } from '../lib/db.ts';
import { addDays, type JapanDate, japanDate } from '../lib/jst.ts';
import { type AuditRow, hashOfEntry } from './audit.ts';
import { digestOfDay } from './audit-digest.ts';
import { auditDigest, auditEntry } from './tables.ts';

/** Closed days that are checked each hour: few enough for the free plan's CPU time and its 50 queries. */
const DAYS_CHECKED = 7;

type Digest = typeof auditDigest.$inferSelect;

/** The audit log's own note that the day's check took place. */
export const CHECK_ACTION = 'audit.check';

/** Checks the latest closed days against the entries and digests as they are now: what was changed soon after is found within the hour. */
export async function findBrokenDays(db: Database, now: Date): Promise<BrokenDays> {
  const latest = await db.select().from(auditDigest).orderBy(desc(auditDigest.day)).limit(DAYS_CHECKED);
  return brokenAmong(db, latest, now);
}

/**
 * Checks the closed days whose turn it is in this minute: each day that was ever closed has one minute of the 24 hours, so that the
 * whole log is checked once a night and day, however long it is, and no run reads more than a few days of it.
 */
export async function findBrokenDaysOfMinute(db: Database, now: Date): Promise<BrokenDays> {
  const due = await db
    .select()
    .from(auditDigest)
    .where(inArray(auditDigest.day, daysDueAt(now)));
  return brokenAmong(db, due, now);
}

/** The days whose minute it is, from today back: those whose number leaves the same rest as the minute's. */
export function daysDueAt(now: Date): JapanDate[] {
  const minute = Math.floor(now.getTime() / MINUTE_MS);
  const today = Math.floor(now.getTime() / DAY_MS);
  const latest = today - ((((today - minute) % MINUTES_A_DAY) + MINUTES_A_DAY) % MINUTES_A_DAY);
  return Array.from({ length: MOST_ROUNDS }, (_, round) =>
    new Date((latest - round * MINUTES_A_DAY) * DAY_MS).toISOString().slice(0, 10),
  );
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MINUTES_A_DAY = 24 * 60;
/** Days that share a minute are about four years apart: some thirty years of log. */
const MOST_ROUNDS = 8;

/** Days newly found to be broken. */
export interface BrokenDays {
  days: JapanDate[];
  /** For the batch of the alarm: a day that is marked is told of no more. */
  marks: Statement[];
}

async function brokenAmong(db: Database, closed: readonly Digest[], now: Date): Promise<BrokenDays> {
  const broken = new Set<JapanDate>();
  const orphans: { day: JapanDate; since: JapanDate }[] = [];
  for (const each of closed) {
    if (each.brokenAt !== null || broken.has(each.day)) continue;
    const found = await inspect(db, each);
    if (!found.isWhole) broken.add(each.day);
    for (const day of found.forged) broken.add(day);
    if (found.orphanSince !== undefined) orphans.push({ day: each.day, since: found.orphanSince });
  }
  // What precedes an entry is gone: the day of what is gone does not fit its digest, unless that was made to fit.
  for (const { day, since } of orphans) if (!(await isExplained(db, broken, since, day))) broken.add(day);
  const unmarked = await db
    .select({ day: auditDigest.day })
    .from(auditDigest)
    .where(and(inArray(auditDigest.day, [...broken]), isNull(auditDigest.brokenAt)));
  const order = closed.map(({ day }) => day);
  const days = unmarked.map(({ day }) => day).sort((one, other) => order.indexOf(one) - order.indexOf(other));
  return {
    days,
    marks: days.map((day) => db.update(auditDigest).set({ brokenAt: now }).where(eq(auditDigest.day, day))),
  };
}

/** Whether one of the days from which something may be gone is known to be broken. */
async function isExplained(
  db: Database,
  broken: ReadonlySet<JapanDate>,
  since: JapanDate,
  until: JapanDate,
): Promise<boolean> {
  if ([...broken].some((day) => day >= since && day <= until)) return true;
  const known = await db
    .select({ day: auditDigest.day })
    .from(auditDigest)
    .where(and(gte(auditDigest.day, since), lte(auditDigest.day, until), isNotNull(auditDigest.brokenAt)))
    .limit(1);
  return known.length > 0;
}

/** What the admins see of the checks. */
export interface Integrity {
  /** Null while no day was checked yet. */
  checkedAt: Date | null;
  /** Closed days in all. */
  days: number;
  lastDay: JapanDate | null;
  brokenDays: JapanDate[];
}

/** When the log was last checked, and whether it was whole. */
export async function readIntegrity(db: Database): Promise<Integrity> {
  const [checks, totals, broken] = await db.batch([
    db
      .select({ at: auditEntry.at })
      .from(auditEntry)
      .where(and(eq(auditEntry.chain, 'city'), eq(auditEntry.action, CHECK_ACTION)))
      .orderBy(desc(auditEntry.seq))
      .limit(1),
    db.select({ days: count().as('days'), lastDay: max(auditDigest.day).as('last_day') }).from(auditDigest),
    db
      .select({ day: auditDigest.day })
      .from(auditDigest)
      .where(isNotNull(auditDigest.brokenAt))
      .orderBy(asc(auditDigest.day)),
  ]);
  return {
    checkedAt: checks[0]?.at ?? null,
    days: totals[0]?.days ?? 0,
    lastDay: totals[0]?.lastDay ?? null,
    brokenDays: broken.map(({ day }) => day),
  };
}

/** What the check of a day came upon. */
interface Inspection {
  /** Whether its entries still give its digest, and whether it still follows the digest of the day before. */
  isWhole: boolean;
  /** Days with an entry that is no longer the one which the next entry of its chain follows. */
  forged: JapanDate[];
  /** The first day from which the entry before one of this day may be gone (the first such); undefined when none is gone. */
  orphanSince: JapanDate | undefined;
}

async function inspect(db: Database, closed: Digest): Promise<Inspection> {
  const [before] = await db
    .select()
    .from(auditDigest)
    .where(lt(auditDigest.day, closed.day))
    .orderBy(desc(auditDigest.day))
    .limit(1);
  const follows =
    (!before || before.day === addDays(closed.day, -1)) && closed.previousDigest === (before?.digest ?? '');
  const { digest, rows } = await digestOfDay(db, closed.day, closed.previousDigest);
  const hashes = await Promise.all(rows.map(async (row) => (await hashOfEntry(row)) === row.hash));
  const isWhole = follows && digest === closed.digest && hashes.every(Boolean);
  // Whoever forged digests along with entries is betrayed by the entries that followed.
  const links = isWhole ? await examineLinks(db, rows) : { forged: [], orphanSince: undefined };
  return { isWhole, ...links };
}

/** Whether each entry of a day follows the one before it in its chain, on whichever day that stands. */
async function examineLinks(
  db: Database,
  rows: readonly AuditRow[],
): Promise<Pick<Inspection, 'forged' | 'orphanSince'>> {
  const linked = await withPrevious(db, rows);
  const forged = linked.flatMap(({ row, previous }) =>
    previous !== undefined && previous.hash !== row.previousHash ? [previous.day] : [],
  );
  const [orphan] = linked.filter(({ previous }) => previous === undefined);
  return {
    forged: [...new Set(forged)],
    orphanSince: orphan && (await dayBefore(db, orphan.row)),
  };
}

/** Each entry with the one before it: an empty hash before a chain's first one, undefined where it is gone. */
async function withPrevious(db: Database, rows: readonly AuditRow[]) {
  const here = new Map(rows.map((row) => [`${row.chain}|${row.seq}`, row]));
  const elsewhere = rows.filter(({ chain, seq }) => seq > 1 && !here.has(`${chain}|${seq - 1}`));
  const wanted = JSON.stringify(elsewhere.map(({ chain, seq }) => [chain, seq - 1]));
  const found =
    elsewhere.length === 0
      ? []
      : await db
          .select({ chain: auditEntry.chain, seq: auditEntry.seq, hash: auditEntry.hash, at: auditEntry.at })
          .from(auditEntry)
          .where(
            sql`(${auditEntry.chain}, ${auditEntry.seq}) IN (SELECT value->>0, value->>1 FROM json_each(${wanted}))`,
          );
  const all = new Map([...here.values(), ...found].map((each) => [`${each.chain}|${each.seq}`, each]));
  return rows.map((row) => {
    if (row.seq === 1) return { row, previous: { hash: '', day: japanDate(row.at) } };
    const previous = all.get(`${row.chain}|${row.seq - 1}`);
    return { row, previous: previous && { hash: previous.hash, day: japanDate(previous.at) } };
  });
}

/** The day of what is left of a chain before an entry; the log's first day when nothing is. */
async function dayBefore(db: Database, { chain, seq }: AuditRow): Promise<JapanDate> {
  const [left] = await db
    .select({ at: auditEntry.at })
    .from(auditEntry)
    .where(and(eq(auditEntry.chain, chain), lt(auditEntry.seq, seq)))
    .orderBy(desc(auditEntry.seq))
    .limit(1);
  return left ? japanDate(left.at) : '';
}
