/** A local database that a Worker is writing to at this moment: SQLite lets one process write at a time, and tells the other one at once. */
import { setTimeout as sleep } from 'node:timers/promises';

const ATTEMPTS = 60;
const LONGEST_PAUSE_MS = 500;

/**
 * Does what somebody else may be in the way of, again until it is done. Requires that `work` may run again after it failed: what it
 * stores, it stores whole.
 * @throws what `work` throws for other reasons, and the last of these after half a minute
 */
export async function withPatience<Value>(work: () => Promise<Value>): Promise<Value> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || attempt === ATTEMPTS) throw error;
    }
    await sleep(Math.random() * Math.min(LONGEST_PAUSE_MS, attempt * 50));
  }
}

/** workerd tells of a locked file sometimes so, sometimes as an error of its own. */
function isBusy(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (/SQLITE_BUSY|database is locked|internal error/i.test(cause.message)) return true;
  return false;
}
