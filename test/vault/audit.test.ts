/** The audit log: it only grows, and each chain shows what was changed in it. */
import { env } from 'cloudflare:workers';
import { asc, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Database, runBatch } from '../../src/lib/db.ts';
import {
  type AuditEvent,
  type AuditRow,
  appendEntry,
  chainHead,
  EMPTY_CHAIN,
  hashOfEntry,
  nextEntry,
  recordAlone,
} from '../../src/vault/audit.ts';
import { auditEntry } from '../../src/vault/tables.ts';
import { sendConsultation } from '../support/consulting.ts';
import { type House, openHouse } from '../support/house.ts';
import { PEOPLE } from '../support/small-city.ts';

const READ: AuditEvent = {
  at: new Date('2026-11-22T00:00:00Z'),
  actor: PEOPLE.hanako,
  action: 'consultation.read',
  outcome: 'done',
  surface: 'slack',
  caseId: 'case-1',
  detail: { what: 'content' },
};

function chainOf({ db }: House, chain: string): Promise<AuditRow[]> {
  return db.select().from(auditEntry).where(eq(auditEntry.chain, chain)).orderBy(asc(auditEntry.seq));
}

async function expectWhole(rows: readonly AuditRow[]): Promise<void> {
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, i) => i + 1));
  expect(rows.map(({ previousHash }) => previousHash)).toEqual(
    ['', ...rows.map(({ hash }) => hash)].slice(0, -1),
  );
  for (const row of rows) expect(await hashOfEntry(row)).toBe(row.hash);
}

describe('a chain', () => {
  test('begins at 1 with an empty hash before it, and each entry names the hash of the one before', async () => {
    const house = await openHouse();
    expect(await chainHead(house.db, `person:${PEOPLE.hanako}`)).toEqual(EMPTY_CHAIN);
    for (const what of ['content', 'answer', 'question'])
      await recordAlone(house.db, { ...READ, detail: { what } });
    const rows = await chainOf(house, `person:${PEOPLE.hanako}`);
    expect(rows).toHaveLength(3);
    await expectWhole(rows);
    expect(await chainHead(house.db, `person:${PEOPLE.hanako}`)).toEqual({ seq: 3, hash: rows[2]?.hash });
  });

  test('is each person’s own', async () => {
    const house = await openHouse();
    for (const actor of [PEOPLE.hanako, PEOPLE.minoru, PEOPLE.hanako])
      await recordAlone(house.db, { ...READ, actor });
    expect(await chainOf(house, `person:${PEOPLE.hanako}`)).toHaveLength(2);
    await expectWhole(await chainOf(house, `person:${PEOPLE.minoru}`));
  });

  test('has no gap when one person does eight things at once', async () => {
    const house = await openHouse();
    await Promise.all(Array.from({ length: 8 }, (_, i) => recordAlone(house.db, { ...READ, detail: { i } })));
    const rows = await chainOf(house, `person:${PEOPLE.hanako}`);
    expect(new Set(rows.map(({ detail }) => detail)).size).toBe(8);
    await expectWhole(rows);
  });

  test('of a case holds what changed it, first to last', async () => {
    const house = await openHouse();
    const { card } = await sendConsultation(house);
    await house.slack.as(PEOPLE.naoko).click(card(), '受け付ける');
    await house.slack.waitFor(() => card().text.includes('受付済'));
    const id = await env.DB.prepare('SELECT id FROM consultation').first<string>('id');
    const rows = await chainOf(house, `case:${id}`);
    expect(rows.map(({ action, actor, outcome }) => [action, actor, outcome])).toEqual([
      [expect.stringMatching(/^consultation\./), PEOPLE.hanako, 'done'],
      ['consultation.accept', PEOPLE.naoko, 'done'],
    ]);
    await expectWhole(rows);
  });
});

describe('the hash of an entry', () => {
  const row: Omit<AuditRow, 'hash'> = {
    ...READ,
    chain: 'city',
    seq: 1,
    caseId: null,
    detail: '{}',
    previousHash: '',
  };

  test.each<[string, Partial<AuditRow>]>([
    ['chain', { chain: 'case:1' }],
    ['number', { seq: 2 }],
    ['case', { caseId: 'case-1' }],
    ['time, by a millisecond', { at: new Date(READ.at.getTime() + 1) }],
    ['person', { actor: PEOPLE.minoru }],
    ['action', { action: 'consultation.accept' }],
    ['outcome', { outcome: 'refused' }],
    ['surface', { surface: 'job' }],
    ['detail', { detail: '{"what":"content"}' }],
    ['hash before it', { previousHash: '0' }],
  ])('is another one when its %s differs', async (_, change) => {
    expect(await hashOfEntry({ ...row, ...change })).not.toBe(await hashOfEntry(row));
  });

  test('keeps neighbouring fields apart', async () => {
    const word = fc.string({ unit: fc.constantFrom('a', '"', ',', '|'), maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(word, word, word, word, async (actor, action, otherActor, otherAction) => {
        fc.pre(actor !== otherActor || action !== otherAction);
        expect(await hashOfEntry({ ...row, actor, action })).not.toBe(
          await hashOfEntry({ ...row, actor: otherActor, action: otherAction }),
        );
      }),
    );
  });
});

describe('a change whose entry comes second', () => {
  const rename = (db: Database, name: string) => db.run(`UPDATE city SET name = '${name}'`);

  test('is undone as a whole, and the first one stands', async () => {
    const { db } = await openHouse();
    const head = await chainHead(db, 'city');
    const [first, second] = await Promise.all([
      nextEntry('city', head, { ...READ, actor: PEOPLE.kenta }),
      nextEntry('city', head, { ...READ, actor: PEOPLE.makoto }),
    ]);
    await runBatch(db, [appendEntry(db, first), rename(db, '先の市')]);
    await expect(runBatch(db, [appendEntry(db, second), rename(db, '後の市')])).rejects.toThrow();
    expect(await env.DB.prepare('SELECT name FROM city').first('name')).toBe('先の市');
    expect(await chainHead(db, 'city')).toEqual({ seq: first.seq, hash: first.hash });
  });
});

describe('the database itself refuses', () => {
  const FORBIDDEN = [
    'UPDATE audit_entry SET detail = detail',
    "UPDATE audit_entry SET actor = 'U0NOBODY' WHERE seq = 1",
    'DELETE FROM audit_entry',
    "DELETE FROM audit_entry WHERE chain = 'city'",
    "UPDATE audit_digest SET digest = 'x'",
    'UPDATE audit_digest SET entries = 0',
    "UPDATE audit_digest SET previous_digest = 'x'",
    'UPDATE audit_digest SET closed_at = 0',
    "UPDATE audit_digest SET day = '2026-01-01'",
    'UPDATE audit_digest SET broken_at = NULL',
    'UPDATE audit_digest SET broken_at = 9',
    'DELETE FROM audit_digest',
    'DELETE FROM reference_number',
  ];
  /** SQLite runs no DELETE trigger for the row that REPLACE puts away. */
  const REPLACING = [
    "INSERT OR REPLACE INTO audit_entry SELECT chain, seq, case_id, at, 'U0NOBODY', action, outcome, surface, detail, previous_hash, hash FROM audit_entry",
    "INSERT OR REPLACE INTO audit_digest SELECT day, 0, previous_digest, 'x', closed_at, NULL FROM audit_digest",
    'INSERT OR REPLACE INTO reference_number SELECT submission_key, series, number + 1, consultation_id FROM reference_number',
  ];

  const allRows = () =>
    Promise.all(
      ['audit_entry', 'audit_digest', 'reference_number'].map(
        async (table) => (await env.DB.prepare(`SELECT * FROM ${table}`).all()).results,
      ),
    );

  async function houseWithRows(): Promise<void> {
    await sendConsultation(await openHouse());
    await env.DB.prepare("INSERT INTO audit_digest VALUES ('2026-10-01', 1, '', 'd', 1, 5)").run();
    for (const rows of await allRows()) expect(rows).not.toEqual([]);
  }

  test('to change or delete what was written', async () => {
    await houseWithRows();
    const before = await allRows();
    for (const statement of FORBIDDEN)
      await expect
        .soft(env.DB.prepare(statement).run(), statement)
        .rejects.toThrow(/append-only|never reused/);
    expect(await allRows()).toEqual(before);
  });

  test.each(REPLACING)('to replace it: %s', async (statement) => {
    await houseWithRows();
    const before = await allRows();
    // Refused with an error or ignored: either way the rows stay.
    await env.DB.prepare(statement)
      .run()
      .catch(() => undefined);
    expect(await allRows()).toEqual(before);
  });
});
