/** The groups of words that mean the same, as the core center keeps them. */
import { asc, desc, eq } from 'drizzle-orm';
import * as v from 'valibot';
import type { Database } from '../../../lib/db.ts';
import { faqSynonymGroup } from '../tables.ts';

const Words = v.pipe(v.string(), v.parseJson(), v.array(v.string()));

export async function listSynonyms(db: Database): Promise<string[][]> {
  const rows = await db
    .select({ words: faqSynonymGroup.words })
    .from(faqSynonymGroup)
    .orderBy(asc(faqSynonymGroup.id));
  return rows.map(({ words }) => v.parse(Words, words));
}

export interface SynonymGroup {
  id: number;
  /** The formal word first. */
  words: string[];
  version: number;
}

/** All groups, the latest first: a few hundred. */
export async function listGroups(db: Database): Promise<SynonymGroup[]> {
  const rows = await db.select().from(faqSynonymGroup).orderBy(desc(faqSynonymGroup.id));
  return rows.map(({ id, words, version }) => ({ id, words: v.parse(Words, words), version }));
}

export async function findGroup(db: Database, id: number): Promise<SynonymGroup | undefined> {
  const [row] = await db.select().from(faqSynonymGroup).where(eq(faqSynonymGroup.id, id)).limit(1);
  return row && { id, words: v.parse(Words, row.words), version: row.version };
}

/** The latest group of just these words, in this order. */
export async function findGroupOf(db: Database, words: readonly string[]): Promise<number | undefined> {
  const [row] = await db
    .select({ id: faqSynonymGroup.id })
    .from(faqSynonymGroup)
    .where(eq(faqSynonymGroup.words, JSON.stringify(words)))
    .orderBy(desc(faqSynonymGroup.id))
    .limit(1);
  return row?.id;
}
