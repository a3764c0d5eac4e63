/** Who writes and reads 気づき・改善点, how long they are asked for, and when a promise is reminded of. Pure. */
import { addDays, type JapanDate, japanDate, startOfJapanDay } from '../../../lib/jst.ts';
import { maySeePeopleOf, type Person } from '../rules.ts';
import type { RollCallStatus } from '../words.ts';

const DAY_MS = 24 * 60 * 60_000;
const NINE_MS = 9 * 60 * 60_000;
/** So long after the close they are taken; centers that sent none are reminded two days before it is over. */
const OPEN_DAYS = 7;
const REMINDED_AFTER_DAYS = 5;
/** So many days before the day that was promised, there is still time to do it. */
const SOON_DAYS = 3;

interface Closing {
  status: RollCallStatus;
  closedAt: Date | null;
}

export function lessonsEndAt(closedAt: Date): Date {
  return new Date(closedAt.getTime() + OPEN_DAYS * DAY_MS);
}

/** Roll-calls that closed later than this still ask for them. */
export function oldestAsking(now: Date): Date {
  return new Date(now.getTime() - OPEN_DAYS * DAY_MS);
}

export function takesLessons({ status, closedAt }: Closing, now: Date): boolean {
  return status === 'closed' && closedAt !== null && now < lessonsEndAt(closedAt);
}

/** At nine on the fifth day: by then a center has met. */
export function isReminderDue(closedAt: Date, now: Date): boolean {
  const nine = startOfJapanDay(addDays(japanDate(closedAt), REMINDED_AFTER_DAYS)).getTime() + NINE_MS;
  return now.getTime() >= nine && now < lessonsEndAt(closedAt);
}

/** Whoever works in a center that was asked. @param asked codes of the centers; null for all but the city's section */
export function maySendLesson({ center }: Person, asked: readonly string[] | null): boolean {
  return asked === null ? center.kind !== 'city' : asked.includes(center.code);
}

/** One's own center's, for the core center and the city all; others' once something was promised of them. */
export function mayReadLesson(person: Person, lesson: { center: string; isPromised: boolean }): boolean {
  return lesson.isPromised || maySeePeopleOf(person, lesson.center);
}

export type Stage = 'soon' | 'due';

/** What the notice is called; another date or person is reminded anew. */
export function markOf(stage: Stage, promise: { id: string; dueOn: JapanDate; promisedBy: string }): string {
  return `promise-${stage}/${promise.id}/${promise.dueOn}/${promise.promisedBy}`;
}

/** Which reminder is due: three days before at nine, and on the day at nine. Late, the first is given until the second is due, that one until its day is over. */
export function stageDue(dueOn: JapanDate, now: Date): Stage | undefined {
  const nineOn = (on: JapanDate) => new Date(startOfJapanDay(on).getTime() + NINE_MS);
  if (now >= startOfJapanDay(addDays(dueOn, 1))) return undefined;
  if (now >= nineOn(dueOn)) return 'due';
  return now >= nineOn(addDays(dueOn, -SOON_DAYS)) ? 'soon' : undefined;
}

/** The last day on which a promise may be due that is reminded of now. */
export function lastDueOn(now: Date): JapanDate {
  return addDays(japanDate(now), SOON_DAYS);
}

export function isOverdue(
  { dueOn, doneAt }: { dueOn: JapanDate | null; doneAt: Date | null },
  today: JapanDate,
): boolean {
  return doneAt === null && dueOn !== null && dueOn < today;
}
