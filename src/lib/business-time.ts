/**
 * Business time: the days and hours at which a city's centers are open, so that no deadline falls into a night, a
 * weekend, a national holiday or a closure.
 */
import holidays from '@holiday-jp/holiday_jp/lib/holidays.js';
import { isCalendarDate, type JapanDate, japanDate, startOfJapanDay } from './jst.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** The beginning of a day of Japan, any one: all others are whole days from it. */
const FIRST_DAY = startOfJapanDay('1970-01-01').getTime();
/** A year and some: a city that has no business day in so long a time is never open, and its city file is wrong. */
const MAX_CLOSED_DAYS = 400;
/** A hundred years: only a broken date or number is further away, and nobody may wait for its answer. */
const MAX_DAYS = 36_525;

/** The city's hours and closures, read once: deadlines are reckoned for thousands of cases in one run. */
export interface BusinessCalendar {
  /** Minutes after midnight in Japan; open from `opensMinute` until just before `closesMinute`. */
  readonly opensMinute: number;
  readonly closesMinute: number;
  /** First and last day of each closure as month × 100 + day; one that begins later than it ends spans the new year. */
  readonly closures: readonly { readonly first: number; readonly last: number }[];
}

/**
 * The calendar of a city, from its file's hours, `08:30-17:15`, and closures, `MM-DD` or `MM-DD/MM-DD` (both days
 * included; `12-29/01-03` spans the new year). Throws a RangeError for anything else, which the city file's schema
 * refuses beforehand.
 */
export function calendarOf(city: { businessHours: string; closedDays: readonly string[] }): BusinessCalendar {
  const hours = /^(\d\d):([0-5]\d)-(\d\d):([0-5]\d)$/.exec(city.businessHours);
  const [opensHour = 0, opensMinute = 0, closesHour = 0, closesMinute = 0] =
    hours?.slice(1).map(Number) ?? [];
  const calendar = {
    opensMinute: opensHour * 60 + opensMinute,
    closesMinute: closesHour * 60 + closesMinute,
    closures: city.closedDays.map(closureOf),
  };
  if (calendar.opensMinute >= calendar.closesMinute || calendar.closesMinute > DAY_MS / MINUTE_MS) {
    throw new RangeError('the business hours are not hours of one day');
  }
  return calendar;
}

/**
 * Whether a date is a day of business: no Saturday, Sunday, national holiday (substitute holidays and citizens' holidays
 * included) or closure. Holidays are known from 1970 to 2050, as the law stands.
 */
export function isBusinessDay(calendar: BusinessCalendar, on: JapanDate): boolean {
  return hasBusiness(calendar, beginningOf(on));
}

/** Whether the centers are open at an instant: at the minute of opening they are, at that of closing no more. */
export function isOpenAt(calendar: BusinessCalendar, at: Date): boolean {
  const day = dayAt(at);
  const time = at.getTime();
  return time >= opening(calendar, day) && time < closing(calendar, day) && hasBusiness(calendar, day);
}

/** The first instant at which the centers are open, from `at` on: `at` when they are. RangeError: never open. */
export function nextOpening(calendar: BusinessCalendar, at: Date): Date {
  return addBusinessMinutes(calendar, at, 0);
}

/**
 * The instant that is so many minutes of business later; fractions count. From a closed time it begins at the next
 * opening, and ends at closing time rather than at the next opening when the minutes just fill the day. 0 is the next
 * opening. Negative goes back in the same way: from a closed time from the closing before, and to the opening when the
 * minutes just reach it. RangeError: never open, or the result is more than a hundred years away.
 */
export function addBusinessMinutes(calendar: BusinessCalendar, from: Date, minutes: number): Date {
  const toward = minutes < 0 ? -1 : 1;
  let leftMs = Math.round(Math.abs(minutes) * MINUTE_MS);
  for (const day of businessDays(calendar, dayAt(from), toward)) {
    const opens = opening(calendar, day);
    const closes = closing(calendar, day);
    const begins = toward === 1 ? Math.max(from.getTime(), opens) : Math.min(from.getTime(), closes);
    const roomMs = toward === 1 ? closes - begins : begins - opens;
    if (roomMs <= 0) continue;
    if (leftMs <= roomMs) return new Date(begins + toward * leftMs);
    leftMs -= roomMs;
  }
  throw new RangeError('not a number of business minutes within a hundred years');
}

/**
 * The so-manyth business day after a date, or before it when negative; the date itself need not be one. 0 is the date
 * itself, business day or not. RangeError: `days` is no whole number, the calendar is never open, or the result is more
 * than a hundred years away.
 */
export function addBusinessDays(calendar: BusinessCalendar, from: JapanDate, days: number): JapanDate {
  if (days === 0) return from;
  const toward = days < 0 ? -1 : 1;
  let left = Math.abs(days);
  for (const day of businessDays(calendar, beginningOf(from) + toward * DAY_MS, toward)) {
    left -= 1;
    if (left === 0) return japanDate(new Date(day));
  }
  throw new RangeError('not a whole number of business days within a hundred years');
}

/** The instant of closing time on a date, which need not be a business day. */
export function closingAt(calendar: BusinessCalendar, on: JapanDate): Date {
  return new Date(closing(calendar, beginningOf(on)));
}

/**
 * The minutes of business between two instants, not rounded; negative when `to` is the earlier one. RangeError: never
 * open, or more than a hundred years apart.
 */
export function businessMinutesBetween(calendar: BusinessCalendar, from: Date, to: Date): number {
  // Subtracted, not negated: nothing is 0, not -0.
  if (to.getTime() < from.getTime()) return 0 - businessMinutesBetween(calendar, to, from);
  let openMs = 0;
  for (const day of businessDays(calendar, dayAt(from), 1)) {
    const opens = opening(calendar, day);
    if (to.getTime() <= opens) return openMs / MINUTE_MS;
    const closes = closing(calendar, day);
    openMs += Math.max(0, Math.min(to.getTime(), closes) - Math.max(from.getTime(), opens));
  }
  throw new RangeError('the instants are more than a hundred years apart');
}

/**
 * The business days from a day on, in one direction, each as the millisecond at which it begins in Japan. Ends after a
 * hundred years; throws a RangeError when the calendar is never open.
 */
function* businessDays(calendar: BusinessCalendar, firstDay: number, toward: 1 | -1): Generator<number> {
  let closedDays = 0;
  for (let walked = 0; walked < MAX_DAYS; walked += 1) {
    const day = firstDay + toward * walked * DAY_MS;
    if (hasBusiness(calendar, day)) {
      closedDays = 0;
      yield day;
    } else {
      closedDays += 1;
      if (closedDays > MAX_CLOSED_DAYS) {
        throw new RangeError(`the calendar has no business day in ${MAX_CLOSED_DAYS} days`);
      }
    }
  }
}

function hasBusiness({ closures }: BusinessCalendar, day: number): boolean {
  // Japan's noon has the same date in UTC.
  const noon = new Date(day + DAY_MS / 2);
  const weekday = noon.getUTCDay();
  if (weekday === 0 || weekday === 6 || nationalHolidays.has(day)) return false;
  const monthDay = (noon.getUTCMonth() + 1) * 100 + noon.getUTCDate();
  return !closures.some(({ first, last }) =>
    first <= last ? first <= monthDay && monthDay <= last : first <= monthDay || monthDay <= last,
  );
}

/** Each as the millisecond at which it begins in Japan: the library's own functions read dates in the local zone. */
const nationalHolidays = new Set(Object.keys(holidays).map((on) => startOfJapanDay(on).getTime()));

/**
 * The millisecond at which the day of Japan began that holds an instant; a RangeError for an invalid Date. Reckoned, not
 * read from a date's text, which takes far longer: nearly every question asks this first.
 */
function dayAt(at: Date): number {
  const sinceFirstDay = at.getTime() - FIRST_DAY;
  if (Number.isNaN(sinceFirstDay)) throw new RangeError('not an instant');
  return FIRST_DAY + Math.floor(sinceFirstDay / DAY_MS) * DAY_MS;
}

/** The millisecond at which a date begins in Japan; a RangeError for what is no date. */
function beginningOf(on: JapanDate): number {
  if (!isCalendarDate(on)) throw new RangeError('not a date');
  return startOfJapanDay(on).getTime();
}

function opening(calendar: BusinessCalendar, day: number): number {
  return day + calendar.opensMinute * MINUTE_MS;
}

function closing(calendar: BusinessCalendar, day: number): number {
  return day + calendar.closesMinute * MINUTE_MS;
}

function closureOf(closedDays: string): { first: number; last: number } {
  const days = closedDays.split('/').map((monthDay) => {
    // A leap year: 29 February may be closed, in the years that have it.
    if (!isCalendarDate(`2028-${monthDay}`)) throw new RangeError('a closure is no day of the year');
    return Number(monthDay.replace('-', ''));
  });
  const [first, last = first, ...more] = days;
  if (first === undefined || last === undefined || more.length > 0) {
    throw new RangeError('a closure has a first and a last day');
  }
  return { first, last };
}
