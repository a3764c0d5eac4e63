/** 催促の間隔: the city's own minutes. */
import { eq } from 'drizzle-orm';
import { done, type Result, refused } from '../../../../lib/result.ts';
import type { Scope } from '../../../../slack/scope.ts';
import type { Actor } from '../../../directory/actor.ts';
import { findCity } from '../../../directory/data.ts';
import { changeDirectory } from '../../../directory/mutations.ts';
import { mayChangeDeadlines } from '../../../directory/rules.ts';
import { markOf } from '../../../directory/settings/rules.ts';
import { city } from '../../../directory/tables.ts';

export const CHANGE_CHASING = 'roll-call.change-chasing';

export type ChasingRefusal = { reason: 'not-allowed' | 'changed-meanwhile' };

/** Whose word it is: as with the deadlines, the city's admins' and the core center's managers'. */
export const mayChangeChasing = mayChangeDeadlines;

/**
 * Makes these the city's minutes; null leaves them to kikan.
 * @param minutes as `ChaseMinutesSchema` has them
 * @param seen `markOf` of the stored text that the Actor changed: whoever was faster is not undone unseen
 */
export async function changeChasing(
  scope: Scope,
  actor: Actor,
  minutes: readonly number[] | null,
  seen: string,
): Promise<Result<undefined, ChasingRefusal>> {
  const { db } = scope;
  return changeDirectory<undefined, ChasingRefusal>(scope, actor, CHANGE_CHASING, async () => {
    if (!mayChangeChasing(actor)) return refused({ reason: 'not-allowed' });
    const standing = (await findCity(db))?.chaseMinutes ?? null;
    const chaseMinutes = minutes === null ? null : JSON.stringify(minutes);
    if (chaseMinutes === standing) return done({ value: undefined });
    if (seen !== (await markOf(standing))) return refused({ reason: 'changed-meanwhile' });
    return done({
      value: undefined,
      detail: { minutes: `${standing ?? '-'} → ${chaseMinutes ?? '-'}` },
      statements: [db.update(city).set({ chaseMinutes }).where(eq(city.id, 1))],
    });
  });
}
