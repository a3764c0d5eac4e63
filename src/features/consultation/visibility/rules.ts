/**
 * Who a person is to a consultation, and whether that person sees it. Pure: the stored record and the Actor are arguments;
 * `data.ts` beside it says the same in SQL.
 */
import type { Actor } from '../../directory/actor.ts';
import type { HandoverKind, Kind, Status, Topic, Urgency } from '../words.ts';

/** What the rules need to know of a stored consultation. */
export interface Standing {
  kind: Kind;
  status: Status;
  urgency: Urgency;
  topics: readonly Topic[];
  sendingCenter: string;
  sender: string;
  /** Where the sender is now: in the sending center, in the core center (代理入力), or gone. */
  senderPlace: 'center' | 'core' | 'gone';
  /** Whether the sender is away today. */
  isSenderAway: boolean;
  responsibleCenter: string;
  /** Whether that center has closed since: then core managers hand its cases on. */
  isResponsibleClosed: boolean;
  personInCharge: string | null;
  /** Who stands in today for an absent person in charge; null when that person is there or nobody stands in. */
  deputy: string | null;
  proposedPerson: string | null;
  /** Helpers, and in 限定 cases all who are named. */
  members: readonly string[];
  isRestricted: boolean;
  hasOpenQuestion: boolean;
  /** When all that was typed was destroyed; whoever might see the case still learns that it was. */
  erasedAt?: Date | null;
  /** The hand-over that waits for an answer. */
  offer: { fromCenter: string; toCenter: string; kind: HandoverKind } | null;
  /** Who may read it now by 緊急閲覧, though 限定 would keep them out. */
  emergency: readonly string[];
}

export type Person = Pick<Actor, 'slackUserId' | 'role' | 'isOnDuty'> & {
  center: Pick<Actor['center'], 'code' | 'kind'>;
};

export function isCore(person: Person): boolean {
  return person.center.kind === 'kikan';
}

export function isCoreManager(person: Person): boolean {
  return isCore(person) && person.role === 'manager';
}

/** New consultations are taken by the core center's staff on duty; its managers stand in when nobody on duty is there. */
export function mayTakeNew(person: Person): boolean {
  return isCore(person) && (person.isOnDuty || person.role === 'manager');
}

/** Whether the person works in the district center that sent it; the core center sends only in a district's name. */
export function isOfSendingCenter(person: Person, standing: Standing): boolean {
  return person.center.kind === 'district' && person.center.code === standing.sendingCenter;
}

/** Whether the person helps with it, or is named in a 限定 case. */
export function isMember(person: Person, standing: Standing): boolean {
  return standing.members.includes(person.slackUserId);
}

/** The person in charge, or whoever stands in while that person is away. */
export function isInCharge(person: Person, standing: Standing): boolean {
  return (
    isCore(person) &&
    (person.slackUserId === standing.personInCharge || person.slackUserId === standing.deputy)
  );
}

/** Whether the person does the core center's work on it: in charge, or as a helper. */
export function worksOnIt(person: Person, standing: Standing): boolean {
  return isInCharge(person, standing) || (isCore(person) && isMember(person, standing));
}

/** The sender; in her place her center's manager, and any colleague when she has left or the core center entered it for them. */
export function speaksForSender(person: Person, standing: Standing): boolean {
  return (
    isOfSendingCenter(person, standing) &&
    (person.slackUserId === standing.sender || person.role === 'manager' || standing.senderPlace !== 'center')
  );
}

/** The city section gets figures, never cases; a center that is not part of a case must not learn that it exists. */
export function maySee(person: Person, standing: Standing): boolean {
  if (person.center.kind === 'city') return false;
  const { code } = person.center;
  const isOfThem =
    isCore(person) ||
    code === standing.sendingCenter ||
    code === standing.responsibleCenter ||
    code === standing.offer?.toCenter;
  // Who was named and has moved to another center since sees it no longer.
  return (
    isOfThem && (!standing.isRestricted || isNamed(person, standing) || readsInEmergency(person, standing))
  );
}

/** Whether the person sees a 限定 case by 緊急閲覧 alone: such a person reads, and changes nothing. */
export function seesByEmergencyAlone(person: Person, standing: Standing): boolean {
  return maySee(person, standing) && standing.isRestricted && !isNamed(person, standing);
}

/** It was granted to a manager; whoever is none any more loses it. */
function readsInEmergency(person: Person, { emergency }: Standing): boolean {
  return person.role === 'manager' && emergency.includes(person.slackUserId);
}

/**
 * Whether somebody who sees the case belongs to it, so that nobody has to ask what it is opened for: its sender, those who speak for
 * her while she is not there, whoever is in charge or asked to be, its members; those who may take it while nobody accepted it, and
 * the managers whose center it is offered to.
 */
export function isOnCase(person: Person, standing: Standing): boolean {
  if (!maySee(person, standing)) return false;
  const { slackUserId, center, role } = person;
  const isSenderThere = standing.senderPlace === 'center' && !standing.isSenderAway;
  return (
    slackUserId === standing.sender ||
    (!isSenderThere && speaksForSender(person, standing)) ||
    isInCharge(person, standing) ||
    isMember(person, standing) ||
    (isCore(person) && slackUserId === standing.proposedPerson) ||
    (standing.status === 'submitted' && mayTakeNew(person)) ||
    (role === 'manager' && center.code === standing.offer?.toCenter)
  );
}

/**
 * 限定: those named in the case. While nobody is in charge the core managers are, or nobody could take it on; while it is
 * offered to another center, that center's managers are, who answer the offer.
 */
function isNamed(person: Person, standing: Standing): boolean {
  const { slackUserId, center, role } = person;
  return (
    isMember(person, standing) ||
    isInCharge(person, standing) ||
    (slackUserId === standing.sender && (isCore(person) || isOfSendingCenter(person, standing))) ||
    (isCore(person) && slackUserId === standing.proposedPerson) ||
    (isCoreManager(person) && standing.personInCharge === null) ||
    (role === 'manager' && center.code === standing.offer?.toCenter)
  );
}
