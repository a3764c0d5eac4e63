/** The rigs' databases: filled alike, and compared after both Workers did the same work. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { importCity } from '../../src/features/directory/mutations.ts';
import type { CityFile } from '../../src/features/directory/schema.ts';
import { openDatabase } from '../../src/lib/db.ts';
import { slackAccount, slackWorkspace } from '../../src/slack/tables.ts';
import { readCityFile } from '../local/city-loading.ts';
import { ROOT } from '../local/state.ts';
import type { SampleRows } from './bare-statements.ts';
import { PERSON, TEAM_ID } from './requests.ts';
import type { Row } from './row.ts';

/** The tables that one consultation writes. */
const WRITTEN_TABLES = [
  'reference_number',
  'audit_entry',
  'consultation',
  'case_key',
  'consultation_content',
  'outbox',
  'deadline',
  'consultation_topic',
  'subject_token',
] as const;

/** The product's migrations, the demo city, and what Slack has said of workspace and person: the steady state of a used bot. */
export async function fill(binding: D1Database): Promise<void> {
  const now = new Date();
  await found(binding, readCityFile(path.join(ROOT, 'dev', 'demo', 'city.json')), now);
  await openDatabase(binding)
    .insert(slackAccount)
    .values({ slackUserId: PERSON, isGuest: false, checkedAt: now });
}

/** The product's migrations and a city whose workspace is known, but none of its people. */
export async function found(binding: D1Database, city: CityFile, now: Date): Promise<void> {
  const folder = path.join(ROOT, 'migrations');
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()) {
    const statements = readFileSync(path.join(folder, file), 'utf8').split('--> statement-breakpoint');
    await binding.batch(statements.map((statement) => binding.prepare(statement)));
  }
  const db = openDatabase(binding);
  await importCity(db, city, 'command', now);
  await db.insert(slackWorkspace).values({ id: 1, teamId: TEAM_ID, botUserId: 'U0KIKANBOT' });
}

/** What `work` adds to the tables that a consultation writes. */
export async function rowsWrittenBy(db: D1Database, work: () => Promise<void>): Promise<SampleRows> {
  const before = await readTables(db);
  await work();
  const after = await readTables(db);
  return Object.fromEntries(
    WRITTEN_TABLES.map((table) => [table, (after[table] ?? []).slice(before[table]?.length ?? 0)]),
  );
}

async function readTables(db: D1Database): Promise<SampleRows> {
  const results = await db.batch<Row>(
    WRITTEN_TABLES.map((table) => db.prepare(`SELECT * FROM ${table} ORDER BY rowid`)),
  );
  return Object.fromEntries(WRITTEN_TABLES.map((table, i) => [table, results[i]?.results ?? []]));
}

/**
 * Guards the comparison itself: should the product's statements change, the bare ones must follow.
 * @throws when a table got another number of rows, or rows of another size (5 % are allowed)
 */
export function compareRows(product: SampleRows, bare: SampleRows): void {
  for (const table of WRITTEN_TABLES) {
    const [wanted, found] = [product[table] ?? [], bare[table] ?? []];
    if (wanted.length === 0 || wanted.length !== found.length)
      throw new Error(`${table}: the product wrote ${wanted.length} rows, the bare Worker ${found.length}`);
    const [wantedSize, foundSize] = [JSON.stringify(wanted).length, JSON.stringify(found).length];
    if (Math.abs(wantedSize - foundSize) > wantedSize * 0.05)
      throw new Error(`${table}: the product wrote ${wantedSize} characters, the bare Worker ${foundSize}`);
  }
}
