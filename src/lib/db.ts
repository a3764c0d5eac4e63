/** The main database, as drizzle sees it. Only `data.ts`, `mutations.ts`, `jobs.ts` and the tables' own modules query it. */
import { type DrizzleD1Database, drizzle } from 'drizzle-orm/d1';

export type Database = DrizzleD1Database;

/** A statement that can stand in a `db.batch`: what changes state, its audit entry and its outbox entries go in one. */
export type Statement = Parameters<Database['batch']>[0][number];

const opened = new WeakMap<D1Database, Database>();

/** Once a binding: drizzle remembers the columns' names, and that memory is worth keeping from request to request. */
export function openDatabase(binding: D1Database): Database {
  const known = opened.get(binding);
  if (known) return known;
  const db = drizzle(binding, { casing: 'snake_case' });
  opened.set(binding, db);
  return db;
}

/** Runs statements as one transaction, in order: all or none. */
export async function runBatch(db: Database, statements: readonly Statement[]): Promise<void> {
  const [first, ...rest] = statements;
  if (first) await db.batch([first, ...rest]);
}

/** True when an error's text says that a UNIQUE constraint refused the write: somebody else was first. */
export function isUniqueViolation(error: unknown): boolean {
  return says(error, 'UNIQUE constraint failed');
}

/** True when a column that must have a value got none: what a write was to belong to was not there any more. */
export function isMissingValue(error: unknown, column: `${string}.${string}`): boolean {
  return says(error, `NOT NULL constraint failed: ${column}`);
}

function says(error: unknown, words: string): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause.message.includes(words)) return true;
  }
  return false;
}
