/** The published entries that somebody may read, as one goes through them without a question. */
import { and, asc, desc, eq, gt, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../../../lib/db.ts';
import { type PublishedEntry, publishedContent } from '../../data.ts';
import { mayReadCoreOnly, type Person } from '../../rules.ts';
import { faqEntry, faqVote } from '../../tables.ts';

export interface TopicCount {
  topic: string;
  count: number;
}

function isReadable(person: Person): SQL | undefined {
  const isPublished = eq(faqEntry.status, 'published');
  return mayReadCoreOnly(person) ? isPublished : and(isPublished, eq(faqEntry.visibility, 'all'));
}

/** The most used first. */
export async function countTopics(db: Database, person: Person): Promise<TopicCount[]> {
  return db.all<TopicCount>(sql`
    SELECT topic.value AS topic, count(*) AS count FROM ${faqEntry} CROSS JOIN json_each(${faqEntry.topics}) AS topic
    WHERE ${isReadable(person)} GROUP BY topic.value ORDER BY count DESC, topic`);
}

/** In the order of their numbers. @param after the last number seen, 0 to begin */
export async function listOfTopic(
  db: Database,
  person: Person,
  { topic, after, limit }: { topic: string; after: number; limit: number },
): Promise<PublishedEntry[]> {
  const hasTopic = sql`EXISTS (SELECT 1 FROM json_each(${faqEntry.topics}) WHERE value = ${topic})`;
  const rows = await db
    .select()
    .from(faqEntry)
    .where(and(isReadable(person), hasTopic, gt(faqEntry.number, after)))
    .orderBy(asc(faqEntry.number))
    .limit(limit);
  return rows.flatMap(withContent);
}

export async function listNewest(db: Database, person: Person, limit: number): Promise<PublishedEntry[]> {
  const rows = await db
    .select()
    .from(faqEntry)
    .where(isReadable(person))
    .orderBy(desc(faqEntry.publishedAt), desc(faqEntry.number))
    .limit(limit);
  return rows.flatMap(withContent);
}

/** Those that most people found helpful, less those who did not; with how many did. */
export async function listMostHelpful(
  db: Database,
  person: Person,
  limit: number,
): Promise<{ entry: PublishedEntry; helped: number }[]> {
  const helped = sql<number>`sum(${faqVote.isHelpful})`;
  const rows = await db
    .select({ entry: faqEntry, helped: helped.as('helped') })
    .from(faqVote)
    .innerJoin(faqEntry, eq(faqEntry.id, faqVote.entryId))
    .where(isReadable(person))
    .groupBy(faqEntry.id)
    .having(sql`${helped} > 0`)
    .orderBy(desc(sql`2 * ${helped} - count(*)`), asc(faqEntry.number))
    .limit(limit);
  return rows.flatMap((row) => withContent(row.entry).map((entry) => ({ entry, helped: row.helped })));
}

function withContent(row: typeof faqEntry.$inferSelect): PublishedEntry[] {
  const content = publishedContent(row);
  return content ? [{ ...row, content }] : [];
}
