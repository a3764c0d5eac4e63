/** What a person looked at or was refused, in that person's own chain of the audit log: entries that accompany no change. */
import type { Scope } from '../../slack/scope.ts';
import { type AuditEvent, recordAlone } from '../../vault/audit.ts';
import type { Actor } from './actor.ts';

type About = Pick<AuditEvent, 'caseId' | 'detail'>;

/** Notes a look that the caller has asked the rules about; to be awaited before anything is shown. */
export function noteLook(scope: Scope, actor: Actor, action: string, about: About = {}): Promise<void> {
  return note(scope, actor, { action, outcome: 'done', ...about });
}

/** Notes what the rules did not allow. */
export function noteRefusal(scope: Scope, actor: Actor, action: string, about: About = {}): Promise<void> {
  return note(scope, actor, { action, outcome: 'refused', ...about });
}

function note(
  { db, now, origin }: Scope,
  { slackUserId }: Actor,
  event: Pick<AuditEvent, 'action' | 'outcome'> & About,
): Promise<void> {
  return recordAlone(db, { at: now, actor: slackUserId, ...origin, ...event });
}
