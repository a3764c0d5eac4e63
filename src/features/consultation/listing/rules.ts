/** What lists there are, in which order, and over which time. Pure. */
import { addDays, fiscalYearOf, type JapanDate, japanDate, startOfJapanDay } from '../../../lib/jst.ts';

export const LIST_VIEWS = [
  'mine',
  'center',
  'unaccepted',
  'overdue',
  'waiting',
  'offered',
  'closing',
  'all',
] as const;
export type ListView = (typeof LIST_VIEWS)[number];

/** 期間, by the day that a case was sent. */
export const PERIODS = ['month', 'last_month', 'quarter', 'year', 'last_year'] as const;
export type Period = (typeof PERIODS)[number];

/** Rows a page. */
export const PAGE = 10;

export interface Range {
  from: Date;
  /** Not included; null for today and what is to come. */
  until: Date | null;
}

/** The days of a period, in Japan. `firstMonth` of the city's fiscal year is 1 to 12. */
export function rangeOf(period: Period, now: Date, firstMonth: number): Range {
  const today = japanDate(now);
  const monthBegins = `${today.slice(0, 7)}-01`;
  switch (period) {
    case 'month':
      return { from: startOfJapanDay(monthBegins), until: null };
    case 'last_month':
      return {
        from: startOfJapanDay(`${addDays(monthBegins, -1).slice(0, 7)}-01`),
        until: startOfJapanDay(monthBegins),
      };
    case 'quarter':
      return { from: startOfJapanDay(addDays(today, -90)), until: null };
    case 'year':
      return { from: yearBegins(fiscalYearOf(now, firstMonth), firstMonth), until: null };
    case 'last_year': {
      const year = fiscalYearOf(now, firstMonth);
      return { from: yearBegins(year - 1, firstMonth), until: yearBegins(year, firstMonth) };
    }
  }
}

function yearBegins(year: number, firstMonth: number): Date {
  const on: JapanDate = `${year}-${String(firstMonth).padStart(2, '0')}-01`;
  return startOfJapanDay(on);
}
