/** The database of a local city or of the deployment, reached through wrangler: one way for both, so that trying one tries the other. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import * as v from 'valibot';
import { killTree } from '../local/process-tree.ts';
import { StartError } from '../local/start-error.ts';
import { ROOT, WRANGLER_ENV } from '../local/state.ts';
import { type Exported, readExport } from './export-reading.ts';
import { makePipe } from './private-folder.ts';

/** The binding of the main database. An index for full-text search lives in a database of its own and is made anew from this one. */
const BINDING = 'DB';
const WRANGLER = path.join(ROOT, 'node_modules', 'wrangler', 'bin', 'wrangler.js');
/** Enough to find the cause; more would only hide it. */
const MAX_CAUSE = 300;

/** Where a database is, and how wrangler finds it. */
export interface Place {
  kind: 'local' | 'remote';
  /** A folder that only its owner may read. */
  folder: string;
  config: string;
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const { pid } of running) if (pid !== undefined) killTree(pid);
});

/**
 * The database of a state folder. `wrangler d1 export` knows no `--persist-to`, it looks beside its configuration: so it is given
 * one that lies beside a link to the state folder.
 */
export async function localPlace(folder: string, state: string): Promise<Place> {
  const config = path.join(folder, 'wrangler.json');
  const { name, compatibility_date, d1_databases } = await deployedConfig();
  writeFileSync(
    config,
    JSON.stringify({
      name,
      compatibility_date,
      d1_databases: d1_databases.filter(({ binding }) => binding === BINDING),
    }),
  );
  mkdirSync(path.join(folder, '.wrangler'));
  symlinkSync(state, path.join(folder, '.wrangler', 'state'), 'junction');
  return { kind: 'local', folder, config };
}

/** @throws {StartError} when wrangler.toml names no database yet */
export async function remotePlace(folder: string): Promise<Place> {
  const database = (await deployedConfig()).d1_databases.find(({ binding }) => binding === BINDING);
  if (!database?.database_id || /^[0-]+$/.test(database.database_id))
    throw new StartError(
      'wrangler.toml に、デプロイ先のデータベース（database_id）がまだ書かれていません。docs/operations.md をご覧ください。',
    );
  return { kind: 'remote', folder, config: path.join(ROOT, 'wrangler.toml') };
}

const ConfigSchema = v.object({
  name: v.string(),
  compatibility_date: v.string(),
  d1_databases: v.array(
    v.object({ binding: v.string(), database_name: v.string(), database_id: v.optional(v.string()) }),
  ),
});

async function deployedConfig() {
  // Not above: it takes a second to load, and a refusal should not take that long.
  const { unstable_readConfig } = await import('wrangler');
  return v.parse(ConfigSchema, unstable_readConfig({ config: path.join(ROOT, 'wrangler.toml') }));
}

/**
 * Everything in the database, as of one moment: wrangler's export lets nobody write meanwhile.
 * @throws {StartError} when wrangler fails, or exports something unknown
 */
export async function exportDatabase(place: Place): Promise<Exported> {
  const file = path.join(place.folder, `${randomUUID()}.sql`);
  const isPipe = makePipe(file);
  const words = ['export', BINDING, '--skip-confirmation', '--output', file];
  if (!isPipe) {
    await wrangler(place, words);
    return readExport(createReadStream(file, 'utf8'));
  }
  // It waits until wrangler opens the pipe's other end, and ends when wrangler closes it.
  const reader = start('cat', [file], place.folder);
  const [sql] = await Promise.all([
    collect(reader.stdout),
    wrangler(place, words).catch((error: unknown) => {
      reader.kill();
      throw error;
    }),
  ]);
  return readExport(sql);
}

/** Applies a file of SQL: all of it or nothing. */
export async function executeFile(place: Place, file: string): Promise<void> {
  await wrangler(place, ['execute', BINDING, '--yes', '--file', file]);
}

const RowsSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.array(v.object({ results: v.array(v.record(v.string(), v.unknown())) })),
  v.transform((answers) => answers.flatMap(({ results }) => results)),
);

/** The rows that one SELECT answers. */
export async function query(place: Place, sql: string): Promise<Record<string, unknown>[]> {
  const output = await wrangler(place, ['execute', BINDING, '--yes', '--json', '--command', sql]);
  return v.parse(RowsSchema, output);
}

/** Answers what wrangler printed. Nothing of it is shown: among it is an address from which anybody can fetch the export for an hour. */
async function wrangler({ kind, folder, config }: Place, words: readonly string[]): Promise<string> {
  const child = start(
    process.execPath,
    [WRANGLER, 'd1', ...words, `--${kind}`, '--config', config],
    kind === 'local' ? folder : ROOT,
  );
  const [output, complaint, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.once('close', resolve)),
  ]);
  if (code === 0) return output;
  if (/virtual table/i.test(output + complaint))
    throw new StartError(
      'データベース DB に全文検索の表（仮想テーブル）があるため、書き出せません。索引は別のデータベース（FAQ_INDEX）に置き、DB からは消してください。',
    );
  throw new StartError(`wrangler がデータベースを扱えませんでした（${causeOf(complaint || output)}）。`);
}

/** wrangler's own sentence, without addresses. */
function causeOf(complaint: string): string {
  const [, cause = complaint] = /\[ERROR\]\s*([\s\S]*)/.exec(complaint) ?? [];
  return cause
    .replace(/https?:\/\/\S+/g, '…')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_CAUSE);
}

function start(command: string, words: readonly string[], cwd: string) {
  const child = spawn(command, words, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Its log files would keep the address of the export.
    env: { ...process.env, ...WRANGLER_ENV, WRANGLER_WRITE_LOGS: 'false', NO_COLOR: '1' },
  });
  running.add(child);
  child.once('close', () => running.delete(child));
  return child;
}

/** The whole text, cut where it was cut on its way; handed on only when wrangler has said that all went well. */
async function collect(stream: Readable): Promise<string[]> {
  stream.setEncoding('utf8');
  const parts: string[] = [];
  for await (const part of stream) parts.push(String(part));
  return parts;
}
