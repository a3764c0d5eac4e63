/** A planned roll-call is moved and called off by those who command; whoever was told of it hears of that. */
import { done, NOT_FOUND, type NotFound, type Result, refused } from '../../../../lib/result.ts';
import type { Scope } from '../../../../slack/scope.ts';
import type { Actor } from '../../../directory/actor.ts';
import { newsStatements } from '../../cards/beginning.ts';
import { cardText } from '../../cards/text.ts';
import { type LoadedRollCall, type RollCall, standInOfActor } from '../../data.ts';
import { mayCommand, maySeeRollCall } from '../../rules.ts';
import { changeRollCall } from '../../storing/mutations.ts';

export type PlanRefusal =
  | NotFound
  | { reason: 'not-allowed' }
  | { reason: 'begun' }
  | { reason: 'over' }
  | { reason: 'stale'; rollCall: RollCall };

/** Another time for a planned one. @param seen the version that the form showed */
export async function moveRollCall(
  scope: Scope,
  actor: Actor,
  { id, seen }: { id: string; seen: number },
  startsAt: Date,
): Promise<Result<LoadedRollCall, PlanRefusal>> {
  const action = 'roll-call.reschedule';
  return changeRollCall<PlanRefusal>(scope, actor, { id, action }, async ({ rollCall }) => {
    const refusal = await refusalOf(scope, actor, rollCall);
    if (refusal) return refused(refusal);
    if (rollCall.startsAt.getTime() === startsAt.getTime()) return done(undefined);
    if (rollCall.version !== seen) return refused({ reason: 'stale', rollCall });
    const after = { ...rollCall, startsAt };
    return done({
      set: { startsAt },
      statements: rollCall.isAnnounced
        ? await newsStatements(scope, after, `moved-${rollCall.version}`, {
            sentence: cardText.moved(startsAt),
            hint: cardText.plannedHint,
          })
        : [],
    });
  });
}

/** A planned one does not take place. */
export async function cancelRollCall(
  scope: Scope,
  actor: Actor,
  id: string,
): Promise<Result<LoadedRollCall, PlanRefusal>> {
  const action = 'roll-call.cancel';
  return changeRollCall<PlanRefusal>(scope, actor, { id, action }, async ({ rollCall }) => {
    const refusal = await refusalOf(scope, actor, rollCall);
    if (refusal) return refused(refusal);
    return done({
      set: { status: 'cancelled' as const },
      statements: rollCall.isAnnounced
        ? await newsStatements(scope, rollCall, 'cancelled', {
            sentence: cardText.cancelled(rollCall.startsAt),
          })
        : [],
    });
  });
}

async function refusalOf(scope: Scope, actor: Actor, rollCall: RollCall): Promise<PlanRefusal | undefined> {
  const standIn = await standInOfActor(scope, actor);
  if (!maySeeRollCall(actor, standIn, rollCall)) return NOT_FOUND;
  if (!mayCommand(actor, standIn)) return { reason: 'not-allowed' };
  if (rollCall.status === 'scheduled') return undefined;
  return { reason: rollCall.status === 'running' ? 'begun' : 'over' };
}
