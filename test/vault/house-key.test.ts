/** House keys: one a purpose, whoever comes first. */
import { applyD1Migrations, reset } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../src/lib/db.ts';
import { openHouseHashKey, openHouseKey } from '../../src/vault/house-key.ts';

const settings = { DATA_KEYS: [{ id: 't1', bytes: new Uint8Array(32).fill(7) }] };
const place = { table: 't', column: 'c', row: 'r', center: '' };

beforeEach(() => applyD1Migrations(env.DB, env.MIGRATIONS));
afterEach(() => reset());

const vaultOf = () => ({ db: openDatabase(env.DB), settings });

test('fifty first uses at once get the same key', async () => {
  const keys = await Promise.all(Array.from({ length: 50 }, () => openHouseKey(vaultOf(), 'templates')));
  const [first] = keys;
  const sealed = await first?.seal(place, '定型文');
  if (!sealed) throw new Error('nothing was sealed');
  for (const key of keys) expect(await key.open(place, sealed)).toBe('定型文');
  expect(await env.DB.prepare('SELECT count(*) AS n FROM case_key').first('n')).toBe(1);
});

test('a hash is the same each time, another for each purpose and text, and follows DATA_KEYS no further than the row', async () => {
  const hash = async (purpose: 'templates' | 'subject-index', text: string, vault = vaultOf()) =>
    (await (await openHouseHashKey(vault, purpose)).hash(text)).join();
  const first = await hash('subject-index', 'name:高橋');
  expect(await hash('subject-index', 'name:高橋')).toBe(first);
  expect(first.split(',')).toHaveLength(32);
  expect(await hash('subject-index', 'name:高橋 ')).not.toBe(first);
  expect(await hash('templates', 'name:高橋')).not.toBe(first);
  // A new key in front of DATA_KEYS wraps new rows only.
  const rotated = [{ id: 't2', bytes: new Uint8Array(32).fill(9) }, ...settings.DATA_KEYS];
  expect(await hash('subject-index', 'name:高橋', { ...vaultOf(), settings: { DATA_KEYS: rotated } })).toBe(
    first,
  );
  await env.DB.prepare("DELETE FROM case_key WHERE case_id = 'house:subject-index'").run();
  expect(await hash('subject-index', 'name:高橋')).not.toBe(first);
});

test('what hashes is not what seals', async () => {
  await openHouseKey(vaultOf(), 'subject-index');
  await expect(
    openHouseHashKey(
      { ...vaultOf(), settings: { DATA_KEYS: [{ id: 't1', bytes: new Uint8Array(32) }] } },
      'subject-index',
    ),
  ).rejects.toThrow('does-not-open');
});
