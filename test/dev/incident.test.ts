/** `npm run incident` as whoever reports a leak runs it: a file with the residents' names, also of a long log. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newDataKey } from '../../dev/local/data-keys.ts';
import { withLocalDatabase } from '../../dev/local/database.ts';
import { contentPlace } from '../../src/features/consultation/data.ts';
import { newConsultation } from '../../src/features/consultation/sending/rules.ts';
import { consultation, consultationContent } from '../../src/features/consultation/tables.ts';
import { importCity } from '../../src/features/directory/mutations.ts';
import { parseDataKeys } from '../../src/lib/env.ts';
import { KeyRing } from '../../src/vault/key-ring.ts';
import { auditEntry, caseKey } from '../../src/vault/tables.ts';
import { PEOPLE, smallCity } from '../support/small-city.ts';

const RUN = path.resolve(import.meta.dirname, '../../dev/run.mjs');
const folder = mkdtempSync(path.join(os.tmpdir(), 'kikan-incident-'));
const state = path.join(folder, 'state');
const DATA_KEYS = newDataKey('k1');
const SINCE = Date.parse('2026-11-01T09:00:00+09:00');
const ENTRIES = 10_000;
const NAMES = ['=髙﨑 𠮷子', '別野 一太', '鈴木 良子'];

let made = 0;
function incident(words: string[], environment: Record<string, string> = {}) {
  made += 1;
  const out = path.join(folder, `report-${made}.csv`);
  const run = spawnSync(process.execPath, [RUN, 'incident', ...words, '--out', out], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: process.env.HOME, KIKAN_STATE: state, ...environment },
  });
  const csv = existsSync(out) ? readFileSync(out, 'utf8') : undefined;
  return { status: run.status, said: run.stdout, refused: run.stderr, csv, out };
}

beforeAll(async () => {
  const keys = parseDataKeys(DATA_KEYS);
  if (typeof keys === 'string') throw new Error(keys);
  const ring = await KeyRing.from(keys);
  await withLocalDatabase(state, async (db) => {
    await importCity(db, smallCity(), 'command', new Date(SINCE));
    for (const [n, name] of NAMES.entries()) {
      const id = `case-${n}`;
      const of = newConsultation(
        {
          id,
          reference: `R8-000${n + 1}`,
          kind: 'individual',
          urgency: 'normal',
          topics: [],
          supports: [],
          desiredOn: null,
          sendingCenter: 'east',
          sender: PEOPLE.hanako,
        },
        new Date(SINCE),
      );
      const { caseKey: key, row } = await ring.createCaseKey(id);
      await db.insert(consultation).values(of);
      await db.insert(caseKey).values(row);
      await db.insert(consultationContent).values({
        consultationId: id,
        body: await key.seal(contentPlace('body', of), '相談の本文'),
        subjectName: await key.seal(contentPlace('subjectName', of), name),
      });
    }
    await db.insert(auditEntry).select(sql`
      WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${ENTRIES - 1})
      SELECT 'person:U0HANAKO', i + 1, 'case-' || (i % 2), ${SINCE} + i * 1000, 'U0HANAKO', 'consultation.read', 'done',
        'slack', '{"what":"content"}', '', '' FROM n WHERE true`);
  });
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('ten thousand readings make a report with names that no spreadsheet runs', () => {
  const words = ['--staff', PEOPLE.hanako, '--since', '2026-11-01T09:00'];
  const { status, said, refused, csv, out } = incident(words, { DATA_KEYS });
  expect([status, refused]).toEqual([0, '']);
  const lines = (csv ?? '').trim().split('\r\n');
  expect(lines).toContain(
    `"R8-0001","'=髙﨑 𠮷子","個別ケース","対象者の氏名、相談内容","2026-11-01 09:00:00","2026-11-01 11:46:38",5000,"Slack",""`,
  );
  expect(lines).toContain('"対象者の人数","2人（氏名・番号の同じ方は1人と数えました）"');
  expect(csv).toContain('別野 一太');
  expect(csv).not.toContain('鈴木 良子');
  expect(csv).not.toContain('相談の本文');
  expect(said).not.toContain('髙﨑');
  expect(statSync(out).mode & 0o077).toBe(0);
}, 90_000);

test('without keys the names are left out; the span ends where it is told to', async () => {
  const words = ['--staff', PEOPLE.hanako, '--since', '2026-11-01T09:00', '--until', '2026-11-01T09:00:01'];
  const { status, said, csv } = incident(words);
  expect(status).toBe(0);
  expect(said).toContain('氏名は入っていません');
  expect(csv).toContain('"R8-0001","個別ケース"');
  expect(csv).not.toContain('R8-0002');
  expect(csv).not.toContain('髙﨑');
  const noted = await withLocalDatabase(state, (db) =>
    db.select().from(auditEntry).where(sql`${auditEntry.action} = 'incident.export'`),
  );
  expect(noted.map(({ chain, seq, surface }) => [chain, seq, surface])).toEqual([
    ['person:command', 1, 'command'],
    ['person:command', 2, 'command'],
  ]);
}, 60_000);

test.each([
  [['--since', '2026-11-01'], '--staff'],
  [['--staff', "U0' OR 1=1"], '--staff'],
  [['--staff', PEOPLE.hanako], '--since'],
  [['--staff', PEOPLE.hanako, '--since', 'yesterday'], '--since'],
  [['--who', 'x'], '使い方'],
])('%j is refused with a sentence', (words, sentence) => {
  const { status, refused, csv } = incident(words);
  expect([status, csv]).toEqual([1, undefined]);
  expect(refused).toContain(sentence);
});
