/** When silent people are asked again, and when others hear of it. Pure. */

const MINUTE_MS = 60_000;
/** After the last time that people were asked, their managers hear of it. */
export const MANAGER_AFTER_MS = MINUTE_MS;
/** And when no manager answered by then either, whoever commands. */
export const CORE_AFTER_MS = 10 * MINUTE_MS;

/**
 * The step that is due: of several that were missed the latest one only, so that nobody is asked twice in a row.
 * @param minutes in increasing order
 */
export function stepDue(startedAt: Date, minutes: readonly number[], now: Date): number | undefined {
  return minutes.findLast((each) => startedAt.getTime() + each * MINUTE_MS <= now.getTime());
}

export function chaseMark(minutes: number): string {
  return `chase/${minutes}`;
}

export const MANAGER_MARK = 'manager';
export const CORE_MARK = 'core';
