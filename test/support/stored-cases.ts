/** Cases put into the database as they stand, for tests of lists: far more, and older, than could be sent one by one. */
import type { Consultation } from '../../src/features/consultation/data.ts';
import { storeTopics } from '../../src/features/consultation/listing/mutations.ts';
import { newConsultation } from '../../src/features/consultation/sending/rules.ts';
import { consultation } from '../../src/features/consultation/tables.ts';
import { type Database, runBatch } from '../../src/lib/db.ts';
import { PEOPLE } from './small-city.ts';

let made = 0;

/** A case of 東, sent by 佐藤 花子 now and accepted by nobody, but for what is said otherwise. */
export function aCase(fields: Partial<Consultation> = {}): Consultation {
  made += 1;
  const arrived = newConsultation(
    {
      id: crypto.randomUUID(),
      reference: `T1-${String(made).padStart(4, '0')}`,
      kind: 'operation',
      urgency: 'normal',
      topics: [],
      supports: [],
      desiredOn: null,
      sendingCenter: 'east',
      sender: PEOPLE.hanako,
    },
    new Date(),
  );
  return { ...arrived, status: 'active', ...fields };
}

/** Stores them; each takes two statements. */
export async function storeCases(db: Database, cases: readonly Consultation[]): Promise<void> {
  await runBatch(
    db,
    cases.flatMap((each) => [db.insert(consultation).values(each), ...storeTopics(db, each, [])]),
  );
}
