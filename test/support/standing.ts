/** A case as the rules are asked about it, for tests that need no database. */
import type { Standing } from '../../src/features/consultation/visibility/rules.ts';

/** U0EAST of 東 asked, 基幹型's U0A is in charge and works on it. */
export const TAKEN: Standing = {
  kind: 'individual',
  status: 'active',
  urgency: 'normal',
  topics: ['dementia'],
  sendingCenter: 'east',
  sender: 'U0EAST',
  senderPlace: 'center',
  isSenderAway: false,
  responsibleCenter: 'east',
  isResponsibleClosed: false,
  personInCharge: 'U0A',
  deputy: null,
  proposedPerson: null,
  members: [],
  isRestricted: false,
  hasOpenQuestion: false,
  offer: null,
  emergency: [],
};
