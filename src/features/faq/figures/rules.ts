/** The span of time that figures are about, and how they are reckoned. Pure. */
import { addDays, fiscalYearOf, type JapanDate, japanDate, startOfJapanDay } from '../../../lib/jst.ts';

/** The last thirty days, a fiscal year, or one of its quarters. */
export type Period =
  | { kind: 'last' }
  | { kind: 'year'; year: number }
  | { kind: 'quarter'; year: number; quarter: 1 | 2 | 3 | 4 };

export const LAST_DAYS = 30;
/** What was asked is kept for three years. */
const YEARS_BACK = 3;
const QUARTERS = [1, 2, 3, 4] as const;
/** Whoever was not helped has asked the core center by then. */
export const SOLVED_AFTER_DAYS = 3;
const DAY_MS = 86_400_000;

export interface Span {
  from: Date;
  /** Excluded. */
  until: Date;
}

/** As addresses have it: `last`, `2026`, `2026-3`. */
export function codeOf(period: Period): string {
  switch (period.kind) {
    case 'last':
      return 'last';
    case 'year':
      return String(period.year);
    case 'quarter':
      return `${period.year}-${period.quarter}`;
  }
}

/** What can be chosen: this fiscal year first. @param firstMonth of the fiscal year, 1 to 12 */
export function periodsUntil(now: Date, firstMonth: number): Period[] {
  const year = fiscalYearOf(now, firstMonth);
  const years = Array.from({ length: YEARS_BACK }, (_, i) => year - i);
  return [
    { kind: 'year', year },
    { kind: 'last' },
    ...years.slice(1).map((each): Period => ({ kind: 'year', year: each })),
    ...years.flatMap((each) =>
      QUARTERS.map((quarter): Period => ({ kind: 'quarter', year: each, quarter })).filter(
        (period) => spanOf(period, now, firstMonth).from <= now,
      ),
    ),
  ];
}

/** The last thirty days end with today. */
export function spanOf(period: Period, now: Date, firstMonth: number): Span {
  switch (period.kind) {
    case 'last': {
      const tomorrow = addDays(japanDate(now), 1);
      return { from: startOfJapanDay(addDays(tomorrow, -LAST_DAYS)), until: startOfJapanDay(tomorrow) };
    }
    case 'year':
      return {
        from: startOfJapanDay(monthStart(period.year, firstMonth)),
        until: startOfJapanDay(monthStart(period.year, firstMonth + 12)),
      };
    case 'quarter': {
      const first = firstMonth + 3 * (period.quarter - 1);
      return {
        from: startOfJapanDay(monthStart(period.year, first)),
        until: startOfJapanDay(monthStart(period.year, first + 3)),
      };
    }
  }
}

/** @param month from 1; 13 is January of the next year */
function monthStart(year: number, month: number): JapanDate {
  return new Date(Date.UTC(year, month - 1, 1)).toISOString().slice(0, 10);
}

/** Months of the span that have begun, `2026-04`, in order. */
export function monthsOf({ from, until }: Span, now: Date): string[] {
  const end = japanDate(new Date(Math.min(until.getTime() - 1, now.getTime()))).slice(0, 7);
  const months: string[] = [];
  for (let month = japanDate(from).slice(0, 7); month <= end; month = nextMonth(month)) months.push(month);
  return months;
}

function nextMonth(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return monthStart(year, number + 1).slice(0, 7);
}

/** Asks that are younger may still lead to a consultation. */
export function solvedUntil(now: Date): Date {
  return new Date(now.getTime() - SOLVED_AFTER_DAYS * DAY_MS);
}

/** The middle of some lengths of time, in days to one decimal; null of none. */
export function medianDays(lengthsMs: readonly number[]): number | null {
  if (lengthsMs.length === 0) return null;
  const sorted = lengthsMs.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? 0;
  const middle = sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? 0) + upper) / 2;
  return Math.round((middle / DAY_MS) * 10) / 10;
}
