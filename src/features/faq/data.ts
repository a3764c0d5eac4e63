/** Entries of the FAQ as they stand, whoever asks: `rules` is the caller's first question. */
import { and, asc, desc, eq, gt, inArray, or, sql } from 'drizzle-orm';
import * as v from 'valibot';
import type { Database } from '../../lib/db.ts';
import { type ChainHead, EMPTY_CHAIN } from '../../vault/audit.ts';
import type { CaseKey } from '../../vault/key-ring.ts';
import { auditEntry } from '../../vault/tables.ts';
import type { EntryContent } from './rules.ts';
import { faqPlace } from './sealing.ts';
import { faqEntry, faqRevision } from './tables.ts';

export type FaqEntry = typeof faqEntry.$inferSelect;
export type FaqRevision = typeof faqRevision.$inferSelect;

/** With the version that is worked on, and the head of its audit chain, read in one transaction. */
export interface LoadedEntry {
  entry: FaqEntry;
  /** The draft or what waits for approval; at most one. */
  open: FaqRevision | null;
  /** The highest number of a version. */
  lastRevision: number;
  head: ChainHead;
}

const Texts = v.pipe(v.string(), v.parseJson(), v.array(v.string()));
const Links = v.pipe(v.string(), v.parseJson(), v.array(v.object({ label: v.string(), url: v.string() })));
const Content = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    question: v.string(),
    aliases: v.array(v.string()),
    answer: v.string(),
    topics: v.array(v.string()),
    links: v.array(v.object({ label: v.string(), url: v.string() })),
  }),
);

/** Undefined when there is none of that id. */
export async function loadEntry(db: Database, id: string): Promise<LoadedEntry | undefined> {
  const [entries, open, last, heads] = await db.batch([
    db.select().from(faqEntry).where(eq(faqEntry.id, id)),
    db
      .select()
      .from(faqRevision)
      .where(and(eq(faqRevision.entryId, id), inArray(faqRevision.state, ['draft', 'proposed']))),
    db
      .select({ number: faqRevision.number })
      .from(faqRevision)
      .where(eq(faqRevision.entryId, id))
      .orderBy(desc(faqRevision.number))
      .limit(1),
    db
      .select({ seq: auditEntry.seq, hash: auditEntry.hash })
      .from(auditEntry)
      .where(eq(auditEntry.chain, `faq:${id}`))
      .orderBy(desc(auditEntry.seq))
      .limit(1),
  ]);
  const [entry] = entries;
  if (!entry) return undefined;
  return { entry, open: open[0] ?? null, lastRevision: last[0]?.number ?? 0, head: heads[0] ?? EMPTY_CHAIN };
}

export async function findEntry(db: Database, id: string): Promise<FaqEntry | undefined> {
  const [row] = await db.select().from(faqEntry).where(eq(faqEntry.id, id)).limit(1);
  return row;
}

/** By the number of `FAQ-0012`. */
export async function findEntryByNumber(db: Database, number: number): Promise<FaqEntry | undefined> {
  const [row] = await db.select().from(faqEntry).where(eq(faqEntry.number, number)).limit(1);
  return row;
}

/** Those that are there, in the order of the ids. */
export async function listEntries(db: Database, ids: readonly string[]): Promise<FaqEntry[]> {
  if (ids.length === 0) return [];
  const wanted = JSON.stringify(ids);
  const rows = await db
    .select()
    .from(faqEntry)
    .where(sql`${faqEntry.id} IN (SELECT value FROM json_each(${wanted}))`);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** A published entry with its text. */
export type PublishedEntry = FaqEntry & { content: EntryContent };

/** Published entries in the order of their numbers, some at a time. @param after the last number seen, 0 to begin */
export async function listPublished(db: Database, after: number, limit: number): Promise<PublishedEntry[]> {
  const rows = await db
    .select()
    .from(faqEntry)
    .where(and(eq(faqEntry.status, 'published'), gt(faqEntry.number, after)))
    .orderBy(asc(faqEntry.number))
    .limit(limit);
  return rows.flatMap((row) => {
    const content = publishedContent(row);
    return content ? [{ ...row, content }] : [];
  });
}

/** The approved text; undefined while there is none. */
export function publishedContent(
  row: Pick<FaqEntry, 'question' | 'aliases' | 'answer' | 'topics' | 'links'>,
): EntryContent | undefined {
  const { question, answer } = row;
  if (question === null || answer === null) return undefined;
  return {
    question,
    answer,
    aliases: v.parse(Texts, row.aliases ?? '[]'),
    topics: v.parse(Texts, row.topics ?? '[]'),
    links: v.parse(Links, row.links ?? '[]'),
  };
}

/** All versions, the newest first. */
export async function listRevisions(db: Database, entryId: string): Promise<FaqRevision[]> {
  return db
    .select()
    .from(faqRevision)
    .where(eq(faqRevision.entryId, entryId))
    .orderBy(desc(faqRevision.number));
}

export async function findRevision(
  db: Database,
  entryId: string,
  number: number,
): Promise<FaqRevision | undefined> {
  const [row] = await db
    .select()
    .from(faqRevision)
    .where(and(eq(faqRevision.entryId, entryId), eq(faqRevision.number, number)))
    .limit(1);
  return row;
}

/** What is worked on or waits, the latest first, with its entry. */
export async function listOpenRevisions(
  db: Database,
  limit: number,
): Promise<{ entry: FaqEntry; revision: FaqRevision }[]> {
  const rows = await db
    .select()
    .from(faqRevision)
    .innerJoin(faqEntry, eq(faqEntry.id, faqRevision.entryId))
    .where(or(eq(faqRevision.state, 'draft'), eq(faqRevision.state, 'proposed')))
    .orderBy(desc(faqRevision.updatedAt))
    .limit(limit);
  return rows.map((row) => ({ entry: row.faq_entry, revision: row.faq_revision }));
}

/** The text of a version; null when it was erased. */
export async function openRevision(key: CaseKey, revision: FaqRevision): Promise<EntryContent | null> {
  if (revision.content === null) return null;
  return v.parse(Content, await key.open(revisionPlace(revision, 'content'), revision.content));
}

export function revisionPlace(
  { entryId, number }: Pick<FaqRevision, 'entryId' | 'number'>,
  column: 'content' | 'note',
) {
  return faqPlace('faq_revision', column, `${entryId}/${number}`);
}

/** Who had a hand in a version. */
export function editorsOf({ editors }: Pick<FaqRevision, 'editors'>): string[] {
  return v.parse(Texts, editors);
}
