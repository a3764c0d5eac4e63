/** What the index has yet to follow: a row, stored in the batch of the change. */
import { sql } from 'drizzle-orm';
import type { Database, Statement } from '../../../../lib/db.ts';
import { faqIndexTask } from '../../tables.ts';

/** The whole index from nothing. */
export const REBUILD = 'all';
export const SYNONYMS = 'synonyms';

/** @param what an entry's id, `SYNONYMS` or `REBUILD`. Whoever stores it calls `scope.wakeIndexer` afterwards. */
export function indexTask(db: Database, what: string, now: Date): Statement {
  return indexTasks(db, [what], now);
}

/** The same for many, as one statement. */
export function indexTasks(db: Database, what: readonly string[], now: Date): Statement {
  return db
    .insert(faqIndexTask)
    .select(sql`SELECT value, ${now.getTime()} FROM json_each(${JSON.stringify(what)}) WHERE true`)
    .onConflictDoUpdate({
      target: faqIndexTask.what,
      set: { at: sql`max(excluded.at, ${faqIndexTask.at} + 1)` },
    });
}
