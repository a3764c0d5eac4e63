/** Which reminder of a meeting is due when. Pure: dates and the city's calendar are arguments. */
import { addBusinessDays, type BusinessCalendar, isBusinessDay } from '../../../lib/business-time.ts';
import { addDays, type JapanDate, japanDate, startOfJapanDay } from '../../../lib/jst.ts';

/** `answer`: to those who were silent; the other two: to those who come, with place and papers. */
export type ReminderStage = 'answer' | 'day-before' | 'hour-before';

export interface Reminder {
  stage: ReminderStage;
  /** What its notice is called: with the date that it is about, so that a meeting that moved is reminded of anew. */
  mark: string;
  at: Date;
  /** From then on it would come too late. */
  until: Date;
}

const HOUR_MS = 60 * 60_000;
/** In Japan: when people have read the night's mail and still have the day before them. */
const REMINDED_AT_HOUR = 9;

/** How notices of reminders begin; all others tell something new. */
export const REMINDER_MARKS: readonly string[] = ['answer/', 'day-before/', 'hour-before/'];

/** All reminders of a meeting, in order of time. */
export function remindersOf(
  { startsAt, answerBy }: { startsAt: Date; answerBy: JapanDate | null },
  calendar: BusinessCalendar,
): Reminder[] {
  const on = japanDate(startsAt);
  const reminders: Reminder[] = [
    ...(answerBy === null ? [] : [askingReminder(answerBy, startsAt, calendar)]),
    { stage: 'day-before', mark: `day-before/${on}`, at: dayBefore(on, calendar), until: startsAt },
    {
      stage: 'hour-before',
      // A meeting that moves within its day is reminded of anew.
      mark: `hour-before/${startsAt.toISOString()}`,
      at: new Date(startsAt.getTime() - HOUR_MS),
      until: startsAt,
    },
  ];
  return reminders.sort((one, other) => one.at.getTime() - other.at.getTime());
}

/** The reminders whose time has come and not yet passed; of those for the same people only the latest is worth a message. */
export function dueReminders(reminders: readonly Reminder[], now: Date): Reminder[] {
  return reminders.filter(({ at, until }) => at <= now && now < until);
}

function askingReminder(answerBy: JapanDate, startsAt: Date, calendar: BusinessCalendar): Reminder {
  const endOfDay = startOfJapanDay(addDays(answerBy, 1));
  return {
    stage: 'answer',
    mark: `answer/${answerBy}`,
    at: morningOf(addBusinessDays(calendar, answerBy, -1)),
    until: endOfDay < startsAt ? endOfDay : startsAt,
  };
}

/** The morning of the day before; where the city is closed then, of the last business day before. */
function dayBefore(on: JapanDate, calendar: BusinessCalendar): Date {
  const before = addDays(on, -1);
  return morningOf(isBusinessDay(calendar, before) ? before : addBusinessDays(calendar, before, -1));
}

function morningOf(on: JapanDate): Date {
  return new Date(startOfJapanDay(on).getTime() + REMINDED_AT_HOUR * HOUR_MS);
}
