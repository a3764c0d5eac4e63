/** Instants as people in Japan read them. Japan has no daylight saving: +09:00 is exact. */

const ZONE = 'Asia/Tokyo';
const format = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('ja-JP', { timeZone: ZONE, ...options });

const CLOCK = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const CLOCK_SECONDS = format({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const DAY = format({ month: 'long', day: 'numeric', weekday: 'short' });
const LONG_DAY = format({ year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' });
const PLAIN_DAY = format({ year: 'numeric', month: 'long', day: 'numeric' });
const NUMERIC_DAY = format({ year: 'numeric', month: '2-digit', day: '2-digit' });

/** A Slack ts (`1700000000.000100`) in milliseconds. */
export const millisOf = (ts: string): number => Number.parseFloat(ts) * 1000;

export const clock = (millis: number): string => CLOCK.format(millis);
export const clockWithSeconds = (millis: number): string => CLOCK_SECONDS.format(millis);

/** 今日, 昨日, or the date. */
export function dayOf(millis: number): string {
  const day = DAY.format(millis);
  if (day === DAY.format(Date.now())) return '今日';
  return day === DAY.format(Date.now() - 86_400_000) ? '昨日' : day;
}

export const dayAndClock = (millis: number): string => `${dayOf(millis)} ${clock(millis)}`;

const TOKENS: Record<string, (millis: number) => string> = {
  date_num: (millis) => NUMERIC_DAY.format(millis).replaceAll('/', '-'),
  date: (millis) => PLAIN_DAY.format(millis),
  date_short: (millis) => DAY.format(millis),
  date_long: (millis) => LONG_DAY.format(millis),
  date_pretty: dayOf,
  date_short_pretty: dayOf,
  date_long_pretty: dayOf,
  time: clock,
  time_secs: clockWithSeconds,
  ago,
};

function ago(millis: number): string {
  const minutes = Math.round((Date.now() - millis) / 60_000);
  if (Math.abs(minutes) < 60) return minutes < 0 ? `${-minutes}分後` : `${minutes}分前`;
  const hours = Math.round(minutes / 60);
  if (Math.abs(hours) < 24) return hours < 0 ? `${-hours}時間後` : `${hours}時間前`;
  const days = Math.round(hours / 24);
  return days < 0 ? `${-days}日後` : `${days}日前`;
}

/** Fills the template of `<!date^seconds^template|fallback>`. */
export const fillDate = (seconds: number, template: string): string =>
  template.replace(/\{(\w+)\}/g, (whole, token: string) => TOKENS[token]?.(seconds * 1000) ?? whole);

/** `2026-11-22T10:30` (a datetime-local field, read as Japanese time) in seconds, or null when it is empty. */
export const secondsOfLocal = (local: string): number | null =>
  local ? Math.floor(Date.parse(`${local}:00+09:00`) / 1000) : null;

/** Seconds as a datetime-local field wants them, in Japanese time. */
export const localOfSeconds = (seconds: number): string =>
  new Date((seconds + 9 * 3600) * 1000).toISOString().slice(0, 16);
