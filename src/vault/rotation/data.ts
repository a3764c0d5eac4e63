/** Which keys of DATA_KEYS wrap case keys, and whether those at hand open them. */
import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../lib/db.ts';
import type { DataKey } from '../../lib/env.ts';
import { keyRingOf, VaultError, type WrappedKey } from '../key-ring.ts';
import { caseKey } from '../tables.ts';

export interface Vault {
  db: Database;
  settings: { DATA_KEYS: readonly DataKey[] };
}

/** `missing`: DATA_KEYS lacks the id. `wrong`: it has the id, but with bytes that open none of those tried. */
export type KeyState = 'fits' | 'missing' | 'wrong';

/** Case keys tried of each key: one that was altered in the database must not make a good key look wrong. */
const TRIED = 3;

/** The ids of all keys that wrap a case key, each with its state. Reads few rows however many cases there are. */
export async function inspectKeys(vault: Vault): Promise<Map<string, KeyState>> {
  const states = new Map<string, KeyState>();
  for (const row of await sampleEachKey(vault.db)) {
    const known = states.get(row.keyId);
    if (known === undefined || known === 'wrong') states.set(row.keyId, await tryKey(vault, row));
  }
  return states;
}

/** The same of one key. One that wraps nothing fits. */
export async function inspectKey(vault: Vault, keyId: string): Promise<KeyState> {
  const rows = await vault.db.select().from(caseKey).where(eq(caseKey.keyId, keyId)).limit(TRIED);
  let state: KeyState = 'fits';
  for (const row of rows) {
    state = await tryKey(vault, row);
    if (state !== 'wrong') return state;
  }
  return state;
}

/** How many case keys (of cases and of the house) a key wraps. */
export async function countWrapped(db: Database, keyId: string): Promise<number> {
  return db.$count(caseKey, eq(caseKey.keyId, keyId));
}

/** From id to id through the index, some case keys of each. */
async function sampleEachKey(db: Database): Promise<WrappedKey[]> {
  return db.all<WrappedKey>(sql`
    WITH RECURSIVE hop (id) AS (
      SELECT min(key_id) FROM case_key
      UNION ALL
      SELECT (SELECT min(key_id) FROM case_key WHERE key_id > hop.id) FROM hop WHERE hop.id IS NOT NULL
    )
    SELECT case_id AS caseId, key_id AS keyId, wrapped FROM hop
    JOIN case_key ON case_id IN (SELECT case_id FROM case_key WHERE key_id = hop.id LIMIT ${TRIED})`);
}

async function tryKey({ settings }: Vault, row: WrappedKey): Promise<KeyState> {
  const ring = await keyRingOf(settings);
  try {
    await ring.openCaseKey(row);
    return 'fits';
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    return error.code === 'unknown-key' ? 'missing' : 'wrong';
  }
}
