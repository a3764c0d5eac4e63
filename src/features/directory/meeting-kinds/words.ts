/** Controlled words of 会議体. */

/** Whose staff arrange a meeting: the core center's, the city section's, or those of the district center that calls it. */
export const HOSTS = ['kikan', 'city', 'district'] as const;
export type Host = (typeof HOSTS)[number];

/** What becomes of a date on which the city is closed: no meeting, the business day before, or the one after. */
export const HOLIDAY_RULES = ['skip', 'before', 'after'] as const;
export type HolidayRule = (typeof HOLIDAY_RULES)[number];

export const HOST_WORDS: Readonly<Record<Host, string>> = {
  kikan: '基幹型',
  city: '市',
  district: '地区包括（開く包括）',
};

export const HOLIDAY_WORDS: Readonly<Record<HolidayRule, string>> = {
  skip: 'その月は開かない',
  before: '前の開所日に動かす',
  after: '次の開所日に動かす',
};
