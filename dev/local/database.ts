/** The local D1 database in a state folder: brought to the latest migration, reached from Node. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { unstable_readConfig } from 'wrangler';
import { type Database, openDatabase } from '../../src/lib/db.ts';
import { ROOT, WRANGLER_ENV } from './state.ts';

/** Opens the local database, migrates it if needed and hands it to `work`. */
export async function withLocalDatabase<Value>(
  state: string,
  work: (db: Database) => Promise<Value>,
): Promise<Value> {
  // Opened anew after it: migrating blocks this process for seconds, in which the connection is lost.
  if (!(await withBinding(state, isMigrated))) migrate(state);
  return withBinding(state, (binding) => work(openDatabase(binding)));
}

async function withBinding<Value>(
  state: string,
  work: (binding: D1Database) => Promise<Value>,
): Promise<Value> {
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script: 'export default {}',
      d1Databases: { DB: databaseId() },
      resourcePersistencePath: path.join(state, 'v3'),
    }),
  );
  try {
    return await work(await miniflare.getD1Database('DB'));
  } finally {
    await miniflare.dispose();
  }
}

/** wrangler names the local file after the id: both must open the same one. */
function databaseId(): string {
  const [database] = unstable_readConfig({ config: path.join(ROOT, 'wrangler.toml') }).d1_databases;
  if (!database?.database_id) throw new Error('wrangler.toml names no database');
  return database.database_id;
}

async function isMigrated(binding: D1Database): Promise<boolean> {
  const wanted = readdirSync(path.join(ROOT, 'migrations')).filter((name) => name.endsWith('.sql'));
  const table = await binding.prepare("SELECT 1 FROM sqlite_master WHERE name = 'd1_migrations'").first();
  if (!table) return false;
  const { results } = await binding.prepare('SELECT name FROM d1_migrations').all<{ name: string }>();
  return wanted.every((name) => results.some((row) => row.name === name));
}

function migrate(state: string): void {
  const wrangler = path.join(ROOT, 'node_modules', 'wrangler', 'bin', 'wrangler.js');
  if (!existsSync(wrangler)) throw new Error('wrangler is not installed');
  const run = spawnSync(
    process.execPath,
    [wrangler, 'd1', 'migrations', 'apply', 'DB', '--local', '--persist-to', state],
    {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, ...WRANGLER_ENV },
    },
  );
  if (run.status !== 0) throw new Error(`the migrations failed:\n${run.stdout}${run.stderr}`);
}
