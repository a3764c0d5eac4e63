/** What the house grouped is arranged by people: an ask goes to another question or gets one of its own, and two questions become one. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Statement } from '../../../../lib/db.ts';
import { done, NOT_FOUND, type NotFound, type Result, refused } from '../../../../lib/result.ts';
import type { Scope } from '../../../../slack/scope.ts';
import type { Actor } from '../../../directory/actor.ts';
import { mayEdit } from '../../rules.ts';
import { openFaqKey } from '../../sealing.ts';
import { faqAsk, faqRevision } from '../../tables.ts';
import {
  findQuestion,
  type LoadedQuestion,
  loadQuestion,
  nextNumber,
  type OpenQuestion,
  openAskText,
  questionPlace,
} from '../data.ts';
import { formatQuestionReference, readQuestionNumber } from '../rules.ts';
import { changeAlong, changeQuestion, makeQuestion } from '../storing/mutations.ts';

export type ArrangeRefusal = NotFound | { reason: 'settled' | 'question' | 'ask' };

/** All that was asked of a question goes to another one, and this one is set aside. @param typed the other's number, as people write it */
export async function mergeInto(
  scope: Scope,
  actor: Actor,
  id: string,
  typed: string,
): Promise<Result<OpenQuestion, ArrangeRefusal>> {
  const { db, now } = scope;
  const action = 'faq.merge_question';
  return changeQuestion<ArrangeRefusal>(scope, actor, { id, action }, async ({ question }) => {
    if (!mayEdit(actor)) return refused(NOT_FOUND);
    if (question.state !== 'open') return refused({ reason: 'settled' });
    const other = await openOther(scope, id, typed);
    if (!other) return refused({ reason: 'question' });
    const from = formatQuestionReference(question.number);
    const move = db
      .update(faqAsk)
      .set({ openQuestionId: other.question.id })
      .where(eq(faqAsk.openQuestionId, id));
    // What was begun for this one is the answer to the other.
    const moveDrafts = db
      .update(faqRevision)
      .set({ openQuestionId: other.question.id })
      .where(and(eq(faqRevision.openQuestionId, id), inArray(faqRevision.state, ['draft', 'proposed'])));
    return done({
      detail: { into: formatQuestionReference(other.question.number) },
      set: { state: 'set_aside', settledAt: now },
      statements: [
        ...(await changeAlong(scope, actor.slackUserId, action, other, { detail: { from } })),
        move,
        moveDrafts,
      ],
    });
  });
}

/**
 * One ask goes to another question. @param typed the other's number, as people write it; empty for a new one
 * @returns the question that it left
 */
export async function moveAsk(
  scope: Scope,
  actor: Actor,
  id: string,
  { askId, typed }: { askId: string; typed: string },
): Promise<Result<OpenQuestion, ArrangeRefusal>> {
  const action = 'faq.move_ask';
  return changeQuestion<ArrangeRefusal>(scope, actor, { id, action }, async ({ question }) => {
    if (!mayEdit(actor)) return refused(NOT_FOUND);
    if (question.state !== 'open') return refused({ reason: 'settled' });
    const [ask] = await scope.db
      .select()
      .from(faqAsk)
      .where(and(eq(faqAsk.id, askId), eq(faqAsk.openQuestionId, id)))
      .limit(1);
    if (!ask) return refused({ reason: 'ask' });
    const target =
      typed === '' ? await newQuestionOf(scope, actor, ask) : await alongTo(scope, actor, id, typed);
    if (!target) return refused({ reason: 'question' });
    return done({
      detail: { ask: askId, into: target.reference },
      set: {},
      statements: [
        ...target.statements,
        scope.db
          .update(faqAsk)
          .set({ openQuestionId: target.id })
          .where(and(eq(faqAsk.id, askId), sql`${faqAsk.openQuestionId} = ${id}`)),
      ],
    });
  });
}

interface Target {
  id: string;
  reference: string;
  statements: Statement[];
}

async function newQuestionOf(scope: Scope, actor: Actor, ask: typeof faqAsk.$inferSelect): Promise<Target> {
  const key = await openFaqKey(scope);
  const id = crypto.randomUUID();
  const number = await nextNumber(scope.db);
  const text = await key.seal(questionPlace(id), await openAskText(key, ask));
  return {
    id,
    reference: formatQuestionReference(number),
    statements: await makeQuestion(scope, actor.slackUserId, { id, number, text }),
  };
}

async function alongTo(scope: Scope, actor: Actor, id: string, typed: string): Promise<Target | undefined> {
  const other = await openOther(scope, id, typed);
  if (!other) return undefined;
  return {
    id: other.question.id,
    reference: formatQuestionReference(other.question.number),
    statements: await changeAlong(scope, actor.slackUserId, 'faq.move_ask', other, {}),
  };
}

/** Another question that is still open. */
async function openOther({ db }: Scope, id: string, typed: string): Promise<LoadedQuestion | undefined> {
  const number = readQuestionNumber(typed);
  const found = number === undefined ? undefined : await findQuestion(db, number);
  const other = found && found.id !== id ? await loadQuestion(db, found.id) : undefined;
  return other?.question.state === 'open' ? other : undefined;
}
