/** Counts the rows that D1 reads: what it bills, and what grows with the data. */
import { drizzle } from 'drizzle-orm/d1';
import type { Database } from '../../src/lib/db.ts';

/** Counts what the statements read that went through `db`. */
export interface Meter {
  db: Database;
  binding: D1Database;
  /** Runs the work and answers how many rows its statements read. */
  rowsReadBy(work: () => Promise<unknown>): Promise<number>;
}

/** Single statements are run once more to see what they read, since drizzle keeps D1's own figures to itself; batches tell. */
export function meterOf(binding: D1Database): Meter {
  let isCounting = false;
  let rows = 0;
  const again: [string, unknown[]][] = [];
  const watched = new Proxy(binding, {
    get(target, name) {
      if (name !== 'batch') return Reflect.get(target, name);
      return async (statements: D1PreparedStatement[]) => {
        const results = await target.batch(statements);
        for (const { meta } of results) rows += meta.rows_read;
        return results;
      };
    },
  });
  const logger = {
    logQuery(query: string, params: unknown[]) {
      if (isCounting && /^select/i.test(query)) again.push([query, params]);
    },
  };
  return {
    binding,
    db: drizzle(watched, { casing: 'snake_case', logger }),
    async rowsReadBy(work) {
      rows = 0;
      again.length = 0;
      isCounting = true;
      await work();
      isCounting = false;
      for (const [query, params] of again) {
        const { meta } = await binding
          .prepare(query)
          .bind(...params)
          .all();
        rows += meta.rows_read;
      }
      return rows;
    },
  };
}
