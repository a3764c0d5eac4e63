/** `npm run keys` as an operator sees it: what it says of each key, and when a key may go. Keys themselves are never shown. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newDataKey } from '../../dev/local/data-keys.ts';
import { withLocalDatabase } from '../../dev/local/database.ts';
import { KeyRing } from '../../src/vault/key-ring.ts';
import { caseKey } from '../../src/vault/tables.ts';

const RUN = path.resolve(import.meta.dirname, '../../dev/run.mjs');
const folder = mkdtempSync(path.join(os.tmpdir(), 'kikan-keys-'));
const state = path.join(folder, 'state');
const [older, newest, unused] = [newDataKey('k2025'), newDataKey('k2026'), newDataKey('spare')];

function keys(words: string, environment: Record<string, string> = {}) {
  const run = spawnSync(process.execPath, [RUN, 'keys', ...words.split(' ')], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: process.env.HOME, KIKAN_STATE: state, ...environment },
  });
  const output = run.stdout + run.stderr;
  for (const secret of [older, newest, unused]) expect(output).not.toContain(secret.split(':')[1]);
  return { status: run.status, said: run.stdout.trim(), refused: run.stderr.trim() };
}

beforeAll(async () => {
  await withLocalDatabase(state, async (db) => {
    const rowsOf = async (id: string, ...cases: string[]) => {
      const ring = await KeyRing.from([{ id, bytes: new Uint8Array(32) }]);
      return Promise.all(cases.map(async (each) => (await ring.createCaseKey(each)).row));
    };
    await db.insert(caseKey).values(await rowsOf('k2025', 'case-1', 'case-2', 'house:templates'));
    await db.insert(caseKey).values(await rowsOf('k2026', 'case-3'));
  });
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a new key stands alone on the last line; the name is the one that was asked for', () => {
  const { status, said } = keys('new k2027');
  expect([status, said.split('\n').at(-1)]).toEqual([0, expect.stringMatching(/^k2027:[\w+/]{43}=$/)]);
  expect(said).toContain('末尾');
});

test.each([
  ['new K2027', {}, '半角'],
  ['new k2026', { DATA_KEYS: newest }, '「k2026」がもうあります'],
  ['renew', {}, '使い方'],
  ['retire', {}, '使い方'],
  ['status k2025', {}, '使い方'],
  ['status', { KIKAN_STATE: path.join(folder, 'nobody') }, 'まだ市がありません'],
  ['status', { DATA_KEYS: `${newest} ${older.split(':')[1]}` }, 'DATA_KEYS の2番目'],
] as const)('%s %o is refused with a sentence', (words, environment, sentence) => {
  const { status, said, refused } = keys(words, environment);
  expect([status, said]).toEqual([1, '']);
  expect(refused).toContain(sentence);
});

test('the status names each key with its count, whether DATA_KEYS has it, and which one is active', () => {
  const lines = keys('status', { DATA_KEYS: `${newest},${unused}` }).said.split('\n');
  expect(lines).toEqual([
    expect.stringMatching(/^k2026 {2}記録1件 .*先頭/),
    expect.stringMatching(/^spare {2}記録0件 .*取り除けます/),
    expect.stringMatching(/^k2025 {2}記録3件（うち市全体の鍵1件） .*DATA_KEYS にありません/),
  ]);
});

test('without DATA_KEYS in the environment, the keys of the state folder count', () => {
  writeFileSync(path.join(state, 'data-keys'), `${newest},${older}`);
  const { said } = keys('status');
  expect(said).toMatch(/^k2026 {2}記録1件 .*先頭/m);
  expect(said).toMatch(/^k2025 {2}記録3件.*移ります/m);
});

test('a key with records may not go: the number of them is told', () => {
  const { status, refused } = keys('retire k2025', { DATA_KEYS: `${newest},${older}` });
  expect([status, refused]).toEqual([1, expect.stringContaining('「k2025」は、まだ3件')]);
});

test('the first key may not go, with records or without', () => {
  for (const [id, dataKeys] of [
    ['k2026', `${newest},${older}`],
    ['spare', `${unused},${newest}`],
  ] as const) {
    const { status, refused } = keys(`retire ${id}`, { DATA_KEYS: dataKeys });
    expect([status, refused]).toEqual([1, expect.stringContaining('先頭')]);
  }
});

test('a key without records may go; the sentence says how, and to keep a copy for old backups', () => {
  const { status, said } = keys('retire spare', { DATA_KEYS: `${newest},${unused}` });
  expect(status).toBe(0);
  for (const part of ['0件です', '取り除けます', '「spare:…」', 'バックアップ']) expect(said).toContain(part);
  expect(keys('retire nobody', { DATA_KEYS: newest }).said).toContain('することはありません');
});
