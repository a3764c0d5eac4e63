/** 回答する: storing an answer and telling that there is one. */
import { done, type Result } from '../../../lib/result.ts';
import type { OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { accepted } from '../accepting/mutations.ts';
import { readAnswerButton, referenceMessage } from '../blocks.ts';
import { replyEntries } from '../cards/blocks.ts';
import { openCaseKeyOf } from '../content/data.ts';
import { answerPlace, type Consultation, type LoadedConsultation } from '../data.ts';
import { changeConsultation, type Refusal, type Wish } from '../mutations.ts';
import { tellSender } from '../notices.ts';
import { answer } from '../tables.ts';
import { consultationText as text } from '../text.ts';

/** Stores an answer, sealed, and tells both threads and the sender that there is one. */
export async function answerConsultation(
  scope: Scope,
  actor: Actor,
  wish: Wish,
  body: string,
): Promise<Result<Consultation, Refusal>> {
  const answerId = crypto.randomUUID();
  return changeConsultation(scope, actor, wish, async (loaded) => {
    const { consultation: standing } = loaded;
    const key = await openCaseKeyOf(scope, standing.id);
    const isAccepting = standing.status === 'submitted';
    const before = isAccepting ? accepted(standing, actor, scope.now) : standing;
    const after: Consultation = {
      ...before,
      status: 'active',
      answerCount: standing.answerCount + 1,
      firstAnsweredAt: standing.firstAnsweredAt ?? scope.now,
      lastContactAt: scope.now,
      waitedFor: null,
      waitingUntilOn: null,
      hasOpenQuestion: false,
    };
    const row = {
      id: answerId,
      consultationId: standing.id,
      submissionKey: wish.form?.key ?? answerId,
      author: actor.slackUserId,
      body: await key.seal(answerPlace(answerId, standing), body),
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
  const { consultation: shown } = loaded;
  const readIt = readAnswerButton(shown, answerId);
  return [
    ...replyEntries(loaded, referenceMessage(text.answeredInThread(shown.reference), [readIt])),
    ...tellSender(loaded, referenceMessage(text.answeredToSender(shown.reference), [readIt])),
  ];
}
