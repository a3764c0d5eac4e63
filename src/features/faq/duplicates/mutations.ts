/** Two entries that ask the same become one draft, which a second person approves; or are noted as two. */
import { eq } from 'drizzle-orm';
import { done, NOT_FOUND, type NotFound, type Result, refused } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { changeDirectory } from '../../directory/mutations.ts';
import { type FaqEntry, type LoadedEntry, listEntries, loadEntry, publishedContent } from '../data.ts';
import { editedRevision } from '../editing/mutations.ts';
import { MAX_ALIAS, MAX_ALIASES, MAX_ANSWER, MAX_TOPICS } from '../editing/schema.ts';
import { type EntryContent, formatFaqReference, mayEdit } from '../rules.ts';
import { changeEntry } from '../storing/mutations.ts';
import { faqDistinctPair, faqEntry } from '../tables.ts';
import { orderedPair } from './rules.ts';
import { duplicatesText as text } from './text.ts';

export type MergeRefusal = NotFound | { reason: 'changed' | 'busy' | 'too-long' };

/** As the page showed them. */
export interface Pair {
  kept: string;
  other: string;
  /** `pairStamp` of the two. */
  seen: string;
}

/** Which two texts somebody compared. */
export function pairStamp(kept: FaqEntry, other: FaqEntry): string {
  return `${kept.publishedRevision}/${other.publishedRevision}`;
}

/**
 * Makes a draft of the kept entry that also answers what the other one is asked. Until it is approved both are found.
 * @param isAppended whether the other answer is put behind the kept one, to be edited
 */
export async function merge(
  scope: Scope,
  actor: Actor,
  pair: Pair,
  isAppended: boolean,
): Promise<Result<FaqEntry, MergeRefusal>> {
  const { db } = scope;
  const wish = { id: pair.kept, action: 'faq.merge' };
  return changeEntry<MergeRefusal>(scope, actor, wish, async (loaded) => {
    const other = mayEdit(actor) ? await loadEntry(db, pair.other) : undefined;
    const joined = other && joinedOf(loaded, other, isAppended);
    if (!joined) return refused(NOT_FOUND);
    // The same form again.
    if (other.entry.mergedInto === pair.kept && loaded.open?.source === 'merge') return done(undefined);
    const denial = denialOf(loaded, other, joined.content, pair.seen);
    if (denial) return refused({ reason: denial });
    return done({
      detail: { other: formatFaqReference(other.entry.number) },
      revisions: [await editedRevision(scope, actor, loaded, joined)],
      statements: [db.update(faqEntry).set({ mergedInto: pair.kept }).where(eq(faqEntry.id, pair.other))],
    });
  });
}

/** Undefined when they are not two that are found. */
function joinedOf({ entry: kept }: LoadedEntry, { entry: other }: LoadedEntry, isAppended: boolean) {
  const [content, otherContent] = [publishedContent(kept), publishedContent(other)];
  if (kept.id === other.id || !content || !otherContent) return undefined;
  // What only the core center reads is not shown to everybody by a merger.
  const isCoreOnly = kept.visibility === 'core' || other.visibility === 'core';
  return {
    content: joinContents(content, otherContent, isAppended),
    visibility: isCoreOnly ? 'core' : 'all',
    source: 'merge',
  } as const;
}

function denialOf(kept: LoadedEntry, other: LoadedEntry, joined: EntryContent, seen: string) {
  if (isBusy(kept) || isBusy(other)) return 'busy';
  if (pairStamp(kept.entry, other.entry) !== seen) return 'changed';
  return fits(joined) ? undefined : 'too-long';
}

function isBusy({ entry, open }: LoadedEntry): boolean {
  return open !== null || entry.mergedInto !== null;
}

/** The kept one's words first; what both have stands once. */
export function joinContents(kept: EntryContent, other: EntryContent, isAppended: boolean): EntryContent {
  const ways = [...kept.aliases, other.question, ...other.aliases].filter((each) => each !== kept.question);
  const links = [
    ...kept.links,
    ...other.links.filter(({ url }) => kept.links.every((each) => each.url !== url)),
  ];
  const isNew = isAppended && other.answer !== kept.answer;
  return {
    question: kept.question,
    aliases: [...new Set(ways)].slice(0, MAX_ALIASES),
    answer: isNew ? text.joined(kept.answer, other.answer) : kept.answer,
    topics: [...new Set([...kept.topics, ...other.topics])].slice(0, MAX_TOPICS),
    links,
  };
}

function fits({ aliases, answer }: EntryContent): boolean {
  return answer.length <= MAX_ANSWER && aliases.every((each) => each.length <= MAX_ALIAS);
}

/** They ask different things: the pair is not offered again. */
export async function noteDistinct(
  scope: Scope,
  actor: Actor,
  ids: { one: string; other: string },
): Promise<Result<undefined, NotFound>> {
  const { db, now } = scope;
  return changeDirectory<undefined, NotFound>(scope, actor, 'faq.distinct', async () => {
    const isPair = mayEdit(actor) && ids.one !== ids.other;
    const entries = isPair ? await listEntries(db, [ids.one, ids.other]) : [];
    if (entries.length !== 2) return refused(NOT_FOUND);
    const [one, other] = orderedPair(ids.one, ids.other);
    return done({
      value: undefined,
      detail: { pair: entries.map(({ number }) => formatFaqReference(number)).join(' ') },
      statements: [
        db
          .insert(faqDistinctPair)
          .values({ one, other, notedBy: actor.slackUserId, at: now })
          .onConflictDoNothing(),
      ],
    });
  });
}
