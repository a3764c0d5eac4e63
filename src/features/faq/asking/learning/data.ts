/**
 * What people's words teach the search: those of questions to which somebody then found an entry helpful. The index is in the clear,
 * and what was asked may hold a name that nobody noticed: a word is learnt only when two people used it
 * and nobody is called so, or when approved texts have it.
 */
import { and, eq, sql } from 'drizzle-orm';
import type { Scope } from '../../../../slack/scope.ts';
import { openFaqKey } from '../../sealing.ts';
import { faqAsk, faqVote } from '../../tables.ts';
import { askPlace } from '../data.ts';
import { mayBeName, wordsToLearn } from './rules.ts';

/** So many a call are looked up in approved texts; the others wait for a second person. */
const LOOKED_UP = 200;

/** By entry id; entries that nothing was learnt of are missing. Words in the order of the alphabet, so that equal lists compare equal. */
export async function learntWordsOf(
  scope: Pick<Scope, 'db' | 'settings'>,
  entryIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const used = await listUsedWords(scope, entryIds);
  if (used.size === 0) return new Map();
  // Its lists are large, and few calls need them.
  const { readNameBook } = await import('../../../../vault/personal-data/name-book.ts');
  const book = readNameBook();
  const isSure = (word: string, people: ReadonlySet<string>) => people.size > 1 && !mayBeName(word, book);
  const unsure = [...used.values()].flatMap((words) =>
    [...words].flatMap(([word, people]) => (isSure(word, people) ? [] : [word])),
  );
  const known = await listKnown(scope, [...new Set(unsure)].toSorted().slice(0, LOOKED_UP));
  const learnt = [...used].map(([entryId, words]) => {
    const kept = [...words].flatMap(([word, people]) =>
      isSure(word, people) || known.has(word) ? [word] : [],
    );
    return [entryId, kept.toSorted()] as const;
  });
  return new Map(learnt.filter(([, words]) => words.length > 0));
}

/** Entry → word → who used it. */
async function listUsedWords(
  scope: Pick<Scope, 'db' | 'settings'>,
  entryIds: readonly string[],
): Promise<Map<string, Map<string, Set<string>>>> {
  const rows = await scope.db
    .select({ entryId: faqVote.entryId, person: faqVote.person, askId: faqAsk.id, text: faqAsk.text })
    .from(faqVote)
    .innerJoin(faqAsk, eq(faqAsk.id, faqVote.askId))
    .where(
      and(
        eq(faqVote.isHelpful, true),
        sql`${faqVote.entryId} IN (SELECT value FROM json_each(${JSON.stringify(entryIds)}))`,
      ),
    );
  const used = new Map<string, Map<string, Set<string>>>();
  if (rows.length === 0) return used;
  const key = await openFaqKey(scope);
  const opened = await Promise.all(
    rows.map(async (row) => ({ ...row, text: await key.open(askPlace(row.askId, 'text'), row.text) })),
  );
  for (const { entryId, person, text } of opened) {
    const words = used.get(entryId) ?? new Map<string, Set<string>>();
    for (const word of wordsToLearn(text)) words.set(word, (words.get(word) ?? new Set()).add(person));
    used.set(entryId, words);
  }
  return used;
}

/** Those that stand in what was approved: published texts, and groups of synonyms. One look at each entry, however many words. */
async function listKnown({ db }: Pick<Scope, 'db'>, words: readonly string[]): Promise<Set<string>> {
  if (words.length === 0) return new Set();
  const list = JSON.stringify(words);
  const rows = await db.all<{ word: string }>(sql`
    SELECT DISTINCT sought.value AS word FROM faq_entry AS entry CROSS JOIN json_each(${list}) AS sought
      WHERE entry.status = 'published'
        AND instr(lower(entry.question || ' ' || entry.aliases || ' ' || entry.answer), sought.value) > 0
    UNION
    SELECT DISTINCT sought.value FROM faq_synonym_group AS synonyms CROSS JOIN json_each(${list}) AS sought
      WHERE instr(lower(synonyms.words), sought.value) > 0`);
  return new Set(rows.map(({ word }) => word));
}
