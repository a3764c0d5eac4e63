/** Who keeps a promise, who may say that it was kept, and when one is reminded of. Pure. */
import { addBusinessDays, type BusinessCalendar } from '../../../lib/business-time.ts';
import { addDays, type JapanDate, startOfJapanDay } from '../../../lib/jst.ts';
import type { Actor } from '../../directory/actor.ts';

type Person = Pick<Actor, 'slackUserId' | 'role'> & { center: Pick<Actor['center'], 'code'> };

export interface Keeper {
  person: string | null;
  /** Where that person works or worked last. */
  personCenter: string | null;
  /** Null where a person keeps it. */
  center: string | null;
}

/** Who promised: the person, whoever works in the center that did; and the manager of that person. */
export function mayKeep(actor: Person, { person, personCenter, center }: Keeper): boolean {
  if (person === null) return center === actor.center.code;
  return person === actor.slackUserId || (actor.role === 'manager' && personCenter === actor.center.code);
}

const NINE_MS = 9 * 60 * 60_000;
/** So many business days before the day that was promised, there is still time to do it. */
const SOON_DAYS = 3;

export type Stage = 'soon' | 'due';

/** What the notice is called; another date is reminded of anew. */
export function markOf(stage: Stage, promise: { id: string; dueOn: JapanDate }): string {
  return `promise-${stage}/${promise.id}/${promise.dueOn}`;
}

/**
 * Which reminder is due: three business days before at nine, and on the day at nine. Late, the first is given until the second is due,
 * that one until its day is over; what was promised later than that needs none.
 */
export function stageDue(
  { dueOn, createdAt }: { dueOn: JapanDate; createdAt: Date },
  calendar: BusinessCalendar,
  now: Date,
): Stage | undefined {
  const nineOn = (on: JapanDate) => new Date(startOfJapanDay(on).getTime() + NINE_MS);
  const [soon, due] = [nineOn(addBusinessDays(calendar, dueOn, -SOON_DAYS)), nineOn(dueOn)];
  if (now >= startOfJapanDay(addDays(dueOn, 1))) return undefined;
  if (now >= due) return createdAt < due ? 'due' : undefined;
  return now >= soon && createdAt < soon ? 'soon' : undefined;
}
