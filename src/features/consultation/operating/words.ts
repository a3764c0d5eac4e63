/** What can be done with a case, and why somebody may not do it: controlled words, in the order in which they are offered. */

export const OPERATIONS = [
  'accept',
  'decline',
  'withdraw',
  'reclassify',
  'comment',
  'claim',
  'release',
  'assign',
  'confirm_assignment',
  'refuse_assignment',
  'answer',
  'ask',
  'reply',
  'wait',
  'resume',
  'record',
  'offer',
  'accept_offer',
  'refuse_offer',
  'revoke_offer',
  'propose_closing',
  'confirm_closing',
  'object_closing',
  'reopen',
  'rate',
  'merge',
  'unmerge',
  'link',
  'restrict',
  'unrestrict',
  'name_members',
  'snooze',
  'share',
  'settle_sharing',
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** Why somebody may not do it. `not-found` is all that those hear who may not see the case. */
export type Denial =
  | 'not-found'
  | 'reading-only'
  | 'wrong-state'
  | 'erased'
  | 'not-on-duty'
  | 'not-core'
  | 'accept-first'
  | 'not-in-charge'
  | 'not-manager'
  | 'not-sending-center'
  | 'not-sender'
  | 'not-proposed'
  | 'not-giver'
  | 'not-receiver'
  | 'offer-open'
  | 'no-offer'
  | 'no-question'
  | 'has-person-in-charge'
  | 'other-manager'
  | 'is-restricted'
  | 'not-restricted'
  | 'nothing-to-share';
