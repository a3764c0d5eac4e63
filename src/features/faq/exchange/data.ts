/** Reads for import and export: a few statements, however many entries there are. */
import { and, asc, eq, getTableColumns, inArray, isNull, sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import type { Settings } from '../../../lib/env.ts';
import { present } from '../../../lib/record.ts';
import type { AuditEvent } from '../../../vault/audit.ts';
import type { CaseKey } from '../../../vault/key-ring.ts';
import { auditEntry } from '../../../vault/tables.ts';
import type { FaqFileEntry } from '../../directory/faq-entries.ts';
import {
  type FaqRevision,
  listPublished,
  openRevision,
  type PublishedEntry,
  publishedContent,
} from '../data.ts';
import { openFaqKey } from '../sealing.ts';
import { faqEntry, faqRevision } from '../tables.ts';
import { type ImportWay, matchEntries, type Named, planStep, type Standing, type Step } from './rules.ts';

/** What importing works with; the command line has no more. */
export interface ExchangeScope {
  db: Database;
  settings: Pick<Settings, 'DATA_KEYS'>;
  now: Date;
  origin: Pick<AuditEvent, 'surface' | 'session'>;
  wakeIndexer(): void;
}

/** Rows read at once hold at most so many letters of answers: 3 bytes each, in memory several times. */
const READ_LETTERS = 2_000_000;
/** Entries read at a time for an export. */
const PORTION = 1000;

/** What becomes of each entry of a file, in its order. */
export async function planImport(
  scope: ExchangeScope,
  file: readonly FaqFileEntry[],
  as: ImportWay,
): Promise<Step[]> {
  const key = await openFaqKey(scope);
  const names = await listNames(scope.db, key, file);
  const ids = matchEntries(file, names);
  const wanted = new Set(ids);
  const standing = await loadStanding(
    scope.db,
    key,
    names.filter(({ id }) => wanted.has(id)),
  );
  return file.map((entry, i) => planStep(entry, standing.get(ids[i] ?? ''), as));
}

/** Every entry by what a file may call it. */
async function listNames(
  db: Database,
  key: CaseKey,
  file: readonly FaqFileEntry[],
): Promise<(Named & { letters: number })[]> {
  const rows = await db
    .select({
      id: faqEntry.id,
      externalId: faqEntry.externalId,
      question: faqEntry.question,
      letters: sql<number>`coalesce(length(${faqEntry.answer}), 0)`.as('letters'),
    })
    .from(faqEntry)
    .orderBy(asc(faqEntry.number));
  const isAnyUnnamed = file.some(({ externalId }) => externalId === undefined);
  if (!isAnyUnnamed) return rows;
  const drafts = await db
    .select(getTableColumns(faqRevision))
    .from(faqRevision)
    .innerJoin(faqEntry, and(eq(faqEntry.id, faqRevision.entryId), isNull(faqEntry.question)))
    .where(and(eq(faqRevision.source, 'file'), inArray(faqRevision.state, ['draft', 'proposed'])));
  const opened = await openAll(key, drafts);
  return rows.map((row) => ({ ...row, question: row.question ?? opened.get(row.id)?.question ?? null }));
}

async function openAll(key: CaseKey, revisions: readonly FaqRevision[]) {
  const opened = await Promise.all(
    revisions.map(async (revision) => [revision.entryId, await openRevision(key, revision)] as const),
  );
  return new Map(opened);
}

/** By id, with what a change of them needs. */
async function loadStanding(
  db: Database,
  key: CaseKey,
  wanted: readonly { id: string; letters: number }[],
): Promise<ReadonlyMap<string, Standing>> {
  const found: (readonly [string, Standing])[] = [];
  for (const ids of portionsByLetters(wanted)) {
    const listed = sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`;
    const lastOfChain = sql`(SELECT max(last.seq) FROM audit_entry AS last WHERE last.chain = 'faq:' || ${faqEntry.id})`;
    const [rows, open] = await db.batch([
      db
        .select({
          ...getTableColumns(faqEntry),
          lastRevision:
            sql<number>`(SELECT coalesce(max(each.number), 0) FROM faq_revision AS each WHERE each.entry_id = ${faqEntry.id})`.as(
              'last_revision',
            ),
          seq: auditEntry.seq,
          hash: auditEntry.hash,
        })
        .from(faqEntry)
        .leftJoin(
          auditEntry,
          and(sql`${auditEntry.chain} = 'faq:' || ${faqEntry.id}`, sql`${auditEntry.seq} = ${lastOfChain}`),
        )
        .where(sql`${faqEntry.id} IN ${listed}`),
      db
        .select()
        .from(faqRevision)
        .where(
          and(inArray(faqRevision.state, ['draft', 'proposed']), sql`${faqRevision.entryId} IN ${listed}`),
        ),
    ]);
    const openById = new Map(open.map((revision) => [revision.entryId, revision]));
    const drafts = await openAll(key, open);
    for (const { lastRevision, seq, hash, ...entry } of rows)
      found.push([
        entry.id,
        {
          entry,
          published: publishedContent(entry) ?? null,
          open: openById.get(entry.id) ?? null,
          draft: drafts.get(entry.id) ?? null,
          lastRevision,
          head: { seq: seq ?? 0, hash: hash ?? '' },
        },
      ]);
  }
  return new Map(found);
}

function portionsByLetters(entries: readonly { id: string; letters: number }[]): string[][] {
  const portions: string[][] = [];
  let room = 0;
  for (const { id, letters } of entries) {
    room -= letters;
    if (room < 0 || portions.length === 0) {
      portions.push([]);
      room = READ_LETTERS - letters;
    }
    portions.at(-1)?.push(id);
  }
  return portions;
}

/** What everybody finds, as a file has it, in the order of the numbers. @param mayReadCoreOnly else what is for the core center is left out */
export async function exportEntries(db: Database, mayReadCoreOnly: boolean): Promise<FaqFileEntry[]> {
  const entries: FaqFileEntry[] = [];
  for (let after = 0; ; ) {
    const rows = await listPublished(db, after, PORTION);
    for (const row of rows) if (mayReadCoreOnly || row.visibility === 'all') entries.push(toFile(row));
    after = rows.at(-1)?.number ?? after;
    if (rows.length < PORTION) return entries;
  }
}

/** The same as a city file has it: only what an entry has. */
export async function listCityFaq(db: Database, mayReadCoreOnly = true): Promise<FaqFileEntry[]> {
  const entries = await exportEntries(db, mayReadCoreOnly);
  return entries.map(({ aliases = [], topics = [], links = [], visibility, ...entry }) => ({
    ...entry,
    ...(aliases.length === 0 ? {} : { aliases }),
    ...(topics.length === 0 ? {} : { topics }),
    ...(links.length === 0 ? {} : { links }),
    ...(visibility === 'core' ? { visibility } : {}),
  }));
}

/** All fields but those that are not known, so that a file which is loaded again also empties what is empty here. */
function toFile({ externalId, content, reviewedOn, visibility }: PublishedEntry): FaqFileEntry {
  return {
    ...present({ externalId }),
    question: content.question,
    answer: content.answer,
    aliases: [...content.aliases],
    topics: [...content.topics],
    ...present({ reviewedOn }),
    links: content.links.map(({ label, url }) => ({ label, url })),
    visibility,
  };
}
