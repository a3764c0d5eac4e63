/** When an answer is looked through again. Pure. */
import { addDays, type JapanDate } from '../../../lib/jst.ts';

/** Days ahead of the day at which its owner first hears of it. */
export const SOON_DAYS = 30;

export type Stage = 'soon' | 'due';

/** What an owner is to hear of an entry by now; undefined while there is time. */
export function stageOf(reviewDueOn: JapanDate, today: JapanDate): Stage | undefined {
  if (reviewDueOn <= today) return 'due';
  return reviewDueOn <= addDays(today, SOON_DAYS) ? 'soon' : undefined;
}

/** How it is remembered that somebody heard it: of another date she hears anew. */
export function markOf(stage: Stage, reviewDueOn: JapanDate): string {
  return `review-${stage}/${reviewDueOn}`;
}
