/** 回答する: storing an answer and telling that there is one. */
import { eq } from 'drizzle-orm';
import { done, type Result, refused } from '../../../lib/result.ts';
import type { OutboxEntry } from '../../../slack/outbox.ts';
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
    const key = await openCaseKeyOf(scope, id);
    const [sent] = await scope.db
      .select()
      .from(answer)
      .where(eq(answer.submissionKey, submissionKey))
      .limit(1);
    if (sent) {
      const isSame = (await key.open(answerPlace(sent.id, standing), sent.body)) === body;
      return isSame ? done(undefined) : refused({ reason: 'sent-before', reference: standing.reference });
    }
    const sealed = await key.seal(answerPlace(answerId, standing), body);
    const isAccepting = decision === 'accept-and-answer';
    const before = isAccepting ? accepted(standing, actor, scope.now) : standing;
    const after: Consultation = { ...before, status: 'active', answerCount: standing.answerCount + 1 };
    const author = actor.slackUserId;
    const row = {
      id: answerId,
      consultationId: id,
      submissionKey,
      author,
      body: sealed,
      answeredAt: scope.now,
    };
    return done({
      detail: { answer: answerId, accepts: isAccepting },
      after,
      statements: [scope.db.insert(answer).values(row)],
      entries: answerNotices({ ...loaded, consultation: after }, answerId),
    });
  });
}

/** Both threads hear that there is an answer; the sender, too, if she is still there. */
function answerNotices(loaded: LoadedConsultation, answerId: string): OutboxEntry[] {
  const { consultation: shown, isSenderThere } = loaded;
  const readIt = readAnswerButton(shown, answerId);
  const replies = replyEntries(loaded, referenceMessage(text.answeredInThread(shown.reference), [readIt]));
  const told = referenceMessage(text.answeredToSender(shown.reference), [readIt]);
  return isSenderThere ? [...replies, { kind: 'direct', person: shown.sender, message: told }] : replies;
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
  await recordRefusal(scope, actor, { id, loaded }, 'consultation.answer', decision);
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
