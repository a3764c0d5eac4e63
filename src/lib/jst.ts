/** Japan's calendar: UTC instants in, dates and words of Japan out. Japan has no daylight saving, so +09:00 is exact. */

const OFFSET_MS = 9 * 60 * 60 * 1000;

/** A date in Japan, `YYYY-MM-DD`. */
export type JapanDate = string;

/** Whether a text is a date of the calendar, `YYYY-MM-DD`; 30 February is not, though Date would take it for 2 March. */
export function isCalendarDate(text: string): text is JapanDate {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const parsed = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().slice(0, 10) === text;
}

/** The date in Japan at an instant. */
export function japanDate(at: Date): JapanDate {
  return new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 10);
}

/** The hour in Japan at an instant, 0 to 23. */
export function japanHour(at: Date): number {
  return new Date(at.getTime() + OFFSET_MS).getUTCHours();
}

/** The instant at which a day of Japan begins. */
export function startOfJapanDay(on: JapanDate): Date {
  return new Date(`${on}T00:00:00+09:00`);
}

/** The date `days` later (or earlier, when negative). */
export function addDays(on: JapanDate, days: number): JapanDate {
  return new Date(Date.parse(`${on}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** How many days later the second date is; negative when it is earlier. */
export function daysBetween(from: JapanDate, to: JapanDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** The same day so many years later; for 29 February, where there is none, 1 March. */
export function addYears(on: JapanDate, years: number): JapanDate {
  const [year = '', month = '', day = ''] = on.split('-');
  const date = new Date(Date.UTC(Number(year) + years, Number(month) - 1, Number(day)));
  return date.toISOString().slice(0, 10);
}

/** `11月22日(日) 9:05`, for people. */
export function formatInstant(at: Date): string {
  const local = new Date(at.getTime() + OFFSET_MS);
  const minutes = String(local.getUTCMinutes()).padStart(2, '0');
  return `${formatDate(japanDate(at))} ${local.getUTCHours()}:${minutes}`;
}

/** `11月22日(日)`, for people. */
export function formatDate(on: JapanDate): string {
  const date = new Date(`${on}T00:00:00Z`);
  const weekday = '日月火水木金土'.charAt(date.getUTCDay());
  return `${date.getUTCMonth() + 1}月${date.getUTCDate()}日(${weekday})`;
}

/** `令和8年11月22日`, for paper, which outlives the year. */
export function formatLongDate(on: JapanDate): string {
  longDates ??= new Intl.DateTimeFormat('ja-JP-u-ca-japanese-nu-latn', {
    dateStyle: 'long',
    timeZone: 'UTC',
  });
  return longDates.format(new Date(`${on}T00:00:00Z`));
}

let longDates: Intl.DateTimeFormat | undefined;

/** The fiscal year (named by the calendar year in which it begins) that holds an instant; `firstMonth` is 1 to 12. */
export function fiscalYearOf(at: Date, firstMonth: number): number {
  const [year, month] = japanDate(at).split('-').map(Number);
  if (year === undefined || month === undefined) throw new RangeError('not a date');
  return month >= firstMonth ? year : year - 1;
}

/**
 * A fiscal year in the Japanese era of its first day, short: 2026 → `R8`, 2019 → `H31` (Reiwa began on 1 May 2019).
 * The eras come from ICU, so a new one needs no change here.
 */
export function eraYear(fiscalYear: number, firstMonth: number): string {
  const firstDay = new Date(Date.UTC(fiscalYear, firstMonth - 1, 1));
  japaneseEras ??= new Intl.DateTimeFormat('ja-JP-u-ca-japanese-nu-latn', {
    era: 'narrow',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const parts = japaneseEras.formatToParts(firstDay);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('era')}${part('year').replace('元', '1')}`;
}

/** Made at first use and kept: making one takes longer than all else that numbering a consultation does. */
let japaneseEras: Intl.DateTimeFormat | undefined;
