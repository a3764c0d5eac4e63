/** 期限: the city's own deadlines. */
import { eq } from 'drizzle-orm';
import { done, type Result, refused } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../actor.ts';
import { changeDirectory } from '../mutations.ts';
import { mayChangeDeadlines } from '../rules.ts';
import { city } from '../tables.ts';
import { loadDeadlines, markOfDeadlines } from './data.ts';
import { type DeadlineTexts, flatDeadlines, writeDeadlines } from './schema.ts';

export const CHANGE_DEADLINES = 'deadlines.change';

export type DeadlinesRefusal = { reason: 'not-allowed' | 'changed-meanwhile' };

/**
 * Makes these the city's deadlines; what they leave out is left to kikan's defaults.
 * @param seen `markOfDeadlines` of what the Actor changed: whoever was faster is not undone unseen
 */
export async function changeDeadlines(
  scope: Scope,
  actor: Actor,
  wanted: DeadlineTexts,
  seen: string,
): Promise<Result<undefined, DeadlinesRefusal>> {
  const { db } = scope;
  return changeDirectory<undefined, DeadlinesRefusal>(scope, actor, CHANGE_DEADLINES, async () => {
    if (!mayChangeDeadlines(actor)) return refused({ reason: 'not-allowed' });
    const standing = await loadDeadlines(db);
    const deadlines = writeDeadlines(wanted);
    if (deadlines === writeDeadlines(standing)) return done({ value: undefined });
    if (seen !== (await markOfDeadlines(standing))) return refused({ reason: 'changed-meanwhile' });
    return done({
      value: undefined,
      detail: differences(standing, wanted),
      statements: [db.update(city).set({ deadlines }).where(eq(city.id, 1))],
    });
  });
}

/** What changed, as `4時間 → 2時間` by field: checked figures, nothing that a person phrased. */
function differences(before: DeadlineTexts, after: DeadlineTexts): Record<string, string> {
  const standing = new Map(flatDeadlines(before));
  return Object.fromEntries(
    flatDeadlines(after)
      .filter(([field, value]) => value !== standing.get(field))
      .map(([field, value]) => [field, `${standing.get(field) ?? '-'} → ${value ?? '-'}`]),
  );
}
