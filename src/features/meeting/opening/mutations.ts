/** Finding a meeting for somebody: what she may not see is answered like what does not exist, and noted. */
import { done, NOT_FOUND, type NotFound, type Result, refused } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { circleOf, type LoadedMeeting, loadMeeting } from '../data.ts';
import { maySee } from '../rules.ts';
import { noteRefusal } from '../storing/mutations.ts';

/** @param action what she wanted, as the audit log names it */
export async function openMeeting(
  scope: Scope,
  actor: Actor,
  id: string,
  action: string,
): Promise<Result<LoadedMeeting, NotFound>> {
  const loaded = await loadMeeting(scope.db, id);
  if (loaded && maySee(actor, circleOf(loaded))) return done(loaded);
  await noteRefusal(scope, actor, action, loaded?.meeting.reference, NOT_FOUND.reason);
  return refused(NOT_FOUND);
}
