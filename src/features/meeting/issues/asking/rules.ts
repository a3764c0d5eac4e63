/** Why the core center does not come: controlled words. Pure. */

export const DECLINE_REASONS = ['schedule', 'staff', 'otherSupport'] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

export function readDeclineReason(value: string | null): DeclineReason | undefined {
  return DECLINE_REASONS.find((each) => each === value);
}
