/** Figures of the FAQ: counts, and questions of published entries. What anybody asked is not opened here. */
import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import { addDays, type JapanDate, japanDate } from '../../../lib/jst.ts';
import { STALE_AFTER_DAYS } from '../rules.ts';
import type { AskWay } from '../words.ts';
import { medianDays, SOLVED_AFTER_DAYS, type Span, solvedUntil } from './rules.ts';

export interface EntryCount {
  number: number;
  question: string;
  count: number;
}

export interface StaleEntry {
  number: number;
  question: string;
  reviewedOn: JapanDate | null;
  ownerName: string | null;
}

export interface Totals {
  asks: number;
  /** To which some entry was shown. */
  found: number;
  read: number;
  unanswered: number;
  people: number;
}

export interface Solved {
  /** Asked at least three days ago. */
  asks: number;
  /** Of them those whose asker read an answer whole. */
  read: number;
  /** Of these, those whose asker sent no consultation within three days. */
  solved: number;
}

export interface Figures {
  totals: Totals;
  ways: { way: AskWay; asks: number }[];
  centers: { short: string; asks: number; unanswered: number }[];
  /** `2026-04` → how many; months without any are missing. */
  months: ReadonlyMap<string, number>;
  asked: EntryCount[];
  read: EntryCount[];
  helpful: EntryCount[];
  unhelpful: EntryCount[];
  votes: { helpful: number; unhelpful: number };
  questions: { open: number; answered: number; setAside: number; medianDays: number | null };
  solved: Solved;
  stale: { count: number; entries: StaleEntry[] };
}

/** So many say what matters; who wants all, asks the entries' list. */
const TOP = 20;
const STALE_SHOWN = 50;

/** @param mayReadCoreOnly else entries of the core center only are in no list; what was asked is counted all the same */
export async function readFigures(
  db: Database,
  span: Span,
  { now, mayReadCoreOnly }: { now: Date; mayReadCoreOnly: boolean },
): Promise<Figures> {
  const isSeen = mayReadCoreOnly ? sql`true` : sql`faq_entry.visibility = 'all'`;
  const [totals, ways, centers, months, asked, read, helpful, unhelpful, votes, questions, solved, stale] =
    await Promise.all([
      readTotals(db, span),
      db.all<{ way: AskWay; asks: number }>(sql`
        SELECT way, count(*) AS asks FROM faq_ask WHERE ${within('at', span)} GROUP BY way ORDER BY asks DESC, way`),
      db.all<{ short: string; asks: number; unanswered: number }>(sql`
        SELECT center.short AS short, count(*) AS asks, count(unanswered_at) AS unanswered
        FROM faq_ask JOIN center ON center.code = faq_ask.center
        WHERE ${within('at', span)} GROUP BY center.code ORDER BY center.position, center.code`),
      readMonths(db, span),
      // What was shown first is what the question was about, as far as the search tells.
      topEntries(
        db,
        isSeen,
        sql`
        SELECT shown->>'$[0]' AS entry FROM faq_ask WHERE ${within('at', span)} AND shown <> '[]'`,
      ),
      topEntries(db, isSeen, sql`SELECT entry_id AS entry FROM faq_reading WHERE ${within('at', span)}`),
      topEntries(db, isSeen, votesIn(span, true)),
      topEntries(db, isSeen, votesIn(span, false)),
      readVotes(db, span),
      readQuestions(db, span),
      readSolved(db, span, now),
      readStale(db, isSeen, japanDate(now)),
    ]);
  return { totals, ways, centers, months, asked, read, helpful, unhelpful, votes, questions, solved, stale };
}

function within(column: 'at' | 'settled_at', { from, until }: Span): SQL {
  return sql`${sql.raw(column)} >= ${from.getTime()} AND ${sql.raw(column)} < ${until.getTime()}`;
}

function votesIn(span: Span, isHelpful: boolean): SQL {
  return sql`SELECT entry_id AS entry FROM faq_vote WHERE ${within('at', span)} AND is_helpful = ${isHelpful ? 1 : 0}`;
}

async function readTotals(db: Database, span: Span): Promise<Totals> {
  const [row] = await db.all<Totals>(sql`
    SELECT count(*) AS asks, coalesce(sum(shown <> '[]'), 0) AS found, count(read_at) AS read,
      count(unanswered_at) AS unanswered, count(DISTINCT asked_by) AS people
    FROM faq_ask WHERE ${within('at', span)}`);
  return row ?? { asks: 0, found: 0, read: 0, unanswered: 0, people: 0 };
}

async function readMonths(db: Database, span: Span): Promise<ReadonlyMap<string, number>> {
  const rows = await db.all<{ month: string; asks: number }>(sql`
    SELECT strftime('%Y-%m', at / 1000, 'unixepoch', '+9 hours') AS month, count(*) AS asks
    FROM faq_ask WHERE ${within('at', span)} GROUP BY month`);
  return new Map(rows.map(({ month, asks }) => [month, asks]));
}

/** @param events a SELECT of one column `entry`: each time is counted */
function topEntries(db: Database, isSeen: SQL, events: SQL): Promise<EntryCount[]> {
  return db.all<EntryCount>(sql`
    SELECT faq_entry.number AS number, faq_entry.question AS question, count(*) AS count
    FROM (${events}) AS event JOIN faq_entry ON faq_entry.id = event.entry
    WHERE faq_entry.status = 'published' AND ${isSeen}
    GROUP BY faq_entry.id ORDER BY count DESC, number LIMIT ${TOP}`);
}

async function readVotes(db: Database, span: Span): Promise<Figures['votes']> {
  const [row] = await db.all<Figures['votes']>(sql`
    SELECT coalesce(sum(is_helpful = 1), 0) AS helpful, coalesce(sum(is_helpful = 0), 0) AS unhelpful
    FROM faq_vote WHERE ${within('at', span)}`);
  return row ?? { helpful: 0, unhelpful: 0 };
}

async function readQuestions(db: Database, span: Span): Promise<Figures['questions']> {
  const rows = await db.all<{ state: string; took: number }>(sql`
    SELECT state, settled_at - created_at AS took FROM faq_open_question WHERE ${within('settled_at', span)}`);
  const [open] = await db.all<{ count: number }>(
    sql`SELECT count(*) AS count FROM faq_open_question WHERE state = 'open'`,
  );
  const answered = rows.filter(({ state }) => state === 'answered');
  return {
    open: open?.count ?? 0,
    answered: answered.length,
    setAside: rows.filter(({ state }) => state === 'set_aside').length,
    medianDays: medianDays(answered.map(({ took }) => took)),
  };
}

async function readSolved(db: Database, span: Span, now: Date): Promise<Solved> {
  const ripe = solvedUntil(now).getTime();
  const days = SOLVED_AFTER_DAYS * 86_400_000;
  const [row] = await db.all<Solved>(sql`
    SELECT count(*) AS asks, count(read_at) AS read,
      coalesce(sum(read_at IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM consultation WHERE consultation.sender = faq_ask.asked_by
          AND consultation.submitted_at >= faq_ask.at AND consultation.submitted_at < faq_ask.at + ${days})), 0) AS solved
    FROM faq_ask WHERE ${within('at', span)} AND at <= ${ripe}`);
  return row ?? { asks: 0, read: 0, solved: 0 };
}

async function readStale(db: Database, isSeen: SQL, today: JapanDate): Promise<Figures['stale']> {
  const isOld = sql`faq_entry.status = 'published' AND ${isSeen}
    AND (faq_entry.reviewed_on IS NULL OR faq_entry.reviewed_on < ${addDays(today, -STALE_AFTER_DAYS)})`;
  const [counted, entries] = await Promise.all([
    db.all<{ count: number }>(sql`SELECT count(*) AS count FROM faq_entry WHERE ${isOld}`),
    db.all<StaleEntry>(sql`
      SELECT faq_entry.number AS number, faq_entry.question AS question, faq_entry.reviewed_on AS "reviewedOn",
        staff.name AS "ownerName"
      FROM faq_entry LEFT JOIN staff ON staff.slack_user_id = faq_entry.owner
      WHERE ${isOld} ORDER BY faq_entry.reviewed_on, faq_entry.number LIMIT ${STALE_SHOWN}`),
  ]);
  return { count: counted[0]?.count ?? 0, entries };
}
