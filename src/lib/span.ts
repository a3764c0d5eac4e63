/** Lengths of time as offices state their deadlines: `30分`, `4時間`, `3営業日`. */
import { fold } from './japanese.ts';

/** Minutes and hours are minutes of business, or of the clock where a rule says so; business days skip closed days. */
export type Span = { readonly minutes: number } | { readonly businessDays: number };

/** The most that each unit may count: a few weeks of minutes, a business year of hours, a business year of days. Longer is a slip. */
const LIMITS = { 分: 9999, 時間: 2000, 営業日: 250 } as const;

/** Reads a whole number with its unit, in any width, also with a space between. Undefined for anything else, 0 and slips. */
export function parseSpan(text: string): Span | undefined {
  const [, digits, unit] = /^(\d{1,4})\s*(分|時間|営業日)$/u.exec(fold(text)) ?? [];
  const count = Number(digits);
  switch (unit) {
    case '分':
      return isWithin(count, LIMITS[unit]) ? { minutes: count } : undefined;
    case '時間':
      return isWithin(count, LIMITS[unit]) ? { minutes: count * 60 } : undefined;
    case '営業日':
      return isWithin(count, LIMITS[unit]) ? { businessDays: count } : undefined;
    default:
      return undefined;
  }
}

/** As `parseSpan` reads it; whole hours as hours. */
export function formatSpan(span: Span): string {
  if ('businessDays' in span) return `${span.businessDays}営業日`;
  return span.minutes % 60 === 0 ? `${span.minutes / 60}時間` : `${span.minutes}分`;
}

function isWithin(count: number, limit: number): boolean {
  return count >= 1 && count <= limit;
}
