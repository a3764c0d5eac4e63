/** 個人情報の取扱い: how personal data is entered, how long cases are kept, how many readings are unusual. */
import { eq } from 'drizzle-orm';
import { done, type Result, refused } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../actor.ts';
import { changeDirectory } from '../mutations.ts';
import { mayChangeHandling } from '../rules.ts';
import { city } from '../tables.ts';
import { loadHandling, markOfHandling } from './data.ts';
import { type Handling, writeRetention } from './schema.ts';

export const CHANGE_HANDLING = 'handling.change';

export type HandlingRefusal = { reason: 'not-allowed' | 'changed-meanwhile' };

/**
 * Makes this the city's handling; what it leaves out is left to kikan.
 * @param seen `markOfHandling` of what the Actor changed: whoever was faster is not undone unseen
 */
export async function changeHandling(
  scope: Scope,
  actor: Actor,
  wanted: Handling,
  seen: string,
): Promise<Result<undefined, HandlingRefusal>> {
  const { db } = scope;
  return changeDirectory<undefined, HandlingRefusal>(scope, actor, CHANGE_HANDLING, async () => {
    if (!mayChangeHandling(actor)) return refused({ reason: 'not-allowed' });
    const standing = await loadHandling(db);
    const mark = await markOfHandling(standing);
    if (mark === (await markOfHandling(wanted))) return done({ value: undefined });
    if (seen !== mark) return refused({ reason: 'changed-meanwhile' });
    const { personalDataEntry, readingLimit = null } = wanted;
    return done({
      value: undefined,
      detail: differences(standing, wanted),
      statements: [
        db
          .update(city)
          .set({ personalDataEntry, readingLimit, retention: writeRetention(wanted) })
          .where(eq(city.id, 1)),
      ],
    });
  });
}

/** What changed, as `5 → 10` by field: checked figures and words of ours. */
function differences(before: Handling, after: Handling): Record<string, string> {
  const fields = ['personalDataEntry', 'individual', 'operation', 'readingLimit'] as const;
  return Object.fromEntries(
    fields
      .filter((field) => before[field] !== after[field])
      .map((field) => [field, `${before[field] ?? '-'} → ${after[field] ?? '-'}`]),
  );
}
