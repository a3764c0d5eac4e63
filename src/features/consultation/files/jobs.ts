/** Content in R2 that no row speaks of: left by a crash, by an object that did not go, by an erased case. */
import { logInfo } from '../../../lib/log.ts';
import type { Scope } from '../../../slack/scope.ts';
import { listOrphans } from './data.ts';
import { listObjects, removeObjects } from './objects.ts';

/** A file on its way has its row within seconds. */
const OLDER_THAN_MS = 24 * 60 * 60_000;
/** Keys begin with two random hexadecimal digits: each minute looks at one of these parts, all of them in four hours. */
const PARTS = 256;

/**
 * Removes orphans from one part of the bucket: one listing of R2 and one query a run. A part holds 1,000 objects before any is
 * overlooked, a quarter of a million in all.
 */
export async function removeOrphans({ db, now, files }: Scope): Promise<void> {
  if (!files) return;
  const part = Math.floor(now.getTime() / 60_000) % PARTS;
  const prefix = part.toString(16).padStart(2, '0');
  const stored = await listObjects(files, prefix, new Date(now.getTime() - OLDER_THAN_MS));
  const orphans = await listOrphans(db, stored);
  if (orphans.length === 0) return;
  await removeObjects(files, orphans);
  logInfo('files.orphans_removed', { count: orphans.length });
}
