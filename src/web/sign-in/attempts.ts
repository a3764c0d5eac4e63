/** Tries to sign in: each begins in one browser, ends there once within ten minutes, and is counted by network address. */
import { and, count, eq, gte, isNull, lt } from 'drizzle-orm';
import { sha256Hex } from '../../lib/bytes.ts';
import type { Database } from '../../lib/db.ts';
import { newSecret } from '../sessions.ts';
import { signInAttempt } from '../tables.ts';

/** Slack's codes live as long. */
export const ATTEMPT_MS = 10 * 60_000;
/** A whole city office behind one address begins its day within that. */
const MOST_A_WINDOW = 100;

/** What is sent to Slack, and what is kept in the browser. */
export interface BegunAttempt {
  state: string;
  nonce: string;
  verifier: string;
  browserCookie: string;
}

/** Undefined when this address has tried too often. */
export async function beginAttempt(
  db: Database,
  { address, returnTo, now }: { address: string; returnTo: string; now: Date },
): Promise<BegunAttempt | undefined> {
  const since = new Date(now.getTime() - ATTEMPT_MS);
  const [tries] = await db
    .select({ count: count() })
    .from(signInAttempt)
    .where(and(eq(signInAttempt.address, address), gte(signInAttempt.startedAt, since)));
  if ((tries?.count ?? 0) >= MOST_A_WINDOW) return undefined;
  const [state, nonce, verifier, browserCookie] = [newSecret(), newSecret(), newSecret(), newSecret()];
  await db.insert(signInAttempt).values({
    id: await sha256Hex(state),
    browser: await sha256Hex(browserCookie),
    nonce,
    verifier,
    returnTo,
    address,
    startedAt: now,
  });
  return { state, nonce, verifier, browserCookie };
}

/** Takes a try up: once, in the browser that began it, in time. Undefined otherwise. */
export async function takeAttempt(
  db: Database,
  state: string,
  browserCookie: string,
  now: Date,
): Promise<{ nonce: string; verifier: string; returnTo: string } | undefined> {
  const [taken] = await db
    .update(signInAttempt)
    .set({ usedAt: now })
    .where(
      and(
        eq(signInAttempt.id, await sha256Hex(state)),
        eq(signInAttempt.browser, await sha256Hex(browserCookie)),
        isNull(signInAttempt.usedAt),
        gte(signInAttempt.startedAt, new Date(now.getTime() - ATTEMPT_MS)),
      ),
    )
    .returning();
  return taken;
}

/** Forgets tries that can no longer be taken up; runs as a job. */
export async function purgeAttempts(db: Database, now: Date): Promise<void> {
  await db.delete(signInAttempt).where(lt(signInAttempt.startedAt, new Date(now.getTime() - ATTEMPT_MS)));
}
