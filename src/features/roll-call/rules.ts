/** Who may do what in a roll-call, and what counts. Pure: records and the time are arguments. */
import { fold } from '../../lib/japanese.ts';
import type { Actor } from '../directory/actor.ts';
import { isCoreManager } from '../directory/rules.ts';
import type { Instruction, RollCallKind, RollCallStatus, Safety } from './words.ts';

export type Person = Pick<Actor, 'slackUserId' | 'role' | 'isAdmin'> & {
  center: Pick<Actor['center'], 'code' | 'kind'>;
};

/** Whom a person stands in for today. */
export interface StandIn {
  /** Of a manager of the core center. */
  forCore: boolean;
  /** Centers of whose managers. */
  forCenters: readonly string[];
}

export const STANDS_IN_FOR_NOBODY: StandIn = { forCore: false, forCenters: [] };

/** Starts, plans, closes and cancels roll-calls: the core center's managers, and whoever stands in for one today. */
export function mayCommand(person: Person, standIn: StandIn): boolean {
  return isCoreManager(person) || standIn.forCore;
}

/** One that is planned and not announced is known to those only who may begin it; all others stand open to all staff. */
export function maySeeRollCall(
  person: Person,
  standIn: StandIn,
  { status, isAnnounced }: { status: RollCallStatus; isAnnounced: boolean },
): boolean {
  if (status === 'running' || status === 'closed') return true;
  return isAnnounced || mayCommand(person, standIn);
}

/** Who reads who is silent, what a person answered, and a center's typed notes: the center itself, the core center and the city. */
export function maySeePeopleOf(person: Person, center: string): boolean {
  return person.center.kind !== 'district' || person.center.code === center;
}

/** Answers in the place of somebody who cannot: colleagues of the center, and the core center. */
export function mayAnswerFor(person: Person, roster: { person: string; center: string }): boolean {
  if (roster.person === person.slackUserId) return true;
  return person.center.kind === 'kikan' || person.center.code === roster.center;
}

/** 要救助 is cleared by the managers of the person's center, those who stand in for them, and whoever commands. */
export function mayClearHelp(person: Person, standIn: StandIn, center: string): boolean {
  if (mayCommand(person, standIn)) return true;
  return (person.role === 'manager' && person.center.code === center) || standIn.forCenters.includes(center);
}

/** As whom somebody reports for a center; undefined when not at all. Core staff enter for a center that cannot. */
export function reporterFor(
  person: Person,
  standIn: StandIn,
  center: string,
): 'manager' | 'deputy' | 'proxy' | undefined {
  if (standIn.forCenters.includes(center)) return 'deputy';
  if (person.center.code === center) return person.role === 'manager' ? 'manager' : 'proxy';
  return person.center.kind === 'kikan' ? 'proxy' : undefined;
}

/** What of an answer counts beside what counted so far: the newest by its own time; of the same moment the later one to come in. */
export function isNewer(at: Date, counted: Date | null): boolean {
  return counted === null || at.getTime() >= counted.getTime();
}

/** `点R8-03`. */
export function formatRollCallReference(series: string, number: number): string {
  return `点${series}-${String(number).padStart(2, '0')}`;
}

/** Reads `点R8-03` and, as in addresses, `R8-03`, in any width; undefined for anything else. */
export function readRollCallReference(text: string): string | undefined {
  const found = /^点?(R\d{1,3})-0*(\d{1,5})$/i.exec(fold(text).toUpperCase());
  const [, series, number] = found ?? [];
  if (series === undefined || number === undefined) return undefined;
  return formatRollCallReference(series, Number(number));
}

/** What people are asked, where nothing else is chosen. */
export function usualInstructions(kind: RollCallKind): Instruction[] {
  return kind === 'actual' ? ['stay-safe', 'report', 'report-center'] : ['report', 'report-center'];
}

/** Whether an answer asks for help. */
export function asksForHelp(safety: Safety): boolean {
  return safety === 'severe';
}

/** Minutes after which silent people are asked again, where the city set none. */
export const USUAL_CHASE_MINUTES: readonly number[] = [5, 15, 30];
