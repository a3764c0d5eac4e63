/**
 * The index follows the main database, which alone holds the truth. What changed left a task in the batch of its change; an index that is
 * not there, or of another format, is built from nothing.
 */
import { asc, sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import { logError } from '../../../lib/log.ts';
import type { Scope } from '../../../slack/scope.ts';
import { learntWordsOf } from '../asking/learning/data.ts';
import { listEntries, listPublished, type PublishedEntry, publishedContent } from '../data.ts';
import { meaningOf } from '../search/meaning.ts';
import type { SearchableEntry } from '../search/rules.ts';
import {
  contentOf,
  digestOf,
  type FaqIndex,
  openFaqIndex,
  putEntries,
  putSynonyms,
  rebuildIndex,
  removeEntries,
} from '../search/store.ts';
import { listSynonyms } from '../synonyms/data.ts';
import { faqIndexTask } from '../tables.ts';
import { isIndexBuilt } from './data.ts';
import { REBUILD, SYNONYMS } from './tasks/mutations.ts';

export type IndexScope = Pick<Scope, 'db' | 'settings' | 'faqIndex' | 'faqMeaning'>;

/** What one run follows: the rest comes with the next, a minute later. */
const TASKS_PER_RUN = 500;
/** Entries read at a time: each time costs some of the 50 statements that the free plan gives to one run. */
const PORTION = 500;

/** Brings the index up to date with what changed. Without a bound index it does nothing, and the tasks wait. */
export async function followIndex(scope: IndexScope): Promise<void> {
  const { db, faqIndex } = scope;
  if (!faqIndex) return;
  const tasks = await db.select().from(faqIndexTask).orderBy(asc(faqIndexTask.at)).limit(TASKS_PER_RUN);
  if (tasks.length === 0) return;
  const index = openFaqIndex(faqIndex);
  const isBuilt = await isIndexBuilt(faqIndex);
  if (!isBuilt || tasks.some(({ what }) => what === REBUILD)) {
    await rebuildFaqIndex(scope);
  } else {
    if (tasks.some(({ what }) => what === SYNONYMS)) await putSynonyms(index, await listSynonyms(db));
    const ids = tasks.map(({ what }) => what).filter((what) => what !== SYNONYMS);
    for (let first = 0; first < ids.length; first += PORTION)
      await followEntries(scope, index, ids.slice(first, first + PORTION));
  }
  await settle(db, tasks);
}

/** The index from nothing; readers see the old one until the new one is there. */
export async function rebuildFaqIndex(scope: IndexScope): Promise<void> {
  if (!scope.faqIndex) return;
  const index = openFaqIndex(scope.faqIndex);
  await rebuildIndex(index, portionsOf(scope), await listSynonyms(scope.db));
  for await (const portion of meaningOf(scope) ? portionsOf(scope) : [])
    await followMeaning(scope, portion, []);
}

/** Compares what the index holds with what is published, and mends the difference: nothing is to stand in it for longer than a day that should not. */
export async function repairIndex(scope: IndexScope): Promise<void> {
  if (!scope.faqIndex) return;
  const index = openFaqIndex(scope.faqIndex);
  const held = (await isIndexBuilt(scope.faqIndex)) ? await contentOf(index) : undefined;
  if (!held) return rebuildFaqIndex(scope);
  const digests = new Map(held.map(({ id, digest }) => [id, digest]));
  for await (const portion of portionsOf(scope)) {
    const changed: SearchableEntry[] = [];
    for (const entry of portion) {
      if (digests.get(entry.id) !== (await digestOf(entry))) changed.push(entry);
      digests.delete(entry.id);
    }
    if (changed.length > 0) await putEntries(index, changed);
    await followMeaning(scope, changed, []);
  }
  if (digests.size > 0) await removeEntries(index, [...digests.keys()]);
  await followMeaning(scope, [], [...digests.keys()]);
}

/**
 * The vectors follow the index as far as they can: a search needs none, shows no entry by its vector alone without reading it anew, and
 * what failed here comes with the entry's next change or the next index from nothing.
 */
async function followMeaning(
  scope: IndexScope,
  entries: readonly SearchableEntry[],
  gone: readonly string[],
): Promise<void> {
  const meaning = meaningOf(scope);
  if (!meaning) return;
  try {
    await meaning.put(entries);
    await meaning.remove(gone);
  } catch (error) {
    logError('faq.meaning_not_followed', error);
  }
}

async function followEntries(scope: IndexScope, index: FaqIndex, ids: readonly string[]): Promise<void> {
  const rows = await listEntries(scope.db, ids);
  const published = rows.flatMap((row) => {
    const content = publishedContent(row);
    return row.status === 'published' && content ? [{ ...row, content }] : [];
  });
  const isFound = new Set(published.map(({ id }) => id));
  const entries = await searchable(scope, published);
  const gone = ids.filter((id) => !isFound.has(id));
  await putEntries(index, entries);
  await removeEntries(index, gone);
  await followMeaning(scope, entries, gone);
}

async function* portionsOf(scope: IndexScope): AsyncGenerator<SearchableEntry[]> {
  for (let after = 0; ; ) {
    const rows = await listPublished(scope.db, after, PORTION);
    if (rows.length > 0) yield await searchable(scope, rows);
    after = rows.at(-1)?.number ?? after;
    if (rows.length < PORTION) return;
  }
}

async function searchable(scope: IndexScope, rows: readonly PublishedEntry[]): Promise<SearchableEntry[]> {
  const learnt = await learntWordsOf(
    scope,
    rows.map(({ id }) => id),
  );
  return rows.map(({ id, externalId, visibility, content }) => ({
    id,
    externalId,
    question: content.question,
    aliases: content.aliases,
    answer: content.answer,
    topics: content.topics,
    isCoreOnly: visibility === 'core',
    learnt: learnt.get(id) ?? [],
  }));
}

/** A task that was stored again meanwhile stays. */
async function settle(db: Database, tasks: readonly (typeof faqIndexTask.$inferSelect)[]): Promise<void> {
  const seen = JSON.stringify(tasks.map(({ what, at }) => ({ what, at: at.getTime() })));
  await db
    .delete(faqIndexTask)
    .where(
      sql`EXISTS (SELECT 1 FROM json_each(${seen}) AS seen WHERE seen.value->>'what' = ${faqIndexTask.what} AND seen.value->>'at' = ${faqIndexTask.at})`,
    );
}
