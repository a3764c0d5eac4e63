/** Reading is a write: nobody sees content without an entry in the audit log. */
import { done, type Result, refused } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import { recordAlone } from '../../../vault/audit.ts';
import type { Actor } from '../../directory/actor.ts';
import { type Consultation, isAnswerOf, loadConsultation } from '../data.ts';
import { type Refusal, recordRefusal } from '../mutations.ts';
import { maySee } from '../rules.ts';

/** What is about to be read; an answer is named, since each is written by somebody else. */
export type Reading = { what: 'content' | 'question' } | { what: 'answer'; answer: string };

/** Notes that the Actor is about to read its content. Refused like what does not exist. */
export async function beginReading(
  scope: Scope,
  actor: Actor,
  id: string,
  reading: Reading,
): Promise<Result<Consultation, Refusal>> {
  const loaded = await loadConsultation(scope.db, id);
  const event = {
    at: scope.now,
    actor: actor.slackUserId,
    action: 'consultation.read',
    surface: 'slack',
    detail: { ...reading },
  } as const;
  const isThere = reading.what !== 'answer' || (await isAnswerOf(scope.db, id, reading.answer));
  if (!loaded || !maySee(actor, loaded.consultation) || !isThere) {
    await recordRefusal(scope, actor, { id, loaded }, event.action, 'not-found');
    return refused({ reason: 'not-found' });
  }
  await recordAlone(scope.db, { ...event, outcome: 'done', caseId: id });
  return done(loaded.consultation);
}
