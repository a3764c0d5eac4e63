/** Who sends a consultation for whom, and what it is when it arrives. Pure. */
import type { consultation } from '../tables.ts';
import { isCore, type Person } from '../visibility/rules.ts';

type Consultation = typeof consultation.$inferSelect;

/** What the form says in the clear, who sent it and for which center, and the number that it was given. */
type Arrival = Pick<
  Consultation,
  'id' | 'reference' | 'kind' | 'urgency' | 'topics' | 'supports' | 'desiredOn' | 'sendingCenter' | 'sender'
>;

/** District staff send for their own center, core staff for a center that called them (代理入力). */
export function maySend(person: Person, center: { code: string; kind: string }): boolean {
  if (center.kind !== 'district') return false;
  return isCore(person) || person.center.code === center.code;
}

/** A consultation that nobody has taken on; the center that sent it answers for it. Its deadline is set when it is stored. */
export function newConsultation(arrival: Arrival, now: Date): Consultation {
  return {
    ...arrival,
    status: 'submitted',
    version: 1,
    submittedAt: now,
    personInCharge: null,
    acceptedAt: null,
    answerCount: 0,
    responsibleCenter: arrival.sendingCenter,
    returnByOn: null,
    isRestricted: false,
    proposedPerson: null,
    proposedAt: null,
    releasedAt: null,
    waitedFor: null,
    waitingUntilOn: null,
    hasOpenQuestion: false,
    firstAnsweredAt: null,
    lastContactAt: null,
    outcome: null,
    issueTags: [],
    wantsFaqDraft: false,
    closingProposedAt: null,
    closedAt: null,
    mergedInto: null,
    statusBeforeMerge: null,
    erasedAt: null,
    snoozedDeadline: null,
    snoozedUntil: null,
    dueAt: null,
    updatedAt: now,
  };
}
