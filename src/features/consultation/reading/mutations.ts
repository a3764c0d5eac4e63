/** Reading is a write: nobody sees content without an entry in the audit log. */
import { done, type Result, refused } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import { recordAlone } from '../../../vault/audit.ts';
import type { Actor } from '../../directory/actor.ts';
import { type Consultation, loadConsultation } from '../data.ts';
import { type Refusal, recordRefusal } from '../mutations.ts';
import { maySee } from '../rules.ts';

/** Notes in the case's audit chain that the Actor is about to read its content. Refused like what does not exist. */
export async function beginReading(
  scope: Scope,
  actor: Actor,
  id: string,
  what: 'content' | 'answer' | 'question',
): Promise<Result<Consultation, Refusal>> {
  const loaded = await loadConsultation(scope.db, id);
  const event = {
    at: scope.now,
    actor: actor.slackUserId,
    action: 'consultation.read',
    surface: 'slack',
    detail: { what },
  } as const;
  if (!loaded || !maySee(actor, loaded.consultation)) {
    await recordRefusal(scope, actor, loaded, event.action, 'not-found');
    return refused({ reason: 'not-found' });
  }
  await recordAlone(scope.db, { ...event, outcome: 'done', caseId: id });
  return done(loaded.consultation);
}
