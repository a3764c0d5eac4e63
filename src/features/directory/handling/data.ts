/** Reads of how the city handles personal data. */
import type { Database } from '../../../lib/db.ts';
import { findCity } from '../data.ts';
import { markOf } from '../settings/rules.ts';
import { type Handling, readRetention } from './schema.ts';

/** What the city set. Throws when no city file was loaded: then nobody could ask. */
export async function loadHandling(db: Database): Promise<Handling> {
  const row = await findCity(db);
  if (!row) throw new Error('there is no city');
  const { individual, operation } = readRetention(row.retention);
  return {
    personalDataEntry: row.personalDataEntry,
    individual,
    operation,
    readingLimit: row.readingLimit ?? undefined,
  };
}

/** The mark of it: what the form showed. */
export function markOfHandling(handling: Handling): Promise<string> {
  const { personalDataEntry, individual, operation, readingLimit } = handling;
  return markOf([personalDataEntry, individual ?? null, operation ?? null, readingLimit ?? null]);
}
