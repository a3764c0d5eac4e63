/** When the managers of the core center are reminded of the year's drill. Pure. */
import { type BusinessCalendar, isBusinessDay } from '../../../../lib/business-time.ts';
import { addDays, type JapanDate, japanDate, startOfJapanDay } from '../../../../lib/jst.ts';

/** December of a year that begins in April: from then on, in every month that is left. */
const FIRST_REMINDED = 8;
const MORNING_MS = 9 * 60 * 60_000;

/**
 * The month (`2026-12`) whose reminder is due: from 9:00 of its first business day on. Undefined before that, and in the first eight
 * months of a fiscal year.
 * @param firstMonth of fiscal years, 1 to 12
 */
export function dueMonth(now: Date, firstMonth: number, calendar: BusinessCalendar): string | undefined {
  const today = japanDate(now);
  const month = today.slice(0, 7);
  const position = (Number(today.slice(5, 7)) - firstMonth + 12) % 12;
  if (position < FIRST_REMINDED) return undefined;
  const first = firstBusinessDay(calendar, month);
  if (first === undefined) return undefined;
  return now.getTime() >= startOfJapanDay(first).getTime() + MORNING_MS ? month : undefined;
}

/** Undefined in a month without any. */
function firstBusinessDay(calendar: BusinessCalendar, month: string): JapanDate | undefined {
  for (let on = `${month}-01`; on.startsWith(month); on = addDays(on, 1))
    if (isBusinessDay(calendar, on)) return on;
  return undefined;
}
