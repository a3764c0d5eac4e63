/** What a card offers, to whoever sees it: the steps that the case as it stands makes likely. Pure. */
import type { Operation } from '../operating/words.ts';
import { isIncident, isPossibleIn, needsManagerToClose } from '../rules.ts';
import type { Standing } from '../visibility/rules.ts';
import type { Status } from '../words.ts';

/** The core center's card, the sending center's, and that of another district center that answers for the case. */
export type Audience = 'triage' | 'center' | 'holder';

/** The first two are buttons, beside 詳細を見る; the rest, at most four, stands in the menu above すべての操作. */
export interface Offered {
  buttons: readonly Operation[];
  menu: readonly Operation[];
}

type Case = Pick<
  Standing,
  | 'kind'
  | 'status'
  | 'urgency'
  | 'topics'
  | 'sendingCenter'
  | 'responsibleCenter'
  | 'personInCharge'
  | 'hasOpenQuestion'
  | 'offer'
>;

const BUTTONS = 2;
const MENU = 4;

/** Never a button by itself: nobody should come upon it by a slip of the thumb. */
const RARE: readonly Operation[] = ['withdraw', 'restrict', 'decline', 'merge'];

const WORK = ['answer', 'record', 'ask', 'wait', 'assign', 'propose_closing'] as const;

/** In the order of likelihood. What the case does not allow is left out, and the next moves up. */
const LIKELY: Record<Audience, Partial<Record<Status, readonly Operation[]>>> = {
  triage: {
    submitted: ['accept', 'answer', 'decline', 'reclassify', 'merge', 'link'],
    accepted: ['accept_offer', 'refuse_offer', 'claim', ...WORK],
    active: ['accept_offer', 'refuse_offer', 'claim', ...WORK],
    waiting: [
      'accept_offer',
      'refuse_offer',
      'claim',
      'answer',
      'record',
      'resume',
      'ask',
      'assign',
      'propose_closing',
    ],
    closing: ['confirm_closing', 'object_closing', 'record', 'comment'],
    closed: ['reopen', 'share', 'link', 'merge'],
    merged: ['unmerge'],
  },
  center: {
    submitted: ['comment', 'withdraw', 'restrict'],
    accepted: ['reply', 'accept_offer', 'refuse_offer', 'comment', 'offer', 'revoke_offer', 'withdraw'],
    active: ['reply', 'accept_offer', 'refuse_offer', 'comment', 'offer', 'revoke_offer', 'withdraw'],
    waiting: ['reply', 'accept_offer', 'refuse_offer', 'comment', 'offer', 'revoke_offer', 'withdraw'],
    closing: ['confirm_closing', 'object_closing', 'comment'],
    closed: ['rate', 'reopen'],
  },
  holder: {
    accepted: ['comment', 'offer', 'revoke_offer'],
    active: ['comment', 'offer', 'revoke_offer'],
    waiting: ['comment', 'offer', 'revoke_offer'],
    closing: ['comment'],
  },
};

export function offeredOn(audience: Audience, of: Case): Offered {
  const likely = [...new Set(LIKELY[audience][of.status] ?? [])];
  const offered = likely.filter(
    (operation) => isPossibleIn(of.status, operation) && isApt(operation, audience, of),
  );
  const buttons = offered.filter((operation) => !RARE.includes(operation)).slice(0, BUTTONS);
  return {
    buttons,
    menu: offered.filter((operation) => !buttons.includes(operation)).slice(0, MENU),
  };
}

/** Whether the case, apart from its state, leaves room for it; who may is asked of whoever presses. */
function isApt(operation: Operation, audience: Audience, of: Case): boolean {
  const { offer } = of;
  switch (operation) {
    case 'claim':
      return of.personInCharge === null;
    case 'answer':
      return of.status === 'submitted' || of.personInCharge !== null;
    case 'record':
    case 'ask':
    case 'wait':
    case 'resume':
      return of.personInCharge !== null;
    case 'propose_closing':
      return of.personInCharge !== null && offer === null;
    case 'reply':
      return of.hasOpenQuestion;
    case 'offer':
      return offer === null && isHeldHere(audience, of);
    case 'revoke_offer':
      return offer !== null && isHeldHere(audience, of);
    case 'accept_offer':
    case 'refuse_offer':
      return offer !== null && isOfferedHere(audience, of, offer);
    case 'withdraw':
    case 'merge':
      return offer === null;
    case 'share':
      return of.kind === 'operation' || isIncident(of);
    case 'confirm_closing':
      return (audience === 'triage') === needsManagerToClose(of);
    default:
      return true;
  }
}

function isHeldHere(audience: Audience, of: Case): boolean {
  return audience === 'holder' || (audience === 'center' && of.responsibleCenter === of.sendingCenter);
}

function isOfferedHere(audience: Audience, of: Case, offer: NonNullable<Case['offer']>): boolean {
  if (audience === 'center') return offer.toCenter === of.sendingCenter;
  // 前方支援 is what the core center is offered.
  return audience === 'triage' && offer.kind === 'front_support';
}
