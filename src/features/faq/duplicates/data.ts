/** Entries that look as if they answered the same, but for the pairs of which somebody said that they do not. */
import { and, count, desc, eq, sql } from 'drizzle-orm';
import * as v from 'valibot';
import type { Database } from '../../../lib/db.ts';
import { faqDistinctPair, faqEntry, faqVote } from '../tables.ts';
import { type LikelyPair, likelyPairs } from './rules.ts';

/** Whatever was published last is compared with everything: older pairs were looked at when they were new. */
const COMPARED = 300;

const Texts = v.pipe(v.string(), v.parseJson(), v.array(v.string()));

/** The likeliest first. */
export async function listPairs(db: Database): Promise<LikelyPair[]> {
  const [entries, distinct] = await db.batch([
    db
      .select({
        id: faqEntry.id,
        question: faqEntry.question,
        aliases: faqEntry.aliases,
        mergedInto: faqEntry.mergedInto,
      })
      .from(faqEntry)
      .where(eq(faqEntry.status, 'published'))
      .orderBy(desc(faqEntry.publishedAt), desc(faqEntry.number)),
    db.select({ one: faqDistinctPair.one, other: faqDistinctPair.other }).from(faqDistinctPair),
  ]);
  const settled = new Set(distinct.map(({ one, other }) => `${one}/${other}`));
  // What is to be merged already is not offered again.
  const asked = entries
    .filter(({ mergedInto }) => mergedInto === null)
    .map(({ id, question, aliases }) => ({
      id,
      ways: [question ?? '', ...v.parse(Texts, aliases ?? '[]')],
    }));
  const latest = new Set(asked.slice(0, COMPARED).map(({ id }) => id));
  return likelyPairs(asked, latest).filter(({ one, other }) => !settled.has(`${one}/${other}`));
}

/** What becomes part of an entry when its draft is approved, in the order of the numbers. */
export async function listToBeMerged(
  db: Database,
  keptId: string,
): Promise<{ number: number; question: string }[]> {
  const rows = await db
    .select({ number: faqEntry.number, question: faqEntry.question })
    .from(faqEntry)
    .where(and(eq(faqEntry.mergedInto, keptId), eq(faqEntry.status, 'published')))
    .orderBy(faqEntry.number);
  return rows.map(({ number, question }) => ({ number, question: question ?? '' }));
}

export async function countPairs(db: Database): Promise<number> {
  return (await listPairs(db)).length;
}

export interface Votes {
  helpful: number;
  others: number;
}

/** What people said of entries, by entry. */
export async function countVotes(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, Votes>> {
  const rows = await db
    .select({
      id: faqVote.entryId,
      helpful: sql<number>`sum(${faqVote.isHelpful})`.as('helpful'),
      all: count().as('all_votes'),
    })
    .from(faqVote)
    .where(sql`${faqVote.entryId} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`)
    .groupBy(faqVote.entryId);
  return new Map(rows.map(({ id, helpful, all }) => [id, { helpful, others: all - helpful }]));
}
