/** How far the drill of a fiscal year is: in words, for whoever looks. */
import type { RollCall } from '../data.ts';
import { rollCallPagesText as text } from './text.ts';

/** @param drills of the year, those only that the person may see */
export function yearSentence(drills: readonly Pick<RollCall, 'status' | 'reference'>[]): string {
  const named = (status: RollCall['status']) =>
    drills.filter((each) => each.status === status).map(({ reference }) => reference);
  if (named('closed').length > 0) return text.heldThisYear(named('closed'));
  if (named('running').length > 0) return text.runsThisYear;
  if (named('scheduled').length > 0) return text.plannedThisYear(named('scheduled'));
  return text.openThisYear;
}
