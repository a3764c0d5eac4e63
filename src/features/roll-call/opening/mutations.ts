/** Finding a roll-call for somebody: what she may not see is answered like what does not exist, and noted. */
import { done, NOT_FOUND, type NotFound, type Result, refused } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { findOnRoster, findRollCall, standInOfActor } from '../data.ts';
import type { Look } from '../parts.ts';
import { maySeeRollCall } from '../rules.ts';
import { noteRollCallRefusal } from '../storing/mutations.ts';

/** @param action what she wanted, as the audit log names it */
export async function openRollCall(
  scope: Scope,
  actor: Actor,
  id: string,
  action: string,
): Promise<Result<Look, NotFound>> {
  const { db, now } = scope;
  const [rollCall, standIn, own] = await Promise.all([
    findRollCall(db, id),
    standInOfActor(scope, actor),
    findOnRoster(db, id, actor.slackUserId),
  ]);
  if (rollCall && maySeeRollCall(actor, standIn, rollCall))
    return done({ rollCall, actor, standIn, own: own?.leftAt === null ? own : undefined, now });
  await noteRollCallRefusal(scope, actor, action, rollCall?.reference, NOT_FOUND.reason);
  return refused(NOT_FOUND);
}
