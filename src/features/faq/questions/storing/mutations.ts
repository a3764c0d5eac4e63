/** How a question that nobody could answer changes: one batch of its audit entry, its row, what follows from it, and outbox entries. */
import { eq } from 'drizzle-orm';
import { type Database, isUniqueViolation, runBatch, type Statement } from '../../../../lib/db.ts';
import { done, type NotFound, type Result } from '../../../../lib/result.ts';
import { enqueue, type OutboxEntry } from '../../../../slack/outbox.ts';
import type { Scope } from '../../../../slack/scope.ts';
import { type AuditEvent, appendEntry, EMPTY_CHAIN, nextEntry } from '../../../../vault/audit.ts';
import { changeInTurn, type Write } from '../../../../vault/changing.ts';
import type { Actor } from '../../../directory/actor.ts';
import { noteRefusal } from '../../../directory/noting.ts';
import { faqOpenQuestion } from '../../tables.ts';
import { type LoadedQuestion, loadQuestion, type OpenQuestion } from '../data.ts';
import { formatQuestionReference } from '../rules.ts';

export interface QuestionChange {
  /** Identifiers and controlled words. */
  detail?: AuditEvent['detail'];
  /** What is not set leaves the version as it is: an ask that joins disturbs nobody who works on the question. */
  set?: Partial<Omit<OpenQuestion, 'id' | 'number' | 'version' | 'updatedAt'>>;
  statements?: readonly Statement[];
  entries?: readonly OutboxEntry[];
}

type Decide<Reason> = (loaded: LoadedQuestion) => Promise<Result<QuestionChange | undefined, Reason>>;

/**
 * Changes a question as `decide` says, which asks the rules first; else refuses, and notes that it refused.
 * @returns the question as it is afterwards
 */
export async function changeQuestion<Reason extends { reason: string }>(
  scope: Scope,
  actor: Actor,
  { id, action }: { id: string; action: string },
  decide: Decide<Reason>,
): Promise<Result<OpenQuestion, Reason | NotFound>> {
  let question: string | undefined;
  const changed = await changeStored(scope, actor.slackUserId, { id, action }, async (loaded) => {
    question = formatQuestionReference(loaded.question.number);
    return decide(loaded);
  });
  if (!changed.ok)
    await noteRefusal(scope, actor, action, {
      detail: { reason: changed.refusal.reason, ...(question === undefined ? {} : { question }) },
    });
  return changed;
}

/** Changes a question on the house's own account. Undefined from `decide` leaves it as it is. */
export async function changeQuestionByJob(
  scope: Scope,
  { id, action, job }: { id: string; action: string; job: string },
  decide: (loaded: LoadedQuestion) => Promise<QuestionChange | undefined>,
): Promise<void> {
  await changeStored(scope, `job:${job}`, { id, action }, async (loaded) => done(await decide(loaded)));
}

async function changeStored<Reason>(
  scope: Scope,
  by: string,
  { id, action }: { id: string; action: string },
  decide: Decide<Reason>,
): Promise<Result<OpenQuestion, Reason | NotFound>> {
  const { db } = scope;
  const changed = await changeInTurn<LoadedQuestion, Reason>(db, {
    chain: `faq-question:${id}`,
    load: () => loadQuestion(db, id),
    async decide(loaded) {
      const decision = await decide(loaded);
      if (!decision.ok) return decision;
      return done(decision.value && writeOf(scope, by, action, loaded, decision.value));
    },
  });
  if (!changed.ok) return changed;
  if (changed.value.isChanged) scope.wakeCourier();
  return done(changed.value.after.question);
}

function writeOf(
  scope: Scope,
  by: string,
  action: string,
  loaded: LoadedQuestion,
  { detail, set, statements = [], entries = [] }: QuestionChange,
): Write<LoadedQuestion> {
  const { db, now } = scope;
  const { question } = loaded;
  const after: OpenQuestion = set
    ? { ...question, ...set, version: question.version + 1, updatedAt: now }
    : { ...question, updatedAt: now };
  return {
    event: eventOf(scope, by, action, after, {
      ...detail,
      ...(after.state === question.state ? {} : { was: question.state }),
    }),
    statements: [
      storeQuestion(db, after),
      ...statements,
      ...(entries.length === 0 ? [] : [enqueue(db, entries, now)]),
    ],
    after: { ...loaded, question: after },
  };
}

function storeQuestion(db: Database, after: OpenQuestion): Statement {
  return db.update(faqOpenQuestion).set(after).where(eq(faqOpenQuestion.id, after.id));
}

function eventOf(
  { now, origin }: Scope,
  by: string,
  action: string,
  { number, state }: Pick<OpenQuestion, 'number' | 'state'>,
  detail: AuditEvent['detail'],
): AuditEvent {
  const question = formatQuestionReference(number);
  return { at: now, actor: by, action, outcome: 'done', ...origin, detail: { ...detail, question, state } };
}

/**
 * The statements that change a second question along with one that is changed, its audit entry among them: of two changes at the same
 * time the later one fails with the whole batch.
 */
export async function changeAlong(
  scope: Scope,
  by: string,
  action: string,
  { question, head }: LoadedQuestion,
  { detail, set }: Pick<QuestionChange, 'detail' | 'set'>,
): Promise<Statement[]> {
  const { db, now } = scope;
  const after: OpenQuestion = { ...question, ...set, version: question.version + 1, updatedAt: now };
  const entry = await nextEntry(
    `faq-question:${question.id}`,
    head,
    eventOf(scope, by, action, after, detail ?? {}),
  );
  return [appendEntry(db, entry), storeQuestion(db, after)];
}

/**
 * The statements that make a question, its audit entry among them.
 * @param number the next one; where another question took it meanwhile, the batch fails as a whole
 */
export async function makeQuestion(
  scope: Scope,
  by: string,
  { id, number, text }: Pick<OpenQuestion, 'id' | 'number' | 'text'>,
): Promise<Statement[]> {
  const { db, now } = scope;
  const question: OpenQuestion = {
    id,
    number,
    text,
    state: 'open',
    owner: null,
    dueOn: null,
    entryId: null,
    reason: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
    settledAt: null,
  };
  const event = eventOf(scope, by, 'faq.make_question', question, {});
  const entry = await nextEntry(`faq-question:${id}`, EMPTY_CHAIN, event);
  return [appendEntry(db, entry), db.insert(faqOpenQuestion).values(question)];
}

/** Runs a batch that may lose to another one, which then must have done the same. @returns whether it was this one */
export async function runOnce(db: Database, statements: readonly Statement[]): Promise<boolean> {
  try {
    await runBatch(db, statements);
    return true;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return false;
  }
}
