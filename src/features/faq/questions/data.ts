/** What nobody could answer, as it stands, whoever looks: `rules.mayEdit` is the caller's first question. */
import { and, asc, desc, eq, inArray, isNull, max, sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import type { Scope } from '../../../slack/scope.ts';
import { type ChainHead, EMPTY_CHAIN } from '../../../vault/audit.ts';
import type { CaseKey } from '../../../vault/key-ring.ts';
import { auditEntry } from '../../../vault/tables.ts';
import { center, staff } from '../../directory/tables.ts';
import { askPlace } from '../asking/data.ts';
import { faqPlace, openFaqKey } from '../sealing.ts';
import { faqAsk, faqEntry, faqOpenQuestion, faqRevision } from '../tables.ts';
import type { AskWay, OpenQuestionState } from '../words.ts';

export type OpenQuestion = typeof faqOpenQuestion.$inferSelect;
export type Ask = typeof faqAsk.$inferSelect;

/** With the head of its audit chain, read in one transaction. */
export interface LoadedQuestion {
  question: OpenQuestion;
  head: ChainHead;
}

/** Undefined when there is none of that id. */
export async function loadQuestion(db: Database, id: string): Promise<LoadedQuestion | undefined> {
  const [questions, heads] = await db.batch([
    db.select().from(faqOpenQuestion).where(eq(faqOpenQuestion.id, id)),
    db
      .select({ seq: auditEntry.seq, hash: auditEntry.hash })
      .from(auditEntry)
      .where(eq(auditEntry.chain, `faq-question:${id}`))
      .orderBy(desc(auditEntry.seq))
      .limit(1),
  ]);
  const [question] = questions;
  return question && { question, head: heads[0] ?? EMPTY_CHAIN };
}

/** By the number of `質問-0007`. */
export async function findQuestion(db: Database, number: number): Promise<OpenQuestion | undefined> {
  const [row] = await db.select().from(faqOpenQuestion).where(eq(faqOpenQuestion.number, number)).limit(1);
  return row;
}

export interface ListedQuestion {
  id: string;
  number: number;
  text: string;
  state: OpenQuestionState;
  ownerName: string | null;
  dueOn: string | null;
  /** How many asked, of how many centers, and the first of them. */
  asks: number;
  centers: number;
  since: Date;
  lastAt: Date;
}

const counted = (what: string) =>
  sql<number>`(SELECT ${sql.raw(what)} FROM faq_ask WHERE faq_ask.open_question_id = ${faqOpenQuestion.id})`;

/**
 * Those of a state, opened: overdue ones first, then those with a day by their days, then those that most asked.
 * @param today of Japan
 */
export async function listQuestions(
  scope: Pick<Scope, 'db' | 'settings'>,
  {
    state,
    today,
    limit,
    offset = 0,
  }: { state: OpenQuestionState; today: string; limit: number; offset?: number },
): Promise<ListedQuestion[]> {
  const asks = counted('count(*)');
  const rows = await scope.db
    .select({
      id: faqOpenQuestion.id,
      number: faqOpenQuestion.number,
      text: faqOpenQuestion.text,
      state: faqOpenQuestion.state,
      dueOn: faqOpenQuestion.dueOn,
      createdAt: faqOpenQuestion.createdAt,
      ownerName: staff.name,
      asks: asks.as('asks'),
      centers: counted('count(DISTINCT center)').as('centers'),
      since: counted('min(at)').as('since'),
      lastAt: counted('max(at)').as('last_at'),
    })
    .from(faqOpenQuestion)
    .leftJoin(staff, eq(staff.slackUserId, faqOpenQuestion.owner))
    .where(eq(faqOpenQuestion.state, state))
    .orderBy(
      sql`coalesce(${faqOpenQuestion.dueOn} < ${today}, 0) DESC`,
      sql`${faqOpenQuestion.dueOn} IS NULL`,
      asc(faqOpenQuestion.dueOn),
      desc(sql`asks`),
      desc(faqOpenQuestion.number),
    )
    .limit(limit)
    .offset(offset);
  const key = await openFaqKey(scope);
  return Promise.all(
    rows.map(async ({ createdAt, since, lastAt, ...row }) => ({
      ...row,
      text: await openQuestionText(key, row),
      // An ask that is older than three years is forgotten; the question stays.
      since: new Date(since ?? createdAt),
      lastAt: new Date(lastAt ?? createdAt),
    })),
  );
}

/** Of two that take it at once one fails on storing it, and looks again. */
export async function nextNumber(db: Database): Promise<number> {
  const [row] = await db.select({ number: max(faqOpenQuestion.number) }).from(faqOpenQuestion);
  return (row?.number ?? 0) + 1;
}

/** How many there are of each state. */
export async function countQuestions(db: Database): Promise<Record<OpenQuestionState, number>> {
  const rows = await db
    .select({ state: faqOpenQuestion.state, count: sql<number>`count(*)`.as('n') })
    .from(faqOpenQuestion)
    .groupBy(faqOpenQuestion.state);
  const of = (state: OpenQuestionState) => rows.find((row) => row.state === state)?.count ?? 0;
  return { open: of('open'), answered: of('answered'), set_aside: of('set_aside') };
}

export interface OpenedAsk {
  id: string;
  text: string;
  centerShort: string;
  way: AskWay;
  at: Date;
}

/** What was asked of a question, the latest first: centers, no names. */
export async function openAsksOf(
  scope: Pick<Scope, 'db' | 'settings'>,
  questionId: string,
  limit: number,
): Promise<OpenedAsk[]> {
  const rows = await scope.db
    .select({
      id: faqAsk.id,
      text: faqAsk.text,
      way: faqAsk.way,
      at: faqAsk.at,
      centerShort: center.short,
    })
    .from(faqAsk)
    .innerJoin(center, eq(center.code, faqAsk.center))
    .where(eq(faqAsk.openQuestionId, questionId))
    .orderBy(desc(faqAsk.at))
    .limit(limit);
  const key = await openFaqKey(scope);
  return Promise.all(rows.map(async (row) => ({ ...row, text: await openAskText(key, row) })));
}

/** What was asked, covered. */
export function openAskText(key: CaseKey, { id, text }: Pick<Ask, 'id' | 'text'>): Promise<string> {
  return key.open(askPlace(id, 'text'), text);
}

export function openQuestionText(
  key: CaseKey,
  { id, text }: Pick<OpenQuestion, 'id' | 'text'>,
): Promise<string> {
  return key.open(questionPlace(id), text);
}

/** Why it was set aside; null where it was not, or was merged into another. */
export async function openReason(
  key: CaseKey,
  { id, reason }: Pick<OpenQuestion, 'id' | 'reason'>,
): Promise<string | null> {
  return reason === null ? null : key.open(questionPlace(id, 'reason'), reason);
}

export async function countAsks(db: Database, questionId: string): Promise<number> {
  return db.$count(faqAsk, eq(faqAsk.openQuestionId, questionId));
}

export function questionPlace(id: string, column: 'text' | 'reason' = 'text') {
  return faqPlace('faq_open_question', column, id);
}

/** The draft that is to answer a question, or waits for approval; undefined when there is none. */
export async function findDraftFor(
  db: Database,
  questionId: string,
): Promise<{ number: number } | undefined> {
  const [row] = await db
    .select({ number: faqEntry.number })
    .from(faqRevision)
    .innerJoin(faqEntry, eq(faqEntry.id, faqRevision.entryId))
    .where(and(eq(faqRevision.openQuestionId, questionId), inArray(faqRevision.state, ['draft', 'proposed'])))
    .limit(1);
  return row;
}

/** All that there ever were, dropped ones among them. */
export async function countDraftsFor(db: Database, questionId: string): Promise<number> {
  return db.$count(faqRevision, eq(faqRevision.openQuestionId, questionId));
}

/** Whom the answer to a question is still to be told: those who asked and still work here, with what each asked. */
export async function listToBeTold(
  db: Database,
  questionId: string,
  { isCoreOnly }: { isCoreOnly: boolean },
): Promise<{ person: string; askIds: string[] }[]> {
  const rows = await db
    .select({ person: faqAsk.askedBy, ask: sql<string>`${faqAsk.id}`.as('ask_id') })
    .from(faqAsk)
    .innerJoin(staff, eq(staff.slackUserId, faqAsk.askedBy))
    .innerJoin(center, eq(center.code, staff.center))
    .where(
      and(
        eq(faqAsk.openQuestionId, questionId),
        isNull(staff.removedAt),
        isCoreOnly ? eq(center.kind, 'kikan') : undefined,
        sql`NOT EXISTS (SELECT 1 FROM faq_notice WHERE about = ${faqAsk.id} AND what = ${ANSWERED} AND recipient = ${faqAsk.askedBy})`,
      ),
    )
    .orderBy(desc(faqAsk.at));
  const people = new Map<string, string[]>();
  for (const { person, ask } of rows) people.set(person, [...(people.get(person) ?? []), ask]);
  return [...people].map(([person, askIds]) => ({ person, askIds }));
}

/** What `faq_notice` calls it that an asker was told of an answer. */
export const ANSWERED = 'answered';
