/** Whom a reminder goes to. Pure: the case, the staff and who is away are arguments. */
import { standInOf } from '../../directory/absence/rules.ts';
import type { Operation } from '../operating/words.ts';
import { denialOf, needsManagerToClose } from '../rules.ts';
import { isInCharge, maySee, mayTakeNew, type Person, type Standing } from '../visibility/rules.ts';
import type { DeadlineKind } from '../words.ts';
import type { Stage } from './rules.ts';

/** Somebody who works for the city now. */
export interface Colleague extends Person {
  name: string;
}

/** Why somebody is reminded. */
export type Ground =
  | 'duty'
  | 'inCharge'
  | 'standIn'
  | 'helper'
  | 'manager'
  | 'managerOfNobody'
  | 'assignee'
  | 'managerOfAssignee'
  | 'receiver'
  | 'managerOfOffer'
  | 'sender'
  | 'confirmer'
  | 'outsideHours';

export interface Recipient {
  person: string;
  ground: Ground;
  /** Of a stand-in: who is away. */
  insteadOf?: string;
}

export interface RemindedCase {
  standing: Standing;
  kind: DeadlineKind;
}

export interface House {
  /** Everybody who works for the city now, in the order of the city file. */
  staff: readonly Colleague[];
  absences: readonly { person: string; deputy: string }[];
}

/**
 * The people of one reminder. Absent people are replaced by whoever stands in; nobody is reminded of a case that they may not
 * see. Outside business hours (至急 only) those on duty are told instead.
 */
export function recipientsOf(
  { standing, kind }: RemindedCase,
  stage: Stage,
  house: House,
  isOutsideHours: boolean,
): Recipient[] {
  const groups = GROUPS[kind](standing, house);
  const wanted = isOutsideHours ? outsideHours(stage, house) : groups[stage]();
  const standInsOf = (each: Recipient) =>
    withStandIn(each, house).filter(
      (other) => other === each || canStandIn(other, { standing, kind }, house),
    );
  const there = wanted.flatMap(standInsOf);
  // Whoever should act is away and nobody stands in: that must not wait.
  const isUnheard = wanted.length > 0 && there.length === 0 && stage !== 'before';
  const present = isUnheard ? groups.manager().flatMap(standInsOf) : there;
  const seeing = present.filter(({ person }) => {
    const colleague = house.staff.find((each) => each.slackUserId === person);
    return colleague !== undefined && maySee(colleague, standing);
  });
  return [...new Map(seeing.toReversed().map((each) => [each.person, each])).values()].toReversed();
}

/** What only certain people may answer: whoever stands in for them hears of it only when she may answer it, too. */
const ANSWERS: Partial<Record<DeadlineKind, Operation>> = {
  assignment: 'confirm_assignment',
  handover: 'accept_offer',
  closing: 'confirm_closing',
};

function canStandIn({ person }: Recipient, { standing, kind }: RemindedCase, { staff }: House): boolean {
  const answer = ANSWERS[kind];
  const colleague = staff.find((each) => each.slackUserId === person);
  return !answer || (colleague !== undefined && denialOf(colleague, standing, answer) === undefined);
}

/** Nights and holidays belong to whoever is on duty; there is no deputy to wake. */
function outsideHours(stage: Stage, house: House): Recipient[] {
  return stage === 'deputy' ? [] : all(onDuty(house), 'outsideHours');
}

type Group = () => Recipient[];
const nobody: Group = () => [];

/** For each kind of deadline: who hears of it before and when it is due, then the deputies, then the managers. */
const GROUPS: Record<DeadlineKind, (standing: Standing, house: House) => Record<Stage, Group>> = {
  accept: newCase,
  claim: newCase,
  answer: work,
  contact: work,
  return: work,
  activity: work,
  assignment: (standing, house) => {
    const asked: Group = () =>
      standing.proposedPerson ? [{ person: standing.proposedPerson, ground: 'assignee' }] : [];
    return {
      before: asked,
      due: asked,
      deputy: nobody,
      manager: () => all(coreManagers(house), 'managerOfAssignee'),
    };
  },
  handover: ({ offer }, house) => {
    const managers = (code: string) =>
      house.staff.filter((each) => each.center.code === code && each.role === 'manager');
    const receivers: Group = () => (offer ? all(receiversOf(offer.toCenter, house), 'receiver') : []);
    return {
      before: receivers,
      due: nobody,
      deputy: nobody,
      manager: () =>
        offer ? all([...managers(offer.toCenter), ...managers(offer.fromCenter)], 'managerOfOffer') : [],
    };
  },
  closing: (standing, house) => {
    if (!needsManagerToClose(standing))
      return {
        before: () => all(sendersOf(standing, house), 'sender'),
        due: nobody,
        deputy: nobody,
        manager: nobody,
      };
    const confirmers: Group = () =>
      all(
        coreManagers(house).filter((each) => !isInCharge(each, standing)),
        'confirmer',
      );
    return { before: confirmers, due: confirmers, deputy: nobody, manager: confirmers };
  },
};

/** Nobody is in charge yet: those on duty, at last the managers. */
function newCase(_: Standing, house: House): Record<Stage, Group> {
  const duty: Group = () => all(onDuty(house), 'duty');
  return {
    before: duty,
    due: duty,
    deputy: nobody,
    manager: () => all(coreManagers(house), 'managerOfNobody'),
  };
}

function work(standing: Standing, house: House): Record<Stage, Group> {
  const { personInCharge } = standing;
  const inCharge: Group = () => (personInCharge ? [{ person: personInCharge, ground: 'inCharge' }] : []);
  const isCoreHelper = (each: Colleague) =>
    each.center.kind === 'kikan' && standing.members.includes(each.slackUserId);
  return {
    before: inCharge,
    due: inCharge,
    deputy: () => all(house.staff.filter(isCoreHelper), 'helper'),
    manager: () =>
      all(
        coreManagers(house).filter(({ slackUserId }) => slackUserId !== personInCharge),
        'manager',
      ),
  };
}

function all(people: readonly Colleague[], ground: Ground): Recipient[] {
  return people.map(({ slackUserId: person }) => ({ person, ground }));
}

/** Those on duty; the core center's managers where nobody is. */
function onDuty(house: House): Colleague[] {
  const onDutyNow = house.staff.filter((each) => mayTakeNew(each) && each.isOnDuty);
  return onDutyNow.length > 0 ? onDutyNow : coreManagers(house);
}

function coreManagers(house: House): Colleague[] {
  return house.staff.filter((each) => each.center.kind === 'kikan' && each.role === 'manager');
}

/** A core center's offers are answered by those on duty, a district center's by its managers, or by all where it has none. */
function receiversOf(code: string, house: House): Colleague[] {
  const staff = house.staff.filter((each) => each.center.code === code);
  if (staff.some((each) => each.center.kind === 'kikan')) return onDuty(house);
  const managers = staff.filter((each) => each.role === 'manager');
  return managers.length > 0 ? managers : staff;
}

/** The sender; her center's managers where she is away, has left, or the core center entered it for them. */
function sendersOf({ sender, sendingCenter, senderPlace }: Standing, house: House): Colleague[] {
  const staff = house.staff.filter((each) => each.center.code === sendingCenter);
  const isAway = house.absences.some(({ person }) => person === sender);
  if (senderPlace === 'center' && !isAway) return staff.filter((each) => each.slackUserId === sender);
  return staff.filter((each) => each.role === 'manager');
}

function withStandIn(recipient: Recipient, { staff, absences }: House): Recipient[] {
  const { person } = recipient;
  const own = staff.find((each) => each.slackUserId === person);
  const isThere = (id: string) =>
    staff.some((each) => each.slackUserId === id && each.center.code === own?.center.code);
  const standIn = standInOf(person, absences, isThere);
  if (standIn === undefined) return [];
  return standIn === person ? [recipient] : [{ person: standIn, ground: 'standIn', insteadOf: person }];
}
