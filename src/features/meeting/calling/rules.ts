/** Candidates for a date as people type them on a phone, one a line. Pure: today is an argument. */
import { foldNumber } from '../../../lib/japanese.ts';
import { addDays, daysBetween, isCalendarDate, type JapanDate } from '../../../lib/jst.ts';

/** What one modal can ask: each candidate is an input of the vote, beside what frames them. */
export const MAX_CANDIDATES = 20;
/** A meeting that was yesterday is a slip; one of last spring, typed without its year, is that of next spring. */
const SLIP_DAYS = 60;
/** Nobody finds a date further ahead: a slip of the year. */
const MAX_DAYS_AHEAD = 550;
/** No date is longer. The pattern below takes time by the cube of the spaces that a line may have. */
const MAX_LINE = 80;
const MINUTE_MS = 60_000;

export interface Candidate {
  startsAt: Date;
  endsAt: Date;
}

export type LineFault =
  | 'unreadable'
  | 'no-such-date'
  | 'wrong-weekday'
  | 'no-such-time'
  | 'ends-before'
  | 'past'
  | 'too-far'
  | 'double';

/** Of the text's lines, counted from 1, empty ones too. */
export interface FaultyLine {
  line: number;
  fault: LineFault;
}

const TIME = String.raw`(午前|午後)?\s*(\d{1,2})(?:\s*:\s*(\d{2})|(時)(?:\s*(?:(\d{1,2})\s*分|(半)))?)?`;
const LINE = new RegExp(
  String.raw`^[・*\s]*(?:(\d{4})\s*[年/.-]\s*)?(\d{1,2})\s*[月/.-]\s*(\d{1,2})(?!\d)\s*日?` +
    String.raw`\s*(?:\(\s*([日月火水木金土])(?:曜日?)?\s*\)|([日月火水木金土])曜日?)?[\s,、]*` +
    String.raw`${TIME}(?:\s*(?:[-~〜]|から)\s*(?:${TIME})?)?\s*(?:まで)?$`,
);

/**
 * Reads `12/3 14:00-15:30`, `12月3日(木) 14時〜15時半`, `12/3 10:00`, in any width. Without a year it is the next such day; without an
 * end it lasts as long as the kind says.
 * @param minutes how long, where a line does not say it
 * @returns the candidates in order, and every line that is none
 */
export function readCandidates(
  text: string,
  { minutes, now, today }: { minutes: number; now: Date; today: JapanDate },
): { candidates: Candidate[]; faults: FaultyLine[] } {
  const byStart = new Map<number, Candidate>();
  const faults: FaultyLine[] = [];
  for (const [index, typed] of text.split(/\r?\n/).entries()) {
    const folded = foldNumber(typed).replaceAll(/\s+/gu, ' ');
    if (folded === '') continue;
    const read = folded.length > MAX_LINE ? 'unreadable' : readLine(folded, minutes, now, today);
    if (typeof read === 'string') faults.push({ line: index + 1, fault: read });
    else if (byStart.has(read.startsAt.getTime())) faults.push({ line: index + 1, fault: 'double' });
    else byStart.set(read.startsAt.getTime(), read);
  }
  const candidates = [...byStart.values()].sort(
    (one, other) => one.startsAt.getTime() - other.startsAt.getTime(),
  );
  return { candidates, faults };
}

function readLine(line: string, minutes: number, now: Date, today: JapanDate): Candidate | LineFault {
  const found = LINE.exec(line);
  if (!found) return 'unreadable';
  const [, year, month = '', day = '', inBrackets, bare, ...times] = found;
  const on = dateOf(year, month, day, today);
  if (on === undefined) return 'no-such-date';
  const weekday = inBrackets ?? bare;
  if (weekday !== undefined && weekday !== weekdayOf(on)) return 'wrong-weekday';
  const [from, until] = [readTime(times.slice(0, 6)), readTime(times.slice(6, 12))];
  if (from === undefined) return 'unreadable';
  // An hour alone is one where the other end says what it is, or where both do.
  if (from.isBareHour && until === undefined) return 'unreadable';
  if (!from.isTime || until?.isTime === false) return 'no-such-time';
  const startsAt = instantOf(on, from.minutes);
  const endsAt =
    until === undefined
      ? new Date(startsAt.getTime() + minutes * MINUTE_MS)
      : instantOf(on, untilAfter(from, until));
  if (endsAt <= startsAt) return 'ends-before';
  if (startsAt <= now) return 'past';
  return daysBetween(today, on) > MAX_DAYS_AHEAD ? 'too-far' : { startsAt, endsAt };
}

/** The day without its year is the next one, unless it has only just passed: that is a slip, to be told. */
function dateOf(
  year: string | undefined,
  month: string,
  day: string,
  today: JapanDate,
): JapanDate | undefined {
  const inYear = (of: number) => `${of}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const thisYear = Number(today.slice(0, 4));
  const candidates =
    year === undefined
      ? [inYear(thisYear - 1), inYear(thisYear), inYear(thisYear + 1)]
      : [inYear(Number(year))];
  const dates = candidates.filter(isCalendarDate);
  if (year !== undefined) return dates[0];
  const earliest = addDays(today, -SLIP_DAYS);
  return dates.find((on) => on >= earliest);
}

interface TimeOfDay {
  /** After midnight. */
  minutes: number;
  isTime: boolean;
  isBareHour: boolean;
  half: string | undefined;
}

function readTime([half, hour, minute, unit, unitMinute, isHalfPast]: readonly (string | undefined)[]):
  | TimeOfDay
  | undefined {
  if (hour === undefined) return undefined;
  const minutes = isHalfPast === undefined ? Number(minute ?? unitMinute ?? 0) : 30;
  const afternoon = half === '午後' && Number(hour) < 12 ? 12 : 0;
  return {
    minutes: (Number(hour) + afternoon) * 60 + minutes,
    isTime: Number(hour) <= 23 && minutes <= 59,
    isBareHour: minute === undefined && unit === undefined,
    half,
  };
}

/** `午後2時〜3時` ends in the afternoon, too. */
function untilAfter(from: TimeOfDay, until: TimeOfDay): number {
  const isSaidOnce = from.half === '午後' && until.half === undefined && until.minutes < 12 * 60;
  return isSaidOnce ? until.minutes + 12 * 60 : until.minutes;
}

/** @param minutes after midnight in Japan */
function instantOf(on: JapanDate, minutes: number): Date {
  return new Date(Date.parse(`${on}T00:00:00+09:00`) + minutes * MINUTE_MS);
}

function weekdayOf(on: JapanDate): string {
  return '日月火水木金土'.charAt(new Date(`${on}T00:00:00Z`).getUTCDay());
}

/** The instant of `HH:MM` on a day of Japan; undefined when one of them is none. */
export function instantAt(on: string, time: string): Date | undefined {
  if (!isCalendarDate(on) || !/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return undefined;
  return new Date(`${on}T${time}:00+09:00`);
}
