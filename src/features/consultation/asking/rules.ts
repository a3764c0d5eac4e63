/** 回答待ち: how a case goes on after it waited. Pure. */
import { type BusinessCalendar, closingAt, nextOpening } from '../../../lib/business-time.ts';
import { addDays, type JapanDate, japanDate, startOfJapanDay } from '../../../lib/jst.ts';
import type { DeadlineKind } from '../words.ts';

/** When a case that waits goes on by itself: when the offices next open after the last day on which it waited. */
export function resumesAt(calendar: BusinessCalendar, until: JapanDate): Date {
  return nextOpening(calendar, startOfJapanDay(addDays(until, 1)));
}

/** The business day that it is, or the next one. */
export function businessDayAt(calendar: BusinessCalendar, now: Date): JapanDate {
  return japanDate(nextOpening(calendar, now));
}

interface PutOff {
  snoozedDeadline: DeadlineKind | null;
  snoozedUntil: Date | null;
}

/**
 * What a case at work again is. While it waited, the time for the next contact may have run out: then that is due at closing time on
 * `contactOn`, not in the past. Another deadline that somebody put off stays put off.
 */
export function goingOn(calendar: BusinessCalendar, before: PutOff, contactOn: JapanDate, now: Date) {
  const hasOtherPutOff =
    before.snoozedDeadline !== null &&
    before.snoozedDeadline !== 'contact' &&
    before.snoozedUntil !== null &&
    before.snoozedUntil > now;
  const contact = { snoozedDeadline: 'contact', snoozedUntil: closingAt(calendar, contactOn) } as const;
  return {
    status: 'active',
    waitedFor: null,
    waitingUntilOn: null,
    ...(hasOtherPutOff ? {} : contact),
  } as const;
}
