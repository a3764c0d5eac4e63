/** What somebody asked, for that person alone; and the entries that somebody may read. */
import { and, eq } from 'drizzle-orm';
import * as v from 'valibot';
import type { Database } from '../../../lib/db.ts';
import type { Scope } from '../../../slack/scope.ts';
import {
  type FaqEntry,
  findEntry,
  listEntries,
  listPublished,
  type PublishedEntry,
  publishedContent,
} from '../data.ts';
import { isIndexBuilt } from '../indexing/data.ts';
import { mayReadCoreOnly, mayReadEntry, type Person } from '../rules.ts';
import { faqPlace, openFaqKey } from '../sealing.ts';
import { searchFaq } from '../search/data.ts';
import { meaningOf } from '../search/meaning.ts';
import { openFaqIndex } from '../search/store.ts';
import { faqAsk, faqVote } from '../tables.ts';
import { MOST_SHOWN } from './rules.ts';

export type AskRow = typeof faqAsk.$inferSelect;

/** A chain of merged entries is no longer. */
const LONGEST_WAY = 5;
/** Of more hits than are shown, some may be withdrawn since. */
const SEARCHED = 2 * MOST_SHOWN;

const Ids = v.pipe(v.string(), v.parseJson(), v.array(v.string()));

export function askPlace(id: string, column: 'text' | 'typed') {
  return faqPlace('faq_ask', column, id);
}

/** What this person asked; undefined for what others asked, too. */
export async function findOwnAsk(db: Database, person: string, id: string): Promise<AskRow | undefined> {
  if (id === '') return undefined;
  const [row] = await db
    .select()
    .from(faqAsk)
    .where(and(eq(faqAsk.id, id), eq(faqAsk.askedBy, person)))
    .limit(1);
  return row;
}

/** The words, as they were typed while these are kept; then with what looks like personal data covered. For the asker alone. */
export async function openAsk(scope: Pick<Scope, 'db' | 'settings'>, ask: AskRow): Promise<string> {
  const key = await openFaqKey(scope);
  if (ask.typed !== null) return key.open(askPlace(ask.id, 'typed'), ask.typed);
  return key.open(askPlace(ask.id, 'text'), ask.text);
}

/** The entries that were shown, as far as they are still to be found. */
export async function listShown(db: Database, person: Person, ask: AskRow): Promise<PublishedEntry[]> {
  return listReadable(db, person, v.parse(Ids, ask.shown));
}

/** In the order of the ids; what this person may not read, or nobody any more, is left out. */
export async function listReadable(
  db: Database,
  person: Person,
  ids: readonly string[],
): Promise<PublishedEntry[]> {
  return (await listEntries(db, ids)).flatMap((row) => readable(person, row) ?? []);
}

/** The text of an entry, for who may read it. */
export function readable(person: Person, row: FaqEntry): PublishedEntry | undefined {
  const content = mayReadEntry(person, row) ? publishedContent(row) : undefined;
  return content && { ...row, content };
}

/** Where an entry leads: itself, or what it was merged into. */
export async function followMerged(db: Database, row: FaqEntry): Promise<FaqEntry | undefined> {
  let entry: FaqEntry | undefined = row;
  for (let way = 0; way < LONGEST_WAY && entry?.status === 'merged'; way += 1)
    entry = entry.mergedInto === null ? undefined : await findEntry(db, entry.mergedInto);
  return entry;
}

/** What this person said of an entry; undefined when nothing. */
export async function findVote(db: Database, person: string, entryId: string): Promise<boolean | undefined> {
  const [row] = await db
    .select({ isHelpful: faqVote.isHelpful })
    .from(faqVote)
    .where(and(eq(faqVote.entryId, entryId), eq(faqVote.person, person)))
    .limit(1);
  return row?.isHelpful;
}

/**
 * What likely answers, best first, read anew from the main database: the index may lag behind by a minute.
 * @returns undefined where no index is bound, or none is built
 * @throws what the index throws
 */
export async function searchEntries(
  scope: Pick<Scope, 'db' | 'faqIndex' | 'faqMeaning'>,
  person: Person,
  text: string,
  limit: number,
): Promise<PublishedEntry[] | undefined> {
  if (!scope.faqIndex) return undefined;
  const hits = await searchFaq(openFaqIndex(scope.faqIndex), {
    text,
    limit: SEARCHED,
    mayReadCoreOnly: mayReadCoreOnly(person),
    meaning: meaningOf(scope),
  });
  // What cannot be searched is no answer that is missing; where nothing is published, none is.
  if (hits.length === 0 && !(await isIndexBuilt(scope.faqIndex)))
    return (await listPublished(scope.db, 0, 1)).length > 0 ? undefined : [];
  const likely = hits.filter(({ isLikely }) => isLikely).map(({ id }) => id);
  return (await listReadable(scope.db, person, likely)).slice(0, limit);
}
