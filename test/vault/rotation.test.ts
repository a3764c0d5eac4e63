/** Re-wrapping: case keys move to the active key of DATA_KEYS, whoever else is at work on them, and everything stays readable. */
import { applyD1Migrations, reset } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/lib/db.ts';
import { hashOfEntry } from '../../src/vault/audit.ts';
import { openHouseHashKey } from '../../src/vault/house-key.ts';
import { KeyRing, type Sealed } from '../../src/vault/key-ring.ts';
import { countWrapped, inspectKeys } from '../../src/vault/rotation/data.ts';
import { REWRAPPED_A_RUN, rewrapSome } from '../../src/vault/rotation/mutations.ts';
import { auditEntry, caseKey } from '../../src/vault/tables.ts';

const dataKey = (id: string, fill: number) => ({ id, bytes: new Uint8Array(32).fill(fill) });
const [t1, t2, t3] = [dataKey('t1', 1), dataKey('t2', 2), dataKey('t3', 3)];
const NOW = new Date('2026-10-20T00:00:00Z');

beforeEach(() => applyD1Migrations(env.DB, env.MIGRATIONS));
afterEach(() => reset());

const vaultOf = (...keys: (typeof t1)[]) => ({ db: openDatabase(env.DB), settings: { DATA_KEYS: keys } });
const placeOf = (id: string) => ({ table: 't', column: 'c', row: id, center: 'east' });
const rowsNow = () => openDatabase(env.DB).select().from(caseKey).orderBy(caseKey.caseId);
const left = (key: string) => countWrapped(openDatabase(env.DB), key);

/** Cases with one sealed value each, their ids in the order of their numbers. */
async function seed(count: number, key = t1): Promise<Map<string, Sealed>> {
  const ring = await KeyRing.from([key]);
  const sealed = new Map<string, Sealed>();
  const rows = [];
  for (let n = 0; n < count; n += 1) {
    const id = `${String(n).padStart(6, '0')}-${key.id}`;
    const made = await ring.createCaseKey(id);
    sealed.set(id, await made.caseKey.seal(placeOf(id), `本文 ${n}`));
    rows.push(made.row);
  }
  await env.DB.prepare(
    "INSERT INTO case_key (case_id, key_id, wrapped) SELECT value->>'caseId', value->>'keyId', value->>'wrapped' FROM json_each(?)",
  )
    .bind(JSON.stringify(rows))
    .run();
  return sealed;
}

/** Opens every case's value with these keys alone. */
async function readAll(sealed: ReadonlyMap<string, Sealed>, ...keys: (typeof t1)[]): Promise<number> {
  const ring = await KeyRing.from(keys);
  let read = 0;
  for (const row of await rowsNow()) {
    const value = sealed.get(row.caseId);
    if (!value) continue;
    const text = await (await ring.openCaseKey(row)).open(placeOf(row.caseId), value);
    if (text === `本文 ${Number(row.caseId.slice(0, 6))}`) read += 1;
  }
  return read;
}

const NOTHING = { rewrapped: 0, from: new Set(), failures: [] };
const entries = () => openDatabase(env.DB).select().from(auditEntry).orderBy(auditEntry.seq);

describe('a run', () => {
  test('moves every case to the first key; what was sealed opens without the old one', async () => {
    const sealed = await seed(30);
    expect(await rewrapSome(vaultOf(t2, t1), NOW)).toEqual({
      rewrapped: 30,
      from: new Set(['t1']),
      failures: [],
    });
    expect(new Set((await rowsNow()).map(({ keyId }) => keyId))).toEqual(new Set(['t2']));
    expect(await readAll(sealed, t2)).toBe(30);
    await expect(readAll(sealed, t1)).rejects.toThrow('DATA_KEYS t2');
  });

  test('moves a portion, and those after it the rest, wherever it begins', async () => {
    const sealed = await seed(2 * REWRAPPED_A_RUN + 10);
    const vault = vaultOf(t2, t1);
    expect((await rewrapSome(vault, NOW, '000300')).rewrapped).toBe(REWRAPPED_A_RUN);
    expect((await rowsNow()).flatMap((row, n) => (row.keyId === 't2' ? [n] : []))).toEqual([
      ...Array.from({ length: 90 }, (_, n) => n),
      ...Array.from({ length: 110 }, (_, n) => n + 300),
    ]);
    expect((await rewrapSome(vault, NOW)).rewrapped).toBe(REWRAPPED_A_RUN);
    expect((await rewrapSome(vault, NOW)).rewrapped).toBe(10);
    expect(await rewrapSome(vault, NOW)).toEqual(NOTHING);
    expect(await readAll(sealed, t2)).toBe(sealed.size);
  });

  test('moves from several older keys at once', async () => {
    const sealed = new Map([...(await seed(5, t1)), ...(await seed(7, t2))]);
    expect((await rewrapSome(vaultOf(t3, t1, t2), NOW)).rewrapped).toBe(12);
    expect(await readAll(sealed, t3)).toBe(12);
  });

  test('leaves everything when there is one key, and what a key unknown to it wraps', async () => {
    await seed(3, t3);
    await seed(3, t1);
    const before = await rowsNow();
    expect(await rewrapSome(vaultOf(t1), NOW)).toEqual(NOTHING);
    expect(await rewrapSome(vaultOf(t1, t2), NOW)).toEqual(NOTHING);
    expect(await rowsNow()).toEqual(before);
    expect(await entries()).toEqual([]);
  });

  test('keeps the keys of the house: its hashes stay as they were', async () => {
    const before = await (await openHouseHashKey(vaultOf(t1), 'subject-index')).hash('name:高橋');
    await rewrapSome(vaultOf(t2, t1), NOW);
    expect(await (await openHouseHashKey(vaultOf(t2), 'subject-index')).hash('name:高橋')).toEqual(before);
  });

  test('stands in the audit log with both keys and the number, chained', async () => {
    await seed(4);
    await rewrapSome(vaultOf(t2, t1), NOW);
    const [entry, ...others] = await entries();
    expect(others).toEqual([]);
    if (!entry) throw new Error('no entry');
    expect({ ...entry, detail: JSON.parse(entry.detail) }).toMatchObject({
      chain: 'city',
      action: 'vault.rewrap',
      actor: 'job:rewrap-keys',
      at: NOW,
      detail: { from: 't1', to: 't2', keys: 4 },
    });
    expect(await hashOfEntry(entry)).toBe(entry.hash);
  });

  test('that is undone by the database changes nothing, and the next one does it', async () => {
    const sealed = await seed(4);
    await env.DB.prepare(
      "CREATE TRIGGER full BEFORE UPDATE ON case_key BEGIN SELECT RAISE(ABORT, 'database is full'); END",
    ).run();
    await expect(rewrapSome(vaultOf(t2, t1), NOW)).rejects.toThrow();
    expect([await left('t1'), (await entries()).length]).toEqual([4, 0]);
    await env.DB.prepare('DROP TRIGGER full').run();
    await rewrapSome(vaultOf(t2, t1), NOW);
    expect(await readAll(sealed, t2)).toBe(4);
  });
});

describe('beside others', () => {
  /** A vault on whose database something happens between a run's reading of the rows and its first writing. */
  function vaultWhere(work: () => Promise<unknown>): ReturnType<typeof vaultOf> {
    let isDone = false;
    const database = new Proxy(env.DB, {
      get(target, name) {
        if (name !== 'batch') return Reflect.get(target, name);
        return async (statements: D1PreparedStatement[]) => {
          if (!isDone) await work();
          isDone = true;
          return target.batch(statements);
        };
      },
    });
    return { ...vaultOf(t2, t1), db: openDatabase(database) };
  }

  test('a case erased meanwhile stays erased, the others move', async () => {
    const sealed = await seed(5);
    const vault = vaultWhere(() => env.DB.prepare("DELETE FROM case_key WHERE case_id = '000002-t1'").run());
    expect((await rewrapSome(vault, NOW)).rewrapped).toBe(4);
    expect((await rowsNow()).map(({ caseId }) => caseId)).not.toContain('000002-t1');
    expect(await readAll(sealed, t2)).toBe(4);
  });

  test('a key destroyed in its row meanwhile stays destroyed', async () => {
    await seed(3);
    const vault = vaultWhere(() =>
      env.DB.prepare("UPDATE case_key SET wrapped = '' WHERE case_id = '000001-t1'").run(),
    );
    expect((await rewrapSome(vault, NOW)).rewrapped).toBe(2);
    const rows = await rowsNow();
    expect(rows[1]).toEqual({ caseId: '000001-t1', keyId: 't1', wrapped: '' });
  });

  test('a run to another key meanwhile wins; this one leaves what it moved', async () => {
    const sealed = await seed(5);
    const vault = vaultWhere(() => rewrapSome(vaultOf(t3, t1), NOW));
    expect((await rewrapSome(vault, NOW)).rewrapped).toBe(0);
    expect([await left('t2'), await left('t3')]).toEqual([0, 5]);
    expect(await readAll(sealed, t3)).toBe(5);
  });

  test('four runs at once move each case once', async () => {
    const sealed = await seed(REWRAPPED_A_RUN);
    const vault = vaultOf(t2, t1);
    const runs = await Promise.all(Array.from({ length: 4 }, () => rewrapSome(vault, NOW)));
    expect(runs.reduce((sum, { rewrapped }) => sum + rewrapped, 0)).toBe(REWRAPPED_A_RUN);
    expect(await readAll(sealed, t2)).toBe(sealed.size);
  });

  test('2,000 cases move while they are read all the time: every read succeeds', async () => {
    const sealed = await seed(2000);
    const vault = vaultOf(t2, t1);
    const ring = await KeyRing.from([t2, t1]);
    const ids = [...sealed.keys()];
    let isMoving = true;
    let reads = 0;
    const reader = async (first: number) => {
      for (let n = first; isMoving; n = (n + 37) % ids.length) {
        const id = ids[n] ?? '';
        const row = await env.DB.prepare(
          'SELECT case_id AS caseId, key_id AS keyId, wrapped FROM case_key WHERE case_id = ?',
        )
          .bind(id)
          .first<{ caseId: string; keyId: string; wrapped: string }>();
        const value = sealed.get(id);
        if (!row || !value) throw new Error(`${id} is gone`);
        expect(await (await ring.openCaseKey(row)).open(placeOf(id), value)).toBe(`本文 ${n}`);
        reads += 1;
      }
    };
    const readers = Promise.all([0, 500, 1000, 1500].map(reader));
    for (let runs = 0; (await left('t1')) > 0; runs += 1) {
      expect(runs).toBeLessThan(20);
      await rewrapSome(vault, NOW);
    }
    isMoving = false;
    await readers;
    expect(reads).toBeGreaterThan(100);
    expect(await readAll(sealed, t2)).toBe(2000);
  });
});

describe('what does not open', () => {
  test('stays, is named, and does not keep the others waiting, however much there is of it', async () => {
    const sealed = await seed(REWRAPPED_A_RUN + 50);
    // Of another case: it does not open there.
    await env.DB.prepare(
      "UPDATE case_key SET wrapped = (SELECT wrapped FROM case_key WHERE case_id = '000249-t1') WHERE case_id < '000220'",
    ).run();
    const vault = vaultOf(t2, t1);
    const first = await rewrapSome(vault, NOW, '0');
    expect([first.rewrapped, first.failures.length]).toEqual([0, REWRAPPED_A_RUN]);
    expect(first.failures.find(({ place }) => place?.row === '000007-t1')).toMatchObject({
      code: 'does-not-open',
      keyId: 't1',
      place: { table: 'case_key', column: 'wrapped' },
    });
    const second = await rewrapSome(vault, NOW, '000210');
    expect([second.rewrapped, await left('t1')]).toEqual([30, 220]);
    expect(await readAllButAltered(sealed)).toBe(30);
  });

  async function readAllButAltered(sealed: ReadonlyMap<string, Sealed>): Promise<number> {
    const ring = await KeyRing.from([t2]);
    const moved = (await rowsNow()).filter(({ keyId }) => keyId === 't2');
    for (const row of moved) {
      const value = sealed.get(row.caseId);
      if (!value) throw new Error('no value');
      await (await ring.openCaseKey(row)).open(placeOf(row.caseId), value);
    }
    return moved.length;
  }
});

describe('the look at all keys', () => {
  test('tells of each whether it fits, is missing or is another one of that name', async () => {
    await seed(5, t1);
    await seed(5, t2);
    await seed(5, t3);
    const vault = vaultOf(t2, dataKey('t1', 9));
    expect(await inspectKeys(vault)).toEqual(
      new Map([
        ['t1', 'wrong'],
        ['t2', 'fits'],
        ['t3', 'missing'],
      ]),
    );
    expect(await inspectKeys(vaultOf(t1, t2, t3))).toEqual(
      new Map([
        ['t1', 'fits'],
        ['t2', 'fits'],
        ['t3', 'fits'],
      ]),
    );
  });

  test('does not blame the key for one altered case, wherever it stands', async () => {
    for (const altered of ['000000-t1', '000001-t1', '000002-t1', '000009-t1']) {
      await env.DB.prepare('DELETE FROM case_key').run();
      await seed(10);
      await env.DB.prepare("UPDATE case_key SET wrapped = 'v1.t1.AAAA' WHERE case_id = ?")
        .bind(altered)
        .run();
      expect(await inspectKeys(vaultOf(t1))).toEqual(new Map([['t1', 'fits']]));
    }
  });

  test('finds nothing in an empty city', async () => {
    expect(await inspectKeys(vaultOf(t1))).toEqual(new Map());
  });

  test('reads some rows a key, not one a case', async () => {
    await env.DB.prepare('CREATE INDEX IF NOT EXISTS case_key_by_key ON case_key (key_id, case_id)').run();
    await seed(1000);
    await seed(1000, t2);
    const read: number[] = [];
    const prepare = env.DB.prepare.bind(env.DB);
    const database = new Proxy(env.DB, {
      get(target, name) {
        if (name !== 'prepare') return Reflect.get(target, name);
        return (text: string) => counting(prepare(text), read);
      },
    });
    await inspectKeys({ db: openDatabase(database), settings: { DATA_KEYS: [t1, t2] } });
    expect(read.length).toBeGreaterThan(0);
    expect(read.reduce((sum, rows) => sum + rows, 0)).toBeLessThan(50);
  });
});

/** Notes what the statement read. */
function counting(statement: D1PreparedStatement, read: number[]): D1PreparedStatement {
  return new Proxy(statement, {
    get(target, name) {
      if (name === 'bind') return (...values: unknown[]) => counting(target.bind(...values), read);
      if (name !== 'all') return Reflect.get(target, name);
      return async () => {
        const result = await target.all();
        read.push(result.meta.rows_read);
        return result;
      };
    },
  });
}
