/** Reads of the city's own deadlines. */
import type { Database } from '../../../lib/db.ts';
import { findCity } from '../data.ts';
import { markOf } from '../settings/rules.ts';
import { type DeadlineTexts, readDeadlineTexts, writeDeadlines } from './schema.ts';

/** The city's own deadlines. Throws when no city file was loaded: then nobody could ask. */
export async function loadDeadlines(db: Database): Promise<DeadlineTexts> {
  const row = await findCity(db);
  if (!row) throw new Error('there is no city');
  return readDeadlineTexts(row.deadlines);
}

/** The mark of these deadlines: what the form showed. */
export function markOfDeadlines(texts: DeadlineTexts): Promise<string> {
  return markOf(writeDeadlines(texts));
}
