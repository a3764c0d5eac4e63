/** Who may do what with a consultation, and what follows. Pure: the stored record, the Actor and the time are arguments. */
import type { Actor } from '../directory/actor.ts';
import type { Status } from './words.ts';

/** What the rules need to know of a stored consultation. */
export interface Standing {
  status: Status;
  sendingCenter: string;
  personInCharge: string | null;
}

type Person = Pick<Actor, 'slackUserId' | 'role' | 'isOnDuty'> & {
  center: Pick<Actor['center'], 'code' | 'kind'>;
};

/** The city section gets figures, never cases; a center that is not part of a case must not learn that it exists. */
export function maySee(person: Person, standing: Standing): boolean {
  return (
    person.center.kind === 'kikan' ||
    (person.center.kind === 'district' && person.center.code === standing.sendingCenter)
  );
}

/** District staff send for their own center, core staff for a center that called them (代理入力). */
export function maySend(person: Person, center: { code: string; kind: string }): boolean {
  if (center.kind !== 'district') return false;
  return person.center.kind === 'kikan' || person.center.code === center.code;
}

/** New consultations are taken by the core center's staff on duty; its managers stand in when nobody on duty is there. */
export function mayTakeNew(person: Person): boolean {
  return person.center.kind === 'kikan' && (person.isOnDuty || person.role === 'manager');
}

export type AcceptDecision = 'accept' | 'already-mine' | 'taken' | 'not-on-duty' | 'not-found';

export function decideAccept(person: Person, standing: Standing): AcceptDecision {
  if (!maySee(person, standing)) return 'not-found';
  if (standing.status !== 'submitted')
    return standing.personInCharge === person.slackUserId ? 'already-mine' : 'taken';
  return mayTakeNew(person) ? 'accept' : 'not-on-duty';
}

export type AnswerDecision = 'answer' | 'accept-and-answer' | 'not-core' | 'accept-first' | 'not-found';

/** Answering what nobody accepted yet accepts it: otherwise an answered case would stay without anyone in charge. */
export function decideAnswer(person: Person, standing: Standing): AnswerDecision {
  if (!maySee(person, standing)) return 'not-found';
  if (person.center.kind !== 'kikan') return 'not-core';
  if (standing.status !== 'submitted') return 'answer';
  return mayTakeNew(person) ? 'accept-and-answer' : 'accept-first';
}
