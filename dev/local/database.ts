/** The local D1 databases in a state folder: the main one brought to the latest migration, reached from Node. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import * as v from 'valibot';
import { unstable_readConfig, unstable_splitSqlQuery } from 'wrangler';
import { type Database, openDatabase } from '../../src/lib/db.ts';
import { withPatience } from './patience.ts';
import { ROOT } from './state.ts';

const MIGRATIONS = path.join(ROOT, 'migrations');
/** wrangler's own record, so that its commands see the same database: https://developers.cloudflare.com/d1/reference/migrations/ */
const APPLIED = `CREATE TABLE IF NOT EXISTS "d1_migrations"(
		id         INTEGER PRIMARY KEY AUTOINCREMENT,
		name       TEXT UNIQUE,
		applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)`;

/** Opens the local database, migrates it if needed and hands it to `work`, with the index of the FAQ. */
export async function withLocalDatabase<Value>(
  state: string,
  work: (db: Database, faqIndex: D1Database) => Promise<Value>,
): Promise<Value> {
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script: 'export default {}',
      d1Databases: databaseIds(),
      resourcePersistencePath: path.join(state, 'v3'),
    }),
  );
  try {
    const binding = await miniflare.getD1Database('DB');
    await withPatience(() => migrate(binding));
    return await work(openDatabase(binding), await miniflare.getD1Database('FAQ_INDEX'));
  } finally {
    await miniflare.dispose();
  }
}

const Config = v.object({
  d1_databases: v.array(v.object({ binding: v.string(), database_id: v.string() })),
});

/** wrangler names the local files after the ids: both must open the same ones. */
function databaseIds(): Record<string, string> {
  const { d1_databases } = v.parse(Config, unstable_readConfig({ config: path.join(ROOT, 'wrangler.toml') }));
  return Object.fromEntries(d1_databases.map(({ binding, database_id }) => [binding, database_id]));
}

/** What `wrangler d1 migrations apply` does; that starts a runtime for each migration, which takes ten times as long. */
async function migrate(binding: D1Database): Promise<void> {
  await binding.prepare(APPLIED).run();
  const { results } = await binding.prepare('SELECT name FROM d1_migrations').all<{ name: string }>();
  const applied = new Set(results.map(({ name }) => name));
  const names = readdirSync(MIGRATIONS).filter((name) => name.endsWith('.sql') && !applied.has(name));
  for (const name of names.sort()) {
    const statements = unstable_splitSqlQuery(readFileSync(path.join(MIGRATIONS, name), 'utf8'));
    await binding.batch([
      ...statements.map((statement) => binding.prepare(statement)),
      binding.prepare('INSERT INTO d1_migrations (name) VALUES (?)').bind(name),
    ]);
  }
}
