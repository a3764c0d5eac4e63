/** The index follows within the minute, and is compared with the main database once an hour. */
import type { Scope } from '../../../slack/scope.ts';
import { followIndex, repairIndex } from './mutations.ts';

export function followFaqIndex(scope: Scope): Promise<void> {
  return followIndex(scope);
}

export function checkFaqIndex(scope: Scope): Promise<void> {
  return repairIndex(scope);
}
