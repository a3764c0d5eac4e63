/** Every migration works on an empty database and on one with rows from before it. */
import { applyD1Migrations, reset } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, describe, expect, test } from 'vitest';

afterEach(() => reset());

/** One text that fits every text column: as a key it makes all references meet, as a sealed value it passes the checks. */
const ANY_TEXT = 'v1.a.b.c';

/** Migrations bring rows of their own to these, beside those that are there. */
const BEGUN = new Set(['faq_synonym_group']);

async function tablesOf(db: D1Database): Promise<string[]> {
  const { results } = await db
    .prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%' AND name <> 'd1_migrations'",
    )
    .all<{ name: string }>();
  return results.map(({ name }) => name);
}

/** How many rows each table has. */
async function countRows(db: D1Database): Promise<Map<string, number>> {
  const counts = (await tablesOf(db)).map(async (table) => {
    const count = await db.prepare(`SELECT count(*) AS n FROM "${table}"`).first<number>('n');
    return [table, count ?? 0] as const;
  });
  return new Map(await Promise.all(counts));
}

/** Puts one row into every table that has none. */
async function populate(db: D1Database): Promise<void> {
  const empty = [...(await countRows(db))].filter(([, count]) => count === 0);
  const inserts = await Promise.all(
    empty.map(async ([table]) => {
      const { results } = await db
        .prepare(`PRAGMA table_info("${table}")`)
        .all<{ name: string; type: string }>();
      const values = results.map(({ type }) => (type.toUpperCase() === 'INTEGER' ? '1' : `'${ANY_TEXT}'`));
      return db.prepare(`INSERT INTO "${table}" VALUES (${values.join(', ')})`);
    }),
  );
  await db.batch([db.prepare('PRAGMA defer_foreign_keys = on'), ...inserts]);
}

describe('the migrations', () => {
  test('apply to an empty database', async () => {
    await applyD1Migrations(env.DB, env.MIGRATIONS);
    expect((await tablesOf(env.DB)).length).toBeGreaterThan(10);
    await applyD1Migrations(env.DB, env.MIGRATIONS);
  });

  test.each(env.MIGRATIONS.map(({ name }, i) => [name, i] as const))(
    'from %s on apply to a database with rows, and keep them',
    async (_, index) => {
      await applyD1Migrations(env.DB, env.MIGRATIONS.slice(0, index + 1));
      await populate(env.DB);
      const before = await countRows(env.DB);
      await applyD1Migrations(env.DB, env.MIGRATIONS);
      const after = await countRows(env.DB);
      for (const [table, count] of before) {
        const more = (after.get(table) ?? 0) - count;
        if (BEGUN.has(table)) expect(more, table).toBeGreaterThanOrEqual(0);
        else expect(more, table).toBe(0);
      }
      expect((await env.DB.prepare('PRAGMA foreign_key_check').all()).results).toEqual([]);
    },
  );
});
