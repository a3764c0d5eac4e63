/** What the core center's desk shows: counts, what waits, what is to be reviewed, and all entries by portions. */
import { and, asc, count, desc, eq, gt, inArray, lt, lte, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import { addDays, type JapanDate } from '../../../lib/jst.ts';
import type { Scope } from '../../../slack/scope.ts';
import { type FaqEntry, type FaqRevision, openRevision } from '../data.ts';
import { SOON_DAYS } from '../reviewing/rules.ts';
import { readFaqNumber, STALE_AFTER_DAYS } from '../rules.ts';
import { openFaqKey } from '../sealing.ts';
import { faqEntry, faqRevision } from '../tables.ts';
import type { Narrowed, Review } from './schema.ts';

export interface Counts {
  published: number;
  drafts: number;
  proposed: number;
  /** To be reviewed within a month, those past their day included. */
  due: number;
  overdue: number;
}

export async function countEntries(db: Database, today: JapanDate): Promise<Counts> {
  const [entries, open] = await db.batch([
    db
      .select({
        published: count().as('published'),
        due: sql<number>`sum(${faqEntry.reviewDueOn} <= ${addDays(today, SOON_DAYS)})`.as('due'),
        overdue: sql<number>`sum(${faqEntry.reviewDueOn} < ${today})`.as('overdue'),
      })
      .from(faqEntry)
      .where(eq(faqEntry.status, 'published')),
    db
      .select({ state: faqRevision.state, number: count().as('number') })
      .from(faqRevision)
      .where(inArray(faqRevision.state, ['draft', 'proposed']))
      .groupBy(faqRevision.state),
  ]);
  const numberOf = (state: FaqRevision['state']) => open.find((each) => each.state === state)?.number ?? 0;
  const [found] = entries;
  return {
    published: found?.published ?? 0,
    due: found?.due ?? 0,
    overdue: found?.overdue ?? 0,
    drafts: numberOf('draft'),
    proposed: numberOf('proposed'),
  };
}

export interface OpenText {
  entry: Pick<FaqEntry, 'id' | 'number' | 'status'>;
  revision: FaqRevision;
  /** Null when it was erased. */
  question: string | null;
}

/** What is worked on, or waits; the latest first. For whoever sees the desk. */
export async function listOpenTexts(
  scope: Scope,
  state: 'draft' | 'proposed',
  limit: number,
): Promise<OpenText[]> {
  const rows = await scope.db
    .select({
      revision: faqRevision,
      entry: { id: faqEntry.id, number: faqEntry.number, status: faqEntry.status },
    })
    .from(faqRevision)
    .innerJoin(faqEntry, eq(faqEntry.id, faqRevision.entryId))
    .where(eq(faqRevision.state, state))
    .orderBy(desc(faqRevision.updatedAt))
    .limit(limit);
  const key = await openFaqKey(scope);
  return Promise.all(
    rows.map(async (row) => ({
      ...row,
      question: (await openRevision(key, row.revision))?.question ?? null,
    })),
  );
}

/** Published entries to be reviewed until a day, the most overdue first. */
export async function listDue(db: Database, until: JapanDate, limit: number) {
  return db
    .select({
      number: faqEntry.number,
      question: faqEntry.question,
      owner: faqEntry.owner,
      reviewDueOn: faqEntry.reviewDueOn,
    })
    .from(faqEntry)
    .where(and(eq(faqEntry.status, 'published'), lte(faqEntry.reviewDueOn, until)))
    .orderBy(asc(faqEntry.reviewDueOn), asc(faqEntry.number))
    .limit(limit);
}

export interface ListedEntry
  extends Pick<FaqEntry, 'id' | 'number' | 'status' | 'visibility' | 'owner' | 'reviewedOn' | 'reviewDueOn'> {
  /** Of what is found; else of the latest version that has its words. */
  question: string | null;
  /** Whether something is worked on or waits. */
  openState: 'draft' | 'proposed' | null;
}

/** By number. @returns at most `limit` */
export async function listNarrowed(
  scope: Scope,
  narrowed: Narrowed,
  { today, limit }: { today: JapanDate; limit: number },
): Promise<ListedEntry[]> {
  const rows = await scope.db
    .select({
      id: faqEntry.id,
      number: faqEntry.number,
      status: faqEntry.status,
      visibility: faqEntry.visibility,
      owner: faqEntry.owner,
      reviewedOn: faqEntry.reviewedOn,
      reviewDueOn: faqEntry.reviewDueOn,
      question: faqEntry.question,
      openState: sql<ListedEntry['openState']>`(SELECT state FROM faq_revision
        WHERE entry_id = ${faqEntry.id} AND state IN ('draft', 'proposed'))`.as('open_state'),
    })
    .from(faqEntry)
    .where(and(gt(faqEntry.number, narrowed.after), ...conditionsOf(narrowed, today)))
    .orderBy(asc(faqEntry.number))
    .limit(limit);
  const unnamed = rows.filter(({ question }) => question === null).map(({ id }) => id);
  const questions = await latestQuestions(scope, unnamed);
  return rows.map((row) => ({ ...row, question: row.question ?? questions.get(row.id) ?? null }));
}

function conditionsOf({ words, state, review, topic, owner }: Narrowed, today: JapanDate): SQL[] {
  return [
    ...(words === '' ? [] : [holding(words)]),
    ...(state === '' ? [] : [eq(faqEntry.status, state)]),
    ...(review === '' ? [] : [eq(faqEntry.status, 'published'), reviewedSo(review, today)]),
    ...(topic === ''
      ? []
      : [sql`EXISTS (SELECT 1 FROM json_each(${faqEntry.topics}) WHERE value = ${topic})`]),
    ...(owner === '' ? [] : [eq(faqEntry.owner, owner)]),
  ];
}

/** What is approved is searched; what is sealed is found by its number. */
function holding(words: string): SQL {
  const number = readFaqNumber(words) ?? 0;
  return sql`(instr(${faqEntry.question}, ${words}) OR instr(${faqEntry.answer}, ${words})
    OR instr(${faqEntry.aliases}, ${words}) OR ${faqEntry.number} = ${number})`;
}

function reviewedSo(review: Review, today: JapanDate): SQL {
  switch (review) {
    case 'due':
      return lte(faqEntry.reviewDueOn, addDays(today, SOON_DAYS));
    case 'overdue':
      return lt(faqEntry.reviewDueOn, today);
    case 'stale':
      return sql`(${faqEntry.reviewedOn} IS NULL OR ${faqEntry.reviewedOn} < ${addDays(today, -STALE_AFTER_DAYS)})`;
  }
}

async function latestQuestions(scope: Scope, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const latest = await scope.db
    .select()
    .from(faqRevision)
    .where(
      sql`(${faqRevision.entryId}, ${faqRevision.number}) IN (
        SELECT entry_id, max(number) FROM faq_revision
        WHERE content IS NOT NULL AND entry_id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) GROUP BY entry_id)`,
    );
  const key = await openFaqKey(scope);
  const opened = await Promise.all(
    latest.map(
      async (revision) => [revision.entryId, (await openRevision(key, revision))?.question] as const,
    ),
  );
  return new Map(
    opened.flatMap(([id, question]) => (question === undefined ? [] : [[id, question] as const])),
  );
}
