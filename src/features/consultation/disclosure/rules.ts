/** Until when a resident's request must be settled, who may settle it, and when they are reminded. Pure. */
import { addDays, type JapanDate } from '../../../lib/jst.ts';
import { isCore, maySee, type Person, type Standing, seesByEmergencyAlone } from '../visibility/rules.ts';
import type { RequestKind, RequestState } from './words.ts';

/** Days from the request to the decision. Act on the Protection of Personal Information, articles 83, 94 and 102, paragraph 1. */
const DECIDED_WITHIN_DAYS = 30;
/** The decision may be put off once, for reasons that are told to the resident: the same articles, paragraph 2. */
const EXTENDED_BY_DAYS = 30;
/** On these days before the last one, and on it, those who may settle it are reminded. */
const REMINDED_BEFORE_DAYS = [7, 1, 0];

export function dueDay(receivedOn: JapanDate): JapanDate {
  return addDays(receivedOn, DECIDED_WITHIN_DAYS);
}

export function extendedDay(dueOn: JapanDate): JapanDate {
  return addDays(dueOn, EXTENDED_BY_DAYS);
}

export function isPending(state: RequestState): boolean {
  return state === 'open' || state === 'extended';
}

/** How a request can end. */
export const OUTCOMES = ['granted', 'partly', 'refused'] as const satisfies readonly RequestState[];

/**
 * Whether the request is to be reminded of now.
 * @param lastOn the day of the reminder before; days of requests that were noted later than their day do not count
 */
export function isReminderDue(
  { dueOn, notedOn }: { dueOn: JapanDate; notedOn: JapanDate },
  lastOn: JapanDate | undefined,
  today: JapanDate,
): boolean {
  return REMINDED_BEFORE_DAYS.map((days) => addDays(dueOn, -days)).some(
    (on) => on <= today && on >= notedOn && (lastOn === undefined || on > lastOn),
  );
}

type Handler = Person & { isAdmin: boolean };

/** Whose work residents' requests are: managers, and the core center's admins. */
export function mayHandleSome(person: Handler): boolean {
  if (person.center.kind === 'city') return false;
  return person.role === 'manager' || (isCore(person) && person.isAdmin);
}

/** Of this case: the core center of all that it may see, the others of their own. Whoever sees it in an emergency only reads. */
export function mayHandle(person: Handler, standing: Standing): boolean {
  if (!mayHandleSome(person) || !maySee(person, standing) || seesByEmergencyAlone(person, standing))
    return false;
  const { code } = person.center;
  return isCore(person) || code === standing.sendingCenter || code === standing.responsibleCenter;
}

/** The copy for a resident is made by the core center. */
export function mayDisclose(person: Handler, standing: Standing): boolean {
  return isCore(person) && mayHandle(person, standing);
}

/** What a case's page says of its requests. */
export interface Flag {
  kind: RequestKind;
  state: RequestState;
  dueOn: JapanDate;
}

/** 利用停止に応じた: the record is not to be used any more but for what the law demands. */
export function isUseStopped(flags: readonly Flag[]): boolean {
  return flags.some(({ kind, state }) => kind === 'use_stop' && (state === 'granted' || state === 'partly'));
}
