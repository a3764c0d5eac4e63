/** Cases put into the database as they stand, for tests of lists: far more, and older, than could be sent one by one. */
import type { Consultation } from '../../src/features/consultation/data.ts';
import { storeTopics } from '../../src/features/consultation/listing/mutations.ts';
import { consultation } from '../../src/features/consultation/tables.ts';
import { type Database, runBatch } from '../../src/lib/db.ts';
import { PEOPLE } from './small-city.ts';

let made = 0;

/** A case of 東, sent by 佐藤 花子 now and accepted by nobody, but for what is said otherwise. */
export function aCase(fields: Partial<Consultation> = {}): Consultation {
  made += 1;
  return {
    id: crypto.randomUUID(),
    reference: `T1-${String(made).padStart(4, '0')}`,
    kind: 'operation',
    urgency: 'normal',
    status: 'active',
    version: 1,
    sendingCenter: 'east',
    sender: PEOPLE.hanako,
    topics: [],
    supports: [],
    desiredOn: null,
    submittedAt: new Date(),
    personInCharge: null,
    acceptedAt: null,
    answerCount: 0,
    responsibleCenter: 'east',
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
    snoozedDeadline: null,
    snoozedUntil: null,
    dueAt: null,
    updatedAt: new Date(),
    ...fields,
  };
}

/** Stores them; each takes two statements. */
export async function storeCases(db: Database, cases: readonly Consultation[]): Promise<void> {
  await runBatch(
    db,
    cases.flatMap((each) => [db.insert(consultation).values(each), ...storeTopics(db, each, [])]),
  );
}
