/** How long a case is kept, and what keeps it longer. Pure: the city's years, the case and the day are arguments. */
import * as v from 'valibot';
import { addDays, addYears, type JapanDate, japanDate } from '../../../lib/jst.ts';
import {
  LEAST_YEARS,
  MOST_YEARS,
  type Retention,
  STANDARD_RETENTION,
} from '../../directory/handling/rules.ts';
import { isCore, maySee, type Person, type Standing } from '../visibility/rules.ts';
import type { Kind, Status } from '../words.ts';

/** So long before, those whom it concerns are told. Nothing is erased that was not announced so long. */
export const WARNED_BEFORE_DAYS = 30;

const Years = v.pipe(v.number(), v.integer(), v.minValue(LEAST_YEARS), v.maxValue(MOST_YEARS));
const StoredRetention = v.object({
  individual: v.optional(Years, STANDARD_RETENTION.individual),
  operation: v.optional(Years, STANDARD_RETENTION.operation),
});

/** The city's years as its row holds them; null where the city keeps kikan's. */
export function readRetention(stored: string | null): Retention {
  return stored === null ? STANDARD_RETENTION : v.parse(StoredRetention, JSON.parse(stored));
}

/** Cases in these states have ended. */
export const ENDED_STATUSES = [
  'closed',
  'declined',
  'withdrawn',
  'merged',
] as const satisfies readonly Status[];

export function hasEnded(status: Status): boolean {
  return ENDED_STATUSES.some((ended) => ended === status);
}

/** The first day on which the case is no longer kept. */
export function keptUntil(kind: Kind, endedAt: Date, retention: Retention): JapanDate {
  return addDays(addYears(japanDate(endedAt), retention[kind]), 1);
}

/** When a case that is announced today will be erased. */
export function eraseDay(kind: Kind, endedAt: Date, retention: Retention, today: JapanDate): JapanDate {
  const announced = addDays(today, WARNED_BEFORE_DAYS);
  const until = keptUntil(kind, endedAt, retention);
  return until > announced ? until : announced;
}

/** The ends up to which cases of a kind are to be announced today, as a day of Japan. */
export function announcedUpTo(kind: Kind, retention: Retention, today: JapanDate): JapanDate {
  return addDays(addYears(addDays(today, WARNED_BEFORE_DAYS), -retention[kind]), -1);
}

type Keeper = Person & { isAdmin: boolean };

/** Who may look at what will be erased: managers, of the core center for all, of the others for their own; and admins. */
export function maySeeRetention(person: Keeper): boolean {
  return person.isAdmin || (person.role === 'manager' && person.center.kind !== 'city');
}

/** Whose work it is to keep cases from being erased, and to let them go again. */
export function mayHoldSome(person: Keeper): boolean {
  return person.isAdmin || (isCore(person) && person.role === 'manager');
}

/** This case: core managers what they see; admins any, by its reference. */
export function mayHold(person: Keeper, standing: Standing): boolean {
  return mayHoldSome(person) && (person.isAdmin || maySee(person, standing));
}

/** Why a case is held was written about the case: admins who do not see it know that it is held, since when and by whom. */
export function mayReadHoldReason(person: Keeper, standing: Standing): boolean {
  return mayHold(person, standing) && maySee(person, standing);
}
