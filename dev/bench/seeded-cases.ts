/** Puts the made-up cases into a local D1, sealed and findable as the product would have stored them. */
import { contentPlace } from '../../src/features/consultation/data.ts';
import { tokensOf } from '../../src/features/consultation/finding/data.ts';
import { openDatabase } from '../../src/lib/db.ts';
import type { Settings } from '../../src/lib/env.ts';
import { type KeyRing, keyRingOf } from '../../src/vault/key-ring.ts';
import {
  CASES,
  CENTERS,
  CORE_STAFF,
  centerCode,
  coreStaff,
  districtStaff,
  makeCase,
  randomFrom,
  STAFF_A_CENTER,
} from './made-up-case.ts';

/** Slack ids of two people of the seeded city. */
export const READERS = { core: coreStaff(1), district: districtStaff(1, 1) } as const;

/** Rows a statement: one JSON parameter of D1 may hold 2 MB. */
const CHUNK = 1000;

type Made = ReturnType<typeof makeCase>;

/** Fills the database, which holds the tables and the demo city. */
export async function seedCases(binding: D1Database, settings: Settings, now: Date): Promise<void> {
  await seedPeople(binding);
  const ring = await keyRingOf(settings);
  const random = randomFrom(7);
  const tokens = new Map<string, number>();
  // Kept up row by row it would take longer than all the rest; it is made anew from all rows.
  await binding.prepare('DROP INDEX subject_token_consultation').run();
  for (let first = 0; first < CASES; first += CHUNK) {
    const made = Array.from({ length: CHUNK }, (_, i) => makeCase(first + i, now, random));
    await learnTokens(binding, settings, made, tokens);
    await insertRows(
      binding,
      'consultation',
      made.map(({ row }) => row),
    );
    await binding.batch([
      ...contentStatements(binding, await Promise.all(made.map((each) => sealOne(ring, each)))),
      ...indexStatements(binding, made, tokens),
    ]);
  }
  await binding.prepare('CREATE INDEX subject_token_consultation ON subject_token (consultation_id)').run();
  await seedOffers(binding, now);
}

/** The commonest keys come again and again: each is hashed once. */
async function learnTokens(
  binding: D1Database,
  settings: Settings,
  made: readonly Made[],
  tokens: Map<string, number>,
): Promise<void> {
  const unknown = [...new Set(made.flatMap(({ keys }) => keys).filter((key) => !tokens.has(key)))];
  const hashed = await tokensOf({ db: openDatabase(binding), settings }, unknown);
  for (const [i, key] of unknown.entries()) tokens.set(key, hashed[i] ?? 0);
}

async function sealOne(ring: KeyRing, { row, subject }: Made) {
  const { caseKey, row: key } = await ring.createCaseKey(row.id);
  const of = { id: row.id, sendingCenter: row.sending_center };
  const body = await caseKey.seal(contentPlace('body', of), '相談');
  if (!subject) return { ...key, body };
  const [name, kana, phone, insured] = await Promise.all([
    caseKey.seal(contentPlace('subjectName', of), subject.subjectName),
    caseKey.seal(contentPlace('subjectKana', of), subject.subjectKana),
    caseKey.seal(contentPlace('subjectPhone', of), subject.subjectPhone),
    caseKey.seal(contentPlace('subjectInsuredNumber', of), subject.subjectInsuredNumber),
  ]);
  return { ...key, body, name, kana, phone, insured };
}

function contentStatements(binding: D1Database, sealed: readonly object[]) {
  const columns = 'body, subject_name, subject_kana, subject_phone, subject_insured_number';
  return [
    fromJson(
      binding,
      'case_key (case_id, key_id, wrapped)',
      "v->>'caseId', v->>'keyId', v->>'wrapped'",
      sealed,
    ),
    fromJson(
      binding,
      `consultation_content (consultation_id, ${columns})`,
      "v->>'caseId', v->>'body', v->>'name', v->>'kana', v->>'phone', v->>'insured'",
      sealed,
    ),
  ];
}

function indexStatements(binding: D1Database, made: readonly Made[], tokens: ReadonlyMap<string, number>) {
  const found = made.map(({ row: { id, submitted_at: at }, keys }) => ({
    at,
    id,
    tokens: [...new Set(keys.map((key) => tokens.get(key)))],
  }));
  const topics = made.flatMap(({ row: { id, submitted_at: at }, topics: chosen }) =>
    chosen.map((topic) => ({ topic, at, id })),
  );
  return [
    binding
      .prepare(
        `INSERT INTO subject_token (token, submitted_at, consultation_id)
         SELECT t.value, c.value->>'at', c.value->>'id' FROM json_each(?) c, json_each(c.value, '$.tokens') t`,
      )
      .bind(JSON.stringify(found)),
    fromJson(
      binding,
      'consultation_topic (topic, submitted_at, consultation_id)',
      "v->>'topic', v->>'at', v->>'id'",
      topics,
    ),
  ];
}

/** Sixty open offers, a third of them to the core center. */
async function seedOffers(binding: D1Database, now: Date): Promise<void> {
  await binding
    .prepare(
      `INSERT INTO handover SELECT 'h' || id, id, 'transfer', 'offered', responsible_center,
         CASE WHEN rowid % 3 = 0 THEN 'kikan' ELSE ? END, sender, submitted_at, ?, NULL, NULL, NULL
       FROM consultation WHERE status = 'active' LIMIT 60`,
    )
    .bind(centerCode(1), now.getTime() + 86_400_000)
    .run();
}

async function seedPeople(binding: D1Database): Promise<void> {
  const offices = Array.from({ length: CENTERS }, (_, i) => i + 1);
  const person = (slackUserId: string, center: string, position: number) => ({
    slack_user_id: slackUserId,
    name: `職員 ${slackUserId}`,
    center,
    profession: '社会福祉士',
    role: 'staff',
    is_admin: 0,
    is_on_duty: 0,
    position: 100 + position,
  });
  await insertRows(
    binding,
    'center',
    offices.map((n) => ({
      code: centerCode(n),
      kind: 'district',
      name: `第${n}地域包括支援センター`,
      short: `第${n}`,
      position: 100 + n,
    })),
  );
  await insertRows(binding, 'staff', [
    ...Array.from({ length: CORE_STAFF }, (_, i) => person(coreStaff(i + 1), 'kikan', i)),
    ...offices.flatMap((n) =>
      Array.from({ length: STAFF_A_CENTER }, (_, i) => person(districtStaff(n, i + 1), centerCode(n), i)),
    ),
  ]);
}

/** Rows that all have the same columns. */
async function insertRows(
  binding: D1Database,
  table: string,
  rows: readonly Record<string, string | number | null>[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const values = columns.map((column) => `v->>'${column}'`).join(', ');
  await binding.batch(
    chunked(rows).map((part) => fromJson(binding, `${table} (${columns.join(', ')})`, values, part)),
  );
}

function fromJson(binding: D1Database, into: string, values: string, rows: readonly object[]) {
  return binding
    .prepare(`INSERT INTO ${into} SELECT ${values} FROM (SELECT value AS v FROM json_each(?))`)
    .bind(JSON.stringify(rows));
}

function chunked<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / CHUNK) }, (_, i) =>
    items.slice(i * CHUNK, (i + 1) * CHUNK),
  );
}
