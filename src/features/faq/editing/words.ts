/** The controlled words of the desk. */

/** Why an entry is no longer found. */
export const WITHDRAWAL_REASONS = {
  outdated: '制度や手続きが変わった',
  wrong: '内容に誤りがある',
  duplicate: 'ほかのFAQと同じ',
  unneeded: '使われていない',
  personal: '個人情報が含まれている',
} as const;
export type WithdrawalReason = keyof typeof WITHDRAWAL_REASONS;

export const WITHDRAWAL_CODES = [
  'outdated',
  'wrong',
  'duplicate',
  'unneeded',
  'personal',
] as const satisfies readonly WithdrawalReason[];
