/** `npm run backup` and `npm run restore` as an operator sees them, on a local city with every kind of row. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newBackupKey } from '../../dev/backup/backup-key.ts';
import { readCityFile } from '../../dev/local/city-loading.ts';
import { withLocalDatabase } from '../../dev/local/database.ts';
import { importCity } from '../../src/features/directory/mutations.ts';
import { takeOverHandedOver } from '../../src/features/faq/exchange/handing-over/mutations.ts';
import type { Database } from '../../src/lib/db.ts';
import { parseDataKeys } from '../../src/lib/env.ts';
import { closeEndedDays } from '../../src/vault/audit-digest.ts';
import { KeyRing, type Sealed, type WrappedKey } from '../../src/vault/key-ring.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const RUN = path.join(ROOT, 'dev/run.mjs');
const CITY = path.join(ROOT, 'dev/demo/city.json');
/** Each command starts wrangler up to three times, each of them taking 2 s on a quiet machine. */
const WITHIN_MS = 120_000;
const CANARY = 'canary-in-plain-sight';
/** A restore writes them in several statements. */
const ROWS = 1_200;

const folder = mkdtempSync(path.join(os.tmpdir(), 'kikan-backup-test-'));
const city = path.join(folder, 'city');
const migrated = path.join(folder, 'migrated');
const backup = path.join(folder, 'city.kikan-backup');
const restored = path.join(folder, 'restored');
const scratch = path.join(folder, 'tmp');
const key = newBackupKey('b1');
const dataKey = newBackupKey('k1');
/** Made for this test, as the rows that it opens. */
const caseId = 'case-of-this-test';
const place = { table: 'consultation_content', column: 'body', row: caseId, center: 'east' };

interface Run {
  child: ChildProcess;
  output(): string;
  ended: Promise<number | null>;
}

/** Starts a command in a process group of its own; what it keeps for a while goes into `scratch`. */
function start(words: string[], environment: Record<string, string | undefined> = {}): Run {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [RUN, ...words], {
    detached: true,
    cwd: folder,
    env: {
      PATH,
      HOME,
      TMPDIR: scratch,
      KIKAN_STATE: city,
      BACKUP_KEY: key,
      DATA_KEYS: dataKey,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  return {
    child,
    output: () => output,
    ended: new Promise((resolve) => child.once('close', (code) => resolve(code))),
  };
}

async function run(words: string[], environment: Record<string, string | undefined> = {}) {
  const { output, ended } = start(words, environment);
  const code = await ended;
  return { code, output: output() };
}

/** What a refused command says: one sentence, and nothing of its inner life. */
async function refusalOf(words: string[], environment: Record<string, string | undefined> = {}) {
  const { code, output } = await run(words, environment);
  expect(code, output).toBe(1);
  expect(output).not.toMatch(/^\s+at /m);
  expect(output.trim()).toMatch(/。$/);
  return output.trim();
}

/** Reads a database's own file, by SQLite itself: neither wrangler nor D1 has a hand in it. */
function rowsIn(state: string, query: string): Record<string, unknown>[] {
  const files = path.join(state, 'v3', 'd1', 'miniflare-D1DatabaseObject');
  const [file, ...more] = standing(() => readdirSync(files), []).filter((name) =>
    /^[0-9a-f]+\.sqlite$/.test(name),
  );
  if (file === undefined) return [];
  expect(more).toEqual([]);
  const database = new DatabaseSync(path.join(files, file));
  try {
    return database.prepare(query).all();
  } finally {
    database.close();
  }
}

/** Everything in a database: each table's rows as they are stored, types included, and the schema. */
function everything(state: string) {
  const schema = rowsIn(
    state,
    "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE '\\_cf\\_%' ESCAPE '\\' ORDER BY type, name",
  );
  const names = schema
    .filter(({ type }) => type === 'table')
    .map(({ name }) => String(name))
    // What a restore adds: the index of the FAQ is built anew.
    .filter((name) => !name.startsWith('sqlite_stat') && name !== 'faq_index_task');
  const tables = new Map(names.map((name) => [name, contentOf(state, name)]));
  return { tables, schema };
}

function contentOf(state: string, table: string): unknown[] {
  const values = rowsIn(state, `SELECT name FROM pragma_table_info('${table}')`).map(
    ({ name }) =>
      `typeof("${name}") || ' ' || CASE typeof("${name}") WHEN 'real' THEN printf('%!.17g', "${name}") ELSE hex("${name}") END`,
  );
  const rows = rowsIn(state, `SELECT ${values.join(" || ' ' || ")} AS content FROM "${table}"`);
  return rows.map(({ content }) => content).toSorted();
}

/** Files below a folder that hold a text, whatever their names. */
function filesWith(text: string, below: string): string[] {
  return (
    standing(() => readdirSync(below, { withFileTypes: true }), [])
      // A link to the city, which wrangler is shown; removing the folder removes the link alone.
      .filter(({ name }) => name !== '.wrangler')
      .flatMap((entry) => {
        const at = path.join(below, entry.name);
        if (entry.isDirectory()) return filesWith(text, at);
        return entry.isFile() && standing(() => readFileSync(at).includes(text), false) ? [at] : [];
      })
  );
}

/** Wrangler's own folders and journals come and go: what is gone again holds nothing. */
function standing<Found>(look: () => Found, nothing: Found): Found {
  try {
    return look();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return nothing;
    throw error;
  }
}

function livingMembersOf(group: number | undefined): string[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pgid=,stat=,args='], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => new RegExp(`^\\s*${group}\\s+[^Z]`).test(line));
}

async function waitUntil(isSo: () => boolean, ms = WITHIN_MS): Promise<void> {
  const end = Date.now() + ms;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain`);
    await sleep(50);
  }
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}

/** Migrating takes longer than all else: done once, then copied. */
async function fill(state: string, work: (db: Database) => Promise<void>): Promise<void> {
  if (!existsSync(migrated)) await withLocalDatabase(migrated, async () => undefined);
  cpSync(migrated, state, { recursive: true });
  await withLocalDatabase(state, work);
}

async function seed(db: Database): Promise<void> {
  const now = new Date('2026-11-20T03:00:00Z');
  const faq = [{ question: '鍵が開かないときは', answer: '警察に立会いを頼みます。' }];
  await importCity(db, { ...readCityFile(CITY), faq }, 'command', now);
  await fillFaq(db, now);
  await closeEndedDays(db, '2026-11-22', new Date('2026-11-22T00:00:00Z'));
  await db.run(sql`CREATE TABLE a_child (id INTEGER PRIMARY KEY, parent TEXT REFERENCES z_parent(id))`);
  await db.run(sql`CREATE TABLE z_parent (id TEXT PRIMARY KEY, other TEXT REFERENCES z_parent(id))`);
  await db.run(sql`CREATE VIEW odd_view AS SELECT id FROM odd`);
  await db.run(
    sql`CREATE TABLE odd (id INTEGER PRIMARY KEY AUTOINCREMENT, t TEXT, b BLOB, r REAL, n INTEGER, x)`,
  );
  await db.run(
    sql`CREATE TRIGGER odd_no_update BEFORE UPDATE ON odd BEGIN SELECT RAISE(ABORT, 'no; never'); END`,
  );
  await db.run(sql`INSERT INTO z_parent VALUES ('one', 'two'), ('two', 'one')`);
  await db.run(sql`INSERT INTO a_child VALUES (1, 'two'), (2, NULL)`);
  const long = `長い文 🙂 '引用'\n${'あ'.repeat(500_000)}`;
  const texts: (string | null)[] = [
    '',
    null,
    CANARY,
    "it's",
    '"',
    '\\n',
    'a\nb',
    'a\r\nb\\n',
    'a\nb\\r',
    '\\\\server\\new\nfile',
    '\\\\server\new\nfile',
    'a\0b',
    '\0',
    '\u2028\u2029\u0085\ufeff',
    '👨‍👩‍👧‍👦𠮷髙﨑',
    '--',
    '/*',
    ';',
    'BEGIN TRANSACTION;',
    'x COMMIT; y',
    'NULL',
    '123',
    long,
  ];
  for (const text of texts) await db.run(sql`INSERT INTO odd (t, x) VALUES (${text}, ${text})`);
  const blobs = [new Uint8Array(), new Uint8Array([0, 255, 10, 39]), new Uint8Array(200_000).fill(7)];
  for (const blob of blobs) await db.run(sql`INSERT INTO odd (b) VALUES (${blob})`);
  for (const number of [0, -1, 1.5, 1e300, 9007199254740991, -0.1])
    await db.run(sql`INSERT INTO odd (r, n) VALUES (${number}, ${number})`);
  await db.run(sql`INSERT INTO odd (r) VALUES (9e999), (-9e999)`);
  await db.run(sql`INSERT INTO odd (t) VALUES ('gone')`);
  await db.run(sql`DELETE FROM odd WHERE t = 'gone'`);
  await db.run(
    sql`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${ROWS})
        INSERT INTO digest (person, digest_on, sent_at) SELECT 'U' || i, '2026-11-20', i FROM n`,
  );
  await sealCase(db);
}

/** The index of the FAQ stands in a database of its own: this one can be exported with the FAQ in it. */
async function fillFaq(db: Database, now: Date): Promise<void> {
  const keys = parseDataKeys(dataKey);
  if (typeof keys === 'string') throw new Error(keys);
  await takeOverHandedOver({
    db,
    settings: { DATA_KEYS: keys },
    now,
    origin: { surface: 'command' },
    wakeIndexer: () => undefined,
  });
}

async function sealCase(db: Database): Promise<void> {
  const { caseKey, row } = await (await ringOf()).createCaseKey(caseId);
  const body = await caseKey.seal(place, '相談の本文');
  await db.run(
    sql`INSERT INTO case_key (case_id, key_id, wrapped) VALUES (${row.caseId}, ${row.keyId}, ${row.wrapped})`,
  );
  await db.run(sql`CREATE TABLE sealed (id TEXT PRIMARY KEY, body TEXT CHECK (body GLOB 'v1.*.*.*'))`);
  await db.run(sql`INSERT INTO sealed VALUES (${caseId}, ${body})`);
}

function ringOf(): Promise<KeyRing> {
  return KeyRing.from([{ id: 'k1', bytes: Uint8Array.from(Buffer.from(dataKey.slice(3), 'base64')) }]);
}

/** Runs a command and looks meanwhile for files beside the city that hold its plain text. */
async function watch(words: string[], environment: Record<string, string | undefined> = {}) {
  const command = start(words, environment);
  const seen: string[] = [];
  while (command.child.exitCode === null) {
    seen.push(...filesWith(CANARY, scratch));
    await sleep(50);
  }
  return { code: await command.ended, output: command.output(), seen };
}

/** Files with plain text, by the command that made them. */
const inPlain = new Map<string, string[]>();

beforeAll(async () => {
  mkdirSync(scratch);
  await fill(city, seed);
  const { code, output, seen } = await watch(['backup', '--out', backup]);
  expect(code, output).toBe(0);
  inPlain.set('backup', seen);
}, WITHIN_MS);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a backup', { timeout: WITHIN_MS }, () => {
  it('is one encrypted file; nothing else is left', () => {
    expect(filesWith(CANARY, folder).filter((file) => !file.startsWith(`${city}${path.sep}`))).toEqual([]);
    expect(readdirSync(scratch).filter((name) => name.startsWith('kikan'))).toEqual([]);
    expect(readdirSync(folder).toSorted()).toEqual(['city', 'city.kikan-backup', 'migrated', 'tmp']);
  });

  it('is checked by verify, which prints its time, tables, rows and the last digest of the audit log', async () => {
    const { code, output } = await run(['backup', 'verify', backup], { KIKAN_STATE: '/dev/null' });
    expect(code, output).toBe(0);
    expect(output).toMatch(/取得した時刻: \d{4}年/);
    expect(output).toContain(`digest: ${ROWS}`);
    expect(output).not.toContain('注意');
    const [last] = rowsIn(city, 'SELECT day, digest FROM audit_digest ORDER BY day DESC LIMIT 1');
    expect(output).toMatch(new RegExp(`締め: ${last?.day}（.*${last?.digest}`));
  });

  it('restores into an empty city: every row of every table, the schema, and what it opens', async () => {
    const { code, output, seen } = await watch(['restore', backup], { KIKAN_STATE: restored });
    expect(code, output).toBe(0);
    inPlain.set('restore', seen);
    expect(output).toMatch(/一致しました。/);
    expect(output).toMatch(/その間 \d+分/);
    expect(output).toContain('消去');
    const [before, after] = [everything(city), everything(restored)];
    expect([...after.tables.keys()]).toEqual([...before.tables.keys()]);
    for (const [name, rows] of before.tables) expect(after.tables.get(name), name).toEqual(rows);
    expect(before.tables.get('faq_entry')?.length).toBeGreaterThan(0);
    // Its index is built anew.
    expect(rowsIn(restored, "SELECT what FROM faq_index_task WHERE what = 'all'")).toHaveLength(1);
    expect(after.schema).toEqual(before.schema);
    expect(before.tables.get('digest')).toHaveLength(ROWS);
    expect(before.tables.get('odd')?.length).toBeGreaterThan(30);
    await withLocalDatabase(restored, async (db) => {
      const row = await db.get<WrappedKey & { body: Sealed }>(
        sql`SELECT case_id AS "caseId", key_id AS "keyId", wrapped, body FROM case_key JOIN sealed ON id = case_id`,
      );
      const caseKey = await (await ringOf()).openCaseKey(row);
      expect(await caseKey.open(place, row.body)).toBe('相談の本文');
      await expect(Promise.resolve(db.run(sql`UPDATE audit_entry SET actor = 'x'`))).rejects.toThrow();
      await db.run(sql`INSERT INTO odd (t) VALUES ('next')`);
    });
    const [next, highest] = rowsIn(restored, 'SELECT id FROM odd ORDER BY id DESC LIMIT 2');
    expect(Number(next?.id)).toBe(Number(highest?.id) + 2);
  });

  it.skipIf(process.platform !== 'linux')(
    'is at no moment plain text in a file, nor is what is restored, so that even a killed command leaves none',
    () => {
      expect(Object.fromEntries(inPlain)).toEqual({ backup: [], restore: [] });
    },
  );

  it('lets the Worker run on what was restored', async () => {
    const port = await freePort();
    const worker = start(['worker'], {
      KIKAN_STATE: restored,
      PORT: String(port),
      SLACK_API_URL: 'http://127.0.0.1:1/api/',
      SLACK_BOT_TOKEN: 'xoxb-local',
      SLACK_SIGNING_SECRET: 'secret-of-this-test',
      PUBLIC_URL: `http://127.0.0.1:${port}`,
    });
    await waitUntil(() => worker.output().includes('kikan ready') || worker.child.exitCode !== null);
    const health = await fetch(`http://127.0.0.1:${port}/healthz`);
    expect(await health.json(), worker.output()).toMatchObject({ ok: true });
    worker.child.kill('SIGTERM');
    await worker.ended;
  });
});

describe('refused is', { timeout: WITHIN_MS }, () => {
  it('a city that holds anything', async () => {
    const before = everything(city);
    expect(await refusalOf(['restore', backup])).toContain('空ではありません');
    expect(everything(city)).toEqual(before);
  });

  it('a file that was changed, before anything is touched', async () => {
    const changed = path.join(folder, 'changed.kikan-backup');
    const bytes = readFileSync(backup);
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    writeFileSync(changed, bytes);
    const state = path.join(folder, 'untouched');
    expect(await refusalOf(['restore', changed], { KIKAN_STATE: state })).toContain('壊れているか');
    expect(await refusalOf(['backup', 'verify', changed])).toContain('壊れているか');
    expect(existsSync(state)).toBe(false);
  });

  it('another key', async () => {
    const state = path.join(folder, 'untouched');
    const other = { KIKAN_STATE: state, BACKUP_KEY: newBackupKey('b1') };
    expect(await refusalOf(['restore', backup], other)).toContain('BACKUP_KEY の中身が違うか');
    expect(await refusalOf(['restore', backup], { ...other, BACKUP_KEY: newBackupKey('b2') })).toContain(
      '鍵 b1 ',
    );
    expect(existsSync(state)).toBe(false);
  });

  it.each([
    ['no key', { BACKUP_KEY: undefined }, 'BACKUP_KEY がありません'],
    ['a key that opens cases', { BACKUP_KEY: dataKey }, 'DATA_KEYS の鍵は使えません'],
    [
      'a city that does not exist',
      { KIKAN_STATE: path.join(folder, 'none') },
      'まだデータベースがありません',
    ],
  ])('a backup with %s', async (_, environment, sentence) => {
    const out = path.join(folder, 'refused.kikan-backup');
    expect(await refusalOf(['backup', '--out', out], environment)).toContain(sentence);
    expect(existsSync(out)).toBe(false);
  });

  it.each([
    ['a file that is there already', ['backup', '--out', backup], 'もうあります'],
    ['a folder that does not exist', ['backup', '--out', path.join(folder, 'no/where')], '書き込めません'],
    ['no file to restore from', ['restore', path.join(folder, 'no file')], '読めません'],
    ['a deployment that there is not yet', ['backup', '--remote'], 'database_id'],
    [
      'a restore into a deployment that there is not yet',
      ['restore', backup, '--remote', '--yes'],
      'database_id',
    ],
  ])('%s', async (_, words, sentence) => {
    expect(await refusalOf(words)).toContain(sentence);
  });

  it.each([[['backup', 'everything']], [['restore']]])('%j, with the usage', async (words) => {
    const { code, output } = await run(words);
    expect(code).toBe(1);
    expect(output).toMatch(/^使い方: npm run (backup|restore)/);
  });

  it('a database with an index for full-text search, which wrangler cannot export', async () => {
    const state = path.join(folder, 'indexed');
    await fill(state, async (db) => {
      await db.run(sql`CREATE VIRTUAL TABLE faq_text USING fts5 (body)`);
    });
    const out = path.join(folder, 'indexed.kikan-backup');
    expect(await refusalOf(['backup', '--out', out], { KIKAN_STATE: state })).toContain('FAQ_INDEX');
    expect(existsSync(out)).toBe(false);
  });
});

describe('a log that was changed', { timeout: WITHIN_MS }, () => {
  const forged = path.join(folder, 'forged.kikan-backup');

  it('is backed up all the same, with a warning', async () => {
    const state = path.join(folder, 'forged');
    await fill(state, async (db) => {
      await importCity(db, readCityFile(CITY), 'command', new Date('2026-11-20T03:00:00Z'));
      await closeEndedDays(db, '2026-11-22', new Date('2026-11-22T00:00:00Z'));
      await db.run(sql`DROP TRIGGER audit_entry_no_update`);
      await db.run(sql`UPDATE audit_entry SET actor = 'somebody else'`);
    });
    const { code, output } = await run(['backup', '--out', forged], { KIKAN_STATE: state });
    expect(code, output).toBe(0);
    expect(output).toMatch(/注意: .*2026-11-20/);
  });

  it('is restored as it was, also into a city that was migrated already', async () => {
    const state = path.join(folder, 'empty');
    cpSync(migrated, state, { recursive: true });
    const { code, output } = await run(['restore', forged], { KIKAN_STATE: state });
    expect(code, output).toBe(0);
    expect(output).toMatch(/注意: .*2026-11-20/);
    expect(everything(state)).toEqual(everything(path.join(folder, 'forged')));
  });
});

/** What a command has put beside the city for a while. */
const traces = () => readdirSync(scratch).filter((name) => name.startsWith('kikan-backup-'));
/** Whether wrangler is at it now. */
const isAt = ({ child }: Run, action: string) =>
  livingMembersOf(child.pid).some((line) => line.includes(`d1 ${action}`));

describe('interrupted', { timeout: WITHIN_MS }, () => {
  it('by SIGTERM, a backup leaves nothing behind and ends with 1', async () => {
    const command = start(['backup', '--out', path.join(folder, 'ended.kikan-backup')]);
    await waitUntil(() => isAt(command, 'export'));
    command.child.kill('SIGTERM');
    expect(await command.ended, command.output()).toBe(1);
    expect(command.output()).toContain('中断しました');
    expect(traces()).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.startsWith('ended'))).toEqual([]);
    await waitUntil(() => livingMembersOf(command.child.pid).length === 0);
  });

  it('by SIGTERM, a restore leaves nothing behind and the city either empty or whole', async () => {
    const state = path.join(folder, 'half');
    const command = start(['restore', backup], { KIKAN_STATE: state });
    await waitUntil(() => isAt(command, 'execute'));
    command.child.kill('SIGTERM');
    expect(await command.ended, command.output()).toBe(1);
    expect(traces()).toEqual([]);
    const { tables } = everything(state);
    expect([undefined, 0, ROWS]).toContain(tables.get('digest')?.length);
  });
});
