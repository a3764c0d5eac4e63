/**
 * Who may do what with a consultation, and in which state. Pure: the stored record, the Actor and the time are arguments.
 * One table holds every operation; cards, menus, forms, pages and mutations all ask it.
 */
import { type Denial, OPERATIONS, type Operation } from './operating/words.ts';
import {
  isCore,
  isCoreManager,
  isInCharge,
  isMember,
  isOfSendingCenter,
  maySee,
  mayTakeNew,
  type Person,
  type Standing,
  seesByEmergencyAlone,
  speaksForSender,
  worksOnIt,
} from './visibility/rules.ts';
import type { Status } from './words.ts';

/** Work goes on in these; nothing is due in the others but what leads back here. */
export const OPEN_STATUSES = ['submitted', 'accepted', 'active', 'waiting', 'closing'] as const;
const WORKED_ON = ['accepted', 'active', 'waiting'] as const;
const TAKEN_ON = ['accepted', 'active', 'waiting', 'closing'] as const;
const UNMERGED = [...OPEN_STATUSES, 'closed', 'declined', 'withdrawn'] as const;

export function isOpen(status: Status): boolean {
  return OPEN_STATUSES.some((open) => open === status);
}

/** 至急 and 高齢者虐待 end only with a second pair of eyes. */
export function needsManagerToClose(standing: Pick<Standing, 'urgency' | 'topics'>): boolean {
  return standing.urgency === 'urgent' || standing.topics.includes('elder_abuse');
}

/** Complaints and カスハラ carry what was done and what keeps it from happening again. */
export function isIncident(standing: Pick<Standing, 'topics'>): boolean {
  return standing.topics.some((topic) => topic === 'complaint' || topic === 'customer_harassment');
}

type Check = (person: Person, standing: Standing) => Denial | undefined;

const onDuty: Check = (person) => (mayTakeNew(person) ? undefined : 'not-on-duty');
const core: Check = (person) => (isCore(person) ? undefined : 'not-core');
const coreManager: Check = (person) => (isCoreManager(person) ? undefined : 'not-manager');
const inCharge: Check = (person, standing) => (isInCharge(person, standing) ? undefined : 'not-in-charge');
const works: Check = (person, standing) => (worksOnIt(person, standing) ? undefined : 'not-in-charge');
const sendingCenter: Check = (person, standing) =>
  isOfSendingCenter(person, standing) ? undefined : 'not-sending-center';
const leads: Check = (person, standing) =>
  isInCharge(person, standing) || isCoreManager(person) ? undefined : 'not-in-charge';
const receiver: Check = (person, { offer }) =>
  offer === null ? 'no-offer' : person.center.code === offer.toCenter ? undefined : 'not-receiver';

interface Rule {
  in: readonly Status[];
  who: Check;
}

/** The table of transitions, and what belongs to it. */
const RULES: Record<Operation, Rule> = {
  accept: { in: ['submitted'], who: onDuty },
  decline: { in: ['submitted'], who: onDuty },
  withdraw: { in: ['submitted', 'accepted', 'active', 'waiting'], who: sendingCenter },
  reclassify: {
    in: ['submitted', ...WORKED_ON],
    who: (person, standing) =>
      standing.status === 'submitted' ? onDuty(person, standing) : leads(person, standing),
  },
  comment: {
    in: OPEN_STATUSES,
    who: (person, standing) =>
      sendingCenter(person, standing) === undefined ||
      worksOnIt(person, standing) ||
      isMember(person, standing) ||
      person.center.code === standing.responsibleCenter
        ? undefined
        : 'not-in-charge',
  },
  claim: {
    in: TAKEN_ON,
    who: (person, standing) =>
      !isCore(person) ? 'not-core' : standing.personInCharge === null ? undefined : 'has-person-in-charge',
  },
  release: { in: WORKED_ON, who: inCharge },
  assign: { in: TAKEN_ON, who: coreManager },
  confirm_assignment: { in: TAKEN_ON, who: proposed },
  refuse_assignment: { in: TAKEN_ON, who: proposed },
  answer: {
    in: ['submitted', ...WORKED_ON],
    // Answering what nobody accepted yet accepts it: otherwise an answered case would stay without anyone in charge.
    who: (person, standing) => {
      if (standing.status !== 'submitted') return works(person, standing);
      if (mayTakeNew(person)) return undefined;
      return isCore(person) ? 'accept-first' : 'not-core';
    },
  },
  ask: { in: WORKED_ON, who: works },
  reply: {
    in: WORKED_ON,
    who: (person, standing) =>
      sendingCenter(person, standing) ?? (standing.hasOpenQuestion ? undefined : 'no-question'),
  },
  wait: { in: WORKED_ON, who: works },
  resume: { in: ['waiting'], who: works },
  record: { in: TAKEN_ON, who: works },
  offer: {
    in: WORKED_ON,
    who: (person, standing) => {
      const isGiver =
        person.center.code === standing.responsibleCenter ||
        (standing.isResponsibleClosed && isCoreManager(person));
      if (!isGiver) return 'not-giver';
      return standing.offer ? 'offer-open' : undefined;
    },
  },
  accept_offer: { in: TAKEN_ON, who: receiver },
  refuse_offer: { in: TAKEN_ON, who: receiver },
  revoke_offer: {
    in: TAKEN_ON,
    who: (person, { offer, isResponsibleClosed }) => {
      if (offer === null) return 'no-offer';
      const isGiver =
        person.center.code === offer.fromCenter || (isResponsibleClosed && isCoreManager(person));
      return isGiver ? undefined : 'not-giver';
    },
  },
  propose_closing: {
    in: WORKED_ON,
    who: (person, standing) => inCharge(person, standing) ?? (standing.offer ? 'offer-open' : undefined),
  },
  confirm_closing: { in: ['closing'], who: confirmsClosing },
  object_closing: {
    in: ['closing'],
    // Whoever is in charge may take the proposal back.
    who: (person, standing) =>
      isOfSendingCenter(person, standing) || leads(person, standing) === undefined
        ? undefined
        : 'not-sending-center',
  },
  reopen: {
    in: ['closed'],
    who: (person, standing) =>
      isOfSendingCenter(person, standing) || isCore(person) ? undefined : 'not-sending-center',
  },
  rate: {
    in: ['closed'],
    who: (person, standing) => (speaksForSender(person, standing) ? undefined : 'not-sender'),
  },
  merge: {
    in: UNMERGED,
    who: (person, standing) => coreManager(person, standing) ?? (standing.offer ? 'offer-open' : undefined),
  },
  unmerge: { in: ['merged'], who: coreManager },
  link: { in: UNMERGED, who: core },
  restrict: { in: OPEN_STATUSES, who: limits },
  unrestrict: {
    in: [...OPEN_STATUSES, 'closed'],
    who: (person, standing) =>
      leads(person, standing) ?? (standing.isRestricted ? undefined : 'not-restricted'),
  },
  name_members: { in: [...OPEN_STATUSES, 'closed'], who: leads },
  snooze: {
    in: OPEN_STATUSES,
    who: (person, standing) =>
      standing.personInCharge === null ? onDuty(person, standing) : leads(person, standing),
  },
  share: {
    in: [...WORKED_ON, 'closing', 'closed'],
    who: (person, standing) => {
      const denial = isCoreManager(person) ? undefined : works(person, standing);
      if (denial) return denial;
      return standing.kind === 'operation' || isIncident(standing) ? undefined : 'nothing-to-share';
    },
  },
  // What all centers read can be taken back, also when its case has ended otherwise.
  settle_sharing: { in: [...WORKED_ON, 'closing', 'closed', 'withdrawn', 'merged'], who: coreManager },
};

function proposed(person: Person, standing: Standing): Denial | undefined {
  return isCore(person) && person.slackUserId === standing.proposedPerson ? undefined : 'not-proposed';
}

function confirmsClosing(person: Person, standing: Standing): Denial | undefined {
  if (!needsManagerToClose(standing)) return speaksForSender(person, standing) ? undefined : 'not-sender';
  if (!isCoreManager(person)) return 'not-manager';
  return isInCharge(person, standing) ? 'other-manager' : undefined;
}

/** The sender may ask for it, too: it may be about a colleague. */
function limits(person: Person, standing: Standing): Denial | undefined {
  const isSender = isOfSendingCenter(person, standing) && person.slackUserId === standing.sender;
  const denial = isSender ? undefined : leads(person, standing);
  return denial ?? (standing.isRestricted ? 'is-restricted' : undefined);
}

/** Undefined when the person may do it now. */
export function denialOf(person: Person, standing: Standing, operation: Operation): Denial | undefined {
  if (!maySee(person, standing)) return 'not-found';
  if (standing.erasedAt) return 'erased';
  if (seesByEmergencyAlone(person, standing)) return 'reading-only';
  const rule = RULES[operation];
  if (!isPossibleIn(standing.status, operation)) return 'wrong-state';
  return rule.who(person, standing);
}

/** Whether the state allows it, for whoever it is: what cards offer to all who see them. */
export function isPossibleIn(status: Status, operation: Operation): boolean {
  return RULES[operation].in.includes(status);
}

/** What a person may do with the case now, in the order of `OPERATIONS`. */
export function operationsOf(person: Person, standing: Standing): Operation[] {
  return OPERATIONS.filter((operation) => denialOf(person, standing, operation) === undefined);
}
