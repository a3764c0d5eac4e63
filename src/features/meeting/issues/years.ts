/** The fiscal year whose issues are looked at. */
import { fiscalYearOf, startOfJapanDay } from '../../../lib/jst.ts';

/** Years before this one that can be looked at: as long as the city's plan runs, twice. */
const YEARS_BACK = 6;

/** @param firstMonth of the fiscal year, 1 to 12 */
export function yearsUntil(now: Date, firstMonth: number): number[] {
  const thisYear = fiscalYearOf(now, firstMonth);
  return Array.from({ length: YEARS_BACK }, (_, i) => thisYear - i);
}

/** When a fiscal year begins, and when the next one does. */
export function spanOfYear(year: number, firstMonth: number): { from: Date; until: Date } {
  const month = String(firstMonth).padStart(2, '0');
  return { from: startOfJapanDay(`${year}-${month}-01`), until: startOfJapanDay(`${year + 1}-${month}-01`) };
}
