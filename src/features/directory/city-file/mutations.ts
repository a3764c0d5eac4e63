/** Loading a city file from a page: what was shown before is what happens. */
import { done, type Result, refused } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import { recordAlone } from '../../../vault/audit.ts';
import type { Actor } from '../actor.ts';
import { changeDirectory, detailOfImport, IMPORT, importedRows } from '../mutations.ts';
import { loadDirectory } from '../people/data.ts';
import { hasAdmin } from '../people/rules.ts';
import { mayKeepDirectory } from '../rules.ts';
import type { CityFile } from '../schema.ts';
import { markOf } from '../settings/rules.ts';
import type { CityFaq } from './faq.ts';
import { compareFiles, hasChanges } from './rules.ts';

export type LoadRefusal = { reason: 'not-allowed' | 'last-admin' | 'changed-meanwhile' };

/** The mark of a directory: what the comparison was made with. */
export function markOfDirectory(file: CityFile): Promise<string> {
  return markOf(file);
}

/**
 * Makes the directory equal to the file.
 * @param how `seen`: `markOfDirectory` of the directory that the file was compared with
 */
export async function loadCityFile(
  scope: Scope,
  actor: Actor,
  file: CityFile,
  { seen, faq }: { seen: string; faq: CityFaq },
): Promise<Result<undefined, LoadRefusal>> {
  const { db, now } = scope;
  const loaded = await changeDirectory<undefined, LoadRefusal>(scope, actor, IMPORT, async () => {
    if (!mayKeepDirectory(actor)) return refused({ reason: 'not-allowed' });
    if (!hasAdmin(file)) return refused({ reason: 'last-admin' });
    const standing = await loadDirectory(db);
    const changes = compareFiles(standing, file, await faq.compare(scope, file.faq));
    if (!hasChanges(changes)) return done({ value: undefined });
    if (seen !== (await markOfDirectory(standing))) return refused({ reason: 'changed-meanwhile' });
    // A long FAQ takes many statements, and a request has 50 on the free plan: it is written only when it changed.
    const written = changes.faq ? file : { ...file, faq: [] };
    const withLists = changes.faq !== undefined || changes.lists.length > 0;
    const statements = importedRows(db, written, now, { withLists });
    return done({ value: undefined, detail: detailOfImport(file), statements });
  });
  // Whatever the file handed over is taken over before its index follows.
  if (loaded.ok && file.faq.length > 0) scope.wakeIndexer();
  return loaded;
}

/** Writes the directory out, and notes who took it. */
export async function takeCityFile(scope: Scope, actor: Actor, faq: CityFaq): Promise<CityFile> {
  const file = { ...(await loadDirectory(scope.db)), faq: await faq.list(scope, actor) };
  await recordAlone(scope.db, {
    at: scope.now,
    actor: actor.slackUserId,
    action: 'directory.export',
    outcome: 'done',
    ...scope.origin,
    detail: { staff: file.staff.length, centers: file.centers.length },
  });
  return file;
}
