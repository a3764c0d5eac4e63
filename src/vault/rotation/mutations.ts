/**
 * Moves case keys from older keys of DATA_KEYS to the active one, a portion at a time. The data keys stay the same, and with them
 * everything that they sealed: this answers a key that is to be retired. Whoever already opened data keys with the old key keeps them.
 */
import { and, asc, eq, gte, lt, sql } from 'drizzle-orm';
import { type Database, isUniqueViolation } from '../../lib/db.ts';
import { logWarning } from '../../lib/log.ts';
import { appendEntry, chainHead, nextEntry } from '../audit.ts';
import { type KeyRing, keyRingOf, VaultError, type WrappedKey } from '../key-ring.ts';
import { caseKey } from '../tables.ts';
import type { Vault } from './data.ts';

/**
 * Case keys a run: some milliseconds of the free plan's 10, and a statement of about 60 KB of the 100 KB that D1 takes as a parameter
 * at ease. 100,000 cases take a working day of minutes.
 */
export const REWRAPPED_A_RUN = 200;
/** The city's chain may grow at the same moment; what is left over comes with the next minute. */
const ATTEMPTS = 3;

export interface Rewrapping {
  rewrapped: number;
  /** The keys that opened what was re-wrapped. */
  from: ReadonlySet<string>;
  /** Why a case key could not be opened. It stays as it was. */
  failures: VaultError[];
}

/**
 * Re-wraps at most REWRAPPED_A_RUN case keys that a known older key wraps. May run twice at a time and late: a row that somebody else
 * re-wrapped or erased meanwhile is left alone. Readers go on: a row that they read before opens by the older key, which stays in
 * DATA_KEYS until nothing is wrapped by it.
 * @param startAt where in the order of case ids to begin, going round. By chance unless told, so that rows which do not open never
 * keep the others waiting.
 */
export async function rewrapSome(
  vault: Vault,
  now: Date,
  startAt: string = crypto.randomUUID(),
): Promise<Rewrapping> {
  const ring = await keyRingOf(vault.settings);
  const rows = await selectOlder(vault.db, ring.olderIds, startAt);
  const { fresh, failures } = await rewrapEach(ring, rows);
  const from = new Set(fresh.map(({ old }) => old.keyId));
  if (fresh.length === 0) return { rewrapped: 0, from, failures };
  return { rewrapped: await storeFresh(vault.db, ring.activeId, fresh, now), from, failures };
}

interface Fresh extends WrappedKey {
  old: WrappedKey;
}

/** Without older keys, which is nearly always, no query at all. */
async function selectOlder(
  db: Database,
  olderIds: readonly string[],
  startAt: string,
): Promise<WrappedKey[]> {
  const rows: WrappedKey[] = [];
  for (const keyId of olderIds)
    for (const part of [gte(caseKey.caseId, startAt), lt(caseKey.caseId, startAt)]) {
      const room = REWRAPPED_A_RUN - rows.length;
      if (room === 0) return rows;
      const ofKey = db
        .select()
        .from(caseKey)
        .where(and(eq(caseKey.keyId, keyId), part));
      rows.push(...(await ofKey.orderBy(asc(caseKey.caseId)).limit(room)));
    }
  return rows;
}

async function rewrapEach(ring: KeyRing, rows: readonly WrappedKey[]) {
  const fresh: Fresh[] = [];
  const failures: VaultError[] = [];
  await Promise.all(
    rows.map(async (old) => {
      try {
        fresh.push({ ...(await ring.rewrap(old)), old });
      } catch (error) {
        if (!(error instanceof VaultError)) throw error;
        failures.push(error);
      }
    }),
  );
  return { fresh, failures };
}

/** One entry in the city's chain for each portion, in its batch. Answers how many rows took the new value. */
async function storeFresh(
  db: Database,
  activeId: string,
  fresh: readonly Fresh[],
  now: Date,
): Promise<number> {
  const from = [...new Set(fresh.map(({ old }) => old.keyId))].sort().join(' ');
  for (let attempt = 1; ; attempt += 1) {
    const entry = await nextEntry('city', await chainHead(db, 'city'), {
      at: now,
      actor: 'job:rewrap-keys',
      action: 'vault.rewrap',
      outcome: 'done',
      surface: 'job',
      // What was asked for: of these, a case that is erased at the same moment is left out.
      detail: { from, to: activeId, keys: fresh.length },
    });
    try {
      const [, updated] = await db.batch([appendEntry(db, entry), updateAll(db, activeId, fresh)]);
      return updated.meta.changes;
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      if (attempt < ATTEMPTS) continue;
      logWarning('keys.city_chain_busy');
      return 0;
    }
  }
}

/** Guarded by the very value that was re-wrapped: nothing erased comes back, nothing newer is overwritten. */
function updateAll(db: Database, activeId: string, fresh: readonly Fresh[]) {
  const rows = JSON.stringify(
    fresh.map(({ caseId, wrapped, old }) => ({ caseId, wrapped, old: old.wrapped })),
  );
  return db
    .update(caseKey)
    .set({ keyId: activeId, wrapped: sql`fresh.value->>'wrapped'` })
    .from(sql`json_each(${rows}) AS fresh`)
    .where(
      and(eq(caseKey.caseId, sql`fresh.value->>'caseId'`), eq(caseKey.wrapped, sql`fresh.value->>'old'`)),
    );
}
