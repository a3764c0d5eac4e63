/** What came of each reminder. Pure. */
import { type Asked, type Course, MINUTE_MS } from '../rules.ts';

/** Of an answer that came so soon after a reminder it is said that it followed it. */
export const EFFECT_MINUTES = 5;
const EFFECT_MS = EFFECT_MINUTES * MINUTE_MS;

/** A reminder as it was given to one person: `minutes` after the start is when it was due. */
export interface Reminder {
  minutes: number;
  person: string;
  at: Date;
}

export interface ReminderEffect {
  minutes: number;
  /** Of the roster. */
  told: number;
  /** Of those told, who answered within five minutes and before the next reminder went out. */
  answered: number;
}

export function effectsOf(
  asked: readonly Asked[],
  reminders: readonly Reminder[],
  { startedAt }: Pick<Course, 'startedAt'>,
): ReminderEffect[] {
  const firsts = new Map(asked.map(({ person, firstMs }) => [person, firstMs]));
  const told = reminders
    .filter(({ person }) => firsts.has(person))
    .map(({ at, ...each }) => ({ ...each, ms: at.getTime() - startedAt.getTime() }));
  const steps = [...new Set(told.map(({ minutes }) => minutes))].toSorted((a, b) => a - b);
  return steps.map((minutes, position) => {
    const own = told.filter((each) => each.minutes === minutes);
    const next = told.filter((each) => each.minutes === steps[position + 1]);
    const untilMs = Math.min(...next.map(({ ms }) => ms));
    const answered = own.filter(({ person, ms }) => {
      const first = firsts.get(person) ?? null;
      return first !== null && first >= ms && first <= ms + EFFECT_MS && first < untilMs;
    });
    return { minutes, told: own.length, answered: answered.length };
  });
}

/** Managers, and then the core center, heard of the silent people of a center. */
export interface Escalation {
  to: 'managers' | 'core';
  center: string;
  at: Date;
}

export interface EscalationEffect {
  to: Escalation['to'];
  /** People of the roster of whom was told: silent at that time. */
  told: number;
  /** Of those, who answered within five minutes. */
  answered: number;
}

export function escalationsOf(
  asked: readonly Asked[],
  escalations: readonly Escalation[],
  { startedAt }: Pick<Course, 'startedAt'>,
): EscalationEffect[] {
  return (['managers', 'core'] as const).flatMap((to) => {
    const own = escalations.filter((each) => each.to === to);
    if (own.length === 0) return [];
    const delays = own.flatMap(({ center, at }) => {
      const ms = at.getTime() - startedAt.getTime();
      return asked
        .filter((each) => each.center === center && each.joinedAt <= at)
        .filter(({ firstMs }) => firstMs === null || firstMs > ms)
        .map(({ firstMs }) => (firstMs === null ? Number.POSITIVE_INFINITY : firstMs - ms));
    });
    return [{ to, told: delays.length, answered: delays.filter((delay) => delay <= EFFECT_MS).length }];
  });
}
