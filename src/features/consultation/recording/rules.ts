/** 活動: what its dates mean for the case. Pure. */
import { type BusinessCalendar, closingAt } from '../../../lib/business-time.ts';
import { type JapanDate, japanDate, startOfJapanDay } from '../../../lib/jst.ts';

/** A date, with the time `14:30` where one was given. */
export interface Held {
  heldOn: JapanDate;
  startsAtTime: string | null;
}

/** Where an activity stands among what happened at an instant: at its time, else at the beginning of its day. */
export function placeInCourse({ heldOn, startsAtTime }: Held): Date {
  return startsAtTime === null ? startOfJapanDay(heldOn) : new Date(`${heldOn}T${startsAtTime}:00+09:00`);
}

/** When what was done counts as a contact: at its time, else by the end of its day; never later than now. */
export function contactAt(calendar: BusinessCalendar, held: Held, now: Date): Date {
  const at =
    held.startsAtTime !== null
      ? placeInCourse(held)
      : held.heldOn === japanDate(now)
        ? now
        : closingAt(calendar, held.heldOn);
  return at < now ? at : now;
}

/** The later one; the first, when there is no other. */
export function latest(one: Date, other: Date | null): Date {
  return other !== null && other > one ? other : one;
}

/** The earliest of the dates; null when there is none. */
export function earliest(dates: readonly JapanDate[]): JapanDate | null {
  return dates.reduce<JapanDate | null>((first, on) => (first === null || on < first ? on : first), null);
}
