/** 回答する: storing an answer and telling that there is one. */
import { eq } from 'drizzle-orm';
import { done, type Result, refused } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { accepted } from '../accepting/mutations.ts';
import { readAnswerButton, referenceMessage, replyEntries } from '../blocks.ts';
import {
  answerPlace,
  type Consultation,
  type LoadedConsultation,
  loadConsultation,
  openCaseKeyOf,
} from '../data.ts';
import { changeConsultation, type Refusal, recordRefusal } from '../mutations.ts';
import { decideAnswer } from '../rules.ts';
import { answer } from '../tables.ts';
import { consultationText as text } from '../text.ts';

/**
 * Stores an answer, sealed, and tells both threads and the sender that there is one.
 * @param submissionKey of the form it was written in: the same form sent again stores nothing
 */
export async function answerConsultation(
  scope: Scope,
  actor: Actor,
  id: string,
  body: string,
  submissionKey: string,
): Promise<Result<Consultation, Refusal>> {
  const answerId = crypto.randomUUID();
  return changeConsultation(scope, actor, id, 'consultation.answer', async (loaded) => {
    const { consultation: standing } = loaded;
    const decision = decideAnswer(actor, standing);
    if (decision !== 'answer' && decision !== 'accept-and-answer')
      return refused(refusalOf(decision, loaded));
    const [sent] = await scope.db
      .select({ id: answer.id })
      .from(answer)
      .where(eq(answer.submissionKey, submissionKey))
      .limit(1);
    if (sent) return done(undefined);
    const key = await openCaseKeyOf(scope, id);
    const sealed = await key.seal(answerPlace(answerId, standing), body);
    const before = decision === 'accept-and-answer' ? accepted(standing, actor, scope.now) : standing;
    const after: Consultation = { ...before, status: 'active', answerCount: standing.answerCount + 1 };
    const readIt = readAnswerButton(after, answerId);
    const inThread = referenceMessage(text.answeredInThread(after.reference), [readIt]);
    return done({
      detail: { answer: answerId, accepts: decision === 'accept-and-answer' },
      after,
      statements: [
        scope.db.insert(answer).values({
          id: answerId,
          consultationId: id,
          submissionKey,
          author: actor.slackUserId,
          body: sealed,
          answeredAt: scope.now,
        }),
      ],
      entries: [
        ...replyEntries({ ...loaded, consultation: after }, inThread),
        {
          kind: 'direct',
          person: after.sender,
          message: referenceMessage(text.answeredToSender(after.reference), [readIt]),
        },
      ],
    });
  });
}

/** Whether the Actor may answer now, before the form is opened; a refusal is logged. The answer itself asks again. */
export async function checkAnswering(
  scope: Scope,
  actor: Actor,
  id: string,
): Promise<Result<'answer' | 'accept-and-answer', Refusal>> {
  const loaded = await loadConsultation(scope.db, id);
  const decision = loaded ? decideAnswer(actor, loaded.consultation) : 'not-found';
  if (decision === 'answer' || decision === 'accept-and-answer') return done(decision);
  await recordRefusal(scope, actor, loaded, 'consultation.answer', decision);
  return refused(refusalOf(decision, loaded));
}

function refusalOf(
  decision: 'not-found' | 'not-core' | 'accept-first',
  loaded: LoadedConsultation | undefined,
): Refusal {
  return decision === 'not-found' || !loaded
    ? { reason: 'not-found' }
    : { reason: decision, reference: loaded.consultation.reference };
}
