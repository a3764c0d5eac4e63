/** The rows of an import: some thousands in a few statements, as JSON in one parameter each (D1 takes 100 parameters a statement). */
import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Database, Statement } from '../../../../lib/db.ts';
import { largePortionsOf } from '../../../../lib/portions.ts';
import type { AuditRow } from '../../../../vault/audit.ts';
import { auditEntry } from '../../../../vault/tables.ts';
import type { FaqEntry, FaqRevision } from '../../data.ts';
import { indexTask, indexTasks, REBUILD } from '../../indexing/tasks/mutations.ts';
import { faqEntry, faqRevision } from '../../tables.ts';

/** From so many changes on, building the index from nothing costs less than following them one by one. */
const REBUILT_FROM = 200;

/** What one entry of the file writes. */
export interface Written {
  /** Afterwards; number 0 for a new one, which takes the next. */
  entry: FaqEntry;
  revision: FaqRevision | null;
  /** Follows the head of the entry's chain. */
  audit: AuditRow;
}

/** The statements; run after anybody else changed one of the entries, they fail as a whole. */
export function storeImported(db: Database, written: readonly Written[], at: Date): Statement[] {
  if (written.length === 0) return [];
  const isNew = ({ entry }: Written) => entry.number === 0;
  // New ones first: they are numbered by their places.
  const entries = [...written.filter(isNew), ...written.filter((each) => !isNew(each))].map(
    ({ entry }) => entry,
  );
  const revisions = written.flatMap(({ revision }) => revision ?? []);
  return [
    ...insertAudit(
      db,
      written.map(({ audit }) => audit),
    ),
    ...settleOlder(db, revisions),
    ...storeEntries(db, entries),
    ...insertRevisions(db, revisions),
    written.length < REBUILT_FROM
      ? indexTasks(
          db,
          entries.map(({ id }) => id),
          at,
        )
      : indexTask(db, REBUILD, at),
  ];
}

// Every column of its table, in its order.

function insertAudit(db: Database, entries: readonly AuditRow[]): Statement[] {
  return largePortionsOf(entries.map((entry) => ({ ...entry, at: entry.at.getTime() }))).map(({ rows }) =>
    db.insert(auditEntry).select(sql`
      SELECT value->>'chain', value->>'seq', NULL, value->>'at', value->>'actor', value->>'action',
        value->>'outcome', value->>'surface', value->>'detail', value->>'previousHash', value->>'hash'
      FROM json_each(${rows}) WHERE true`),
  );
}

/** What the file's text takes the place of: what was published, and what an earlier file had brought as a draft that nobody touched since. */
function settleOlder(db: Database, revisions: readonly FaqRevision[]): Statement[] {
  const ids = revisions.flatMap(({ state, entryId }) => (state === 'published' ? [entryId] : []));
  if (ids.length === 0) return [];
  const isOfThem = sql`${faqRevision.entryId} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;
  return [
    db
      .update(faqRevision)
      .set({ state: 'replaced' })
      .where(and(isOfThem, eq(faqRevision.state, 'published'))),
    db
      .update(faqRevision)
      .set({ state: 'dropped' })
      .where(
        and(
          isOfThem,
          eq(faqRevision.source, 'file'),
          eq(faqRevision.state, 'draft'),
          eq(faqRevision.updatedAt, faqRevision.createdAt),
        ),
      ),
  ];
}

function storeEntries(db: Database, entries: readonly FaqEntry[]): Statement[] {
  const rows = entries.map((entry) => ({
    ...entry,
    publishedAt: entry.publishedAt?.getTime() ?? null,
    createdAt: entry.createdAt.getTime(),
    updatedAt: entry.updatedAt.getTime(),
  }));
  return largePortionsOf(rows).map((portion) =>
    db
      .insert(faqEntry)
      .select(
        sql`
      SELECT value->>'id',
        CASE value->>'number'
          WHEN 0 THEN (SELECT coalesce(max(number), 0) FROM faq_entry) + key + 1 ELSE value->>'number' END,
        value->>'externalId', value->>'status', value->>'question', value->>'aliases', value->>'answer',
        value->>'topics', value->>'links', value->>'visibility', value->>'owner', value->>'reviewedOn',
        value->>'reviewDueOn', value->>'publishedRevision', value->>'publishedAt', value->>'mergedInto',
        value->>'submissionKey', value->>'version', value->>'createdAt', value->>'updatedAt'
      FROM json_each(${portion.rows}) WHERE true`,
      )
      .onConflictDoUpdate({
        target: faqEntry.id,
        set: {
          externalId: excluded('external_id'),
          status: excluded('status'),
          question: excluded('question'),
          aliases: excluded('aliases'),
          answer: excluded('answer'),
          topics: excluded('topics'),
          links: excluded('links'),
          visibility: excluded('visibility'),
          reviewedOn: excluded('reviewed_on'),
          reviewDueOn: excluded('review_due_on'),
          publishedRevision: excluded('published_revision'),
          publishedAt: excluded('published_at'),
          mergedInto: excluded('merged_into'),
          version: excluded('version'),
          updatedAt: excluded('updated_at'),
        },
      }),
  );
}

function insertRevisions(db: Database, revisions: readonly FaqRevision[]): Statement[] {
  const rows = revisions.map(({ createdAt, updatedAt, decidedAt, ...revision }) => ({
    ...revision,
    createdAt: createdAt.getTime(),
    updatedAt: updatedAt.getTime(),
    decidedAt: decidedAt?.getTime() ?? null,
  }));
  return largePortionsOf(rows).map((portion) =>
    db.insert(faqRevision).select(sql`
      SELECT value->>'entryId', value->>'number', value->>'state', value->>'content', value->>'visibility',
        value->>'source', NULL, NULL, value->>'editors', value->>'createdAt', value->>'updatedAt', NULL, NULL,
        value->>'decidedBy', value->>'decidedAt', NULL, NULL, NULL
      FROM json_each(${portion.rows}) WHERE true`),
  );
}

/** In `ON CONFLICT DO UPDATE`: the column as the refused row would have had it. */
function excluded(column: string): SQL {
  return sql.raw(`excluded.${column}`);
}
