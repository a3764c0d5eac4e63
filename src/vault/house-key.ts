/** Keys of the house itself, for what belongs to no single case. They lie beside the keys of cases, wrapped by the same DATA_KEYS. */
import { eq } from 'drizzle-orm';
import type { Database } from '../lib/db.ts';
import type { DataKey } from '../lib/env.ts';
import { type CaseKey, type HashKey, keyRingOf, type WrappedKey } from './key-ring.ts';
import { caseKey } from './tables.ts';

/** What a key is for; no two purposes share one. */
export type HousePurpose =
  | 'subject-index'
  | 'templates'
  | 'meetings'
  | 'roll-calls'
  | 'roll-call-links'
  | 'faq';

interface Vault {
  db: Database;
  settings: { DATA_KEYS: readonly DataKey[] };
}

/** The key that seals values of this purpose. Made at first use; of two first uses at once, both get the same key. */
export async function openHouseKey(vault: Vault, purpose: HousePurpose): Promise<CaseKey> {
  return (await keyRingOf(vault.settings)).openCaseKey(await houseKeyRow(vault, purpose));
}

/** The key that hashes for this purpose; it seals nothing, and what it hashed tells nothing of the sealing key. Made at first use, as above. */
export async function openHouseHashKey(vault: Vault, purpose: HousePurpose): Promise<HashKey> {
  return (await keyRingOf(vault.settings)).openHashKey(await houseKeyRow(vault, purpose));
}

async function houseKeyRow(vault: Vault, purpose: HousePurpose): Promise<WrappedKey> {
  const caseId = `house:${purpose}`;
  const known = await findRow(vault.db, caseId);
  if (known) return known;
  const { row } = await (await keyRingOf(vault.settings)).createCaseKey(caseId);
  await vault.db.insert(caseKey).values(row).onConflictDoNothing();
  const stored = await findRow(vault.db, caseId);
  if (!stored) throw new Error('the house key was not stored');
  return stored;
}

async function findRow(db: Database, caseId: string): Promise<WrappedKey | undefined> {
  const [row] = await db.select().from(caseKey).where(eq(caseKey.caseId, caseId)).limit(1);
  return row;
}
