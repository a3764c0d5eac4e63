/** Reads of closing reports and ratings, and of the closings that nobody answered. */
import { and, asc, eq, lte, ne, sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import type { CaseKey, Sealed } from '../../../vault/key-ring.ts';
import { type Consultation, casePlace } from '../data.ts';
import { deadline } from '../reminding/tables.ts';
import { consultation } from '../tables.ts';
import { type CaseEvent, listEvents } from '../timeline/data.ts';
import { closingReport, rating } from './tables.ts';

export const REPORT_FIELDS = ['lessons', 'measures', 'prevention'] as const;
export type ReportField = (typeof REPORT_FIELDS)[number];
export type ClosingReport = Record<ReportField, string | null>;

export type RatingRow = typeof rating.$inferSelect;
export type OpenedRating = Pick<RatingRow, 'value' | 'ratedBy' | 'ratedAt'> & { comment: string | null };

/** Decrypts the report of the latest proposal; undefined before the first one. Requires that the Actor may see the case and that the reading was logged. */
export async function openClosingReport(
  db: Database,
  key: CaseKey,
  of: Consultation,
): Promise<ClosingReport | undefined> {
  const [row] = await db.select().from(closingReport).where(eq(closingReport.consultationId, of.id)).limit(1);
  if (!row) return undefined;
  const open = (column: ReportField) => openOptional(key, of, 'closing_report', column, row[column]);
  return {
    lessons: await open('lessons'),
    measures: await open('measures'),
    prevention: await open('prevention'),
  };
}

/** Decrypts the sender's rating; undefined when there is none. Requires what `openClosingReport` requires. */
export async function openRating(
  db: Database,
  key: CaseKey,
  of: Consultation,
): Promise<OpenedRating | undefined> {
  const row = await findRating(db, of.id);
  if (!row) return undefined;
  const { value, ratedBy, ratedAt } = row;
  return { value, ratedBy, ratedAt, comment: await openOptional(key, of, 'rating', 'comment', row.comment) };
}

export interface OpenedClosing {
  report: ClosingReport | undefined;
  rating: OpenedRating | undefined;
}

/** Both. Requires what `openClosingReport` requires. */
export async function openClosing(db: Database, key: CaseKey, of: Consultation): Promise<OpenedClosing> {
  const [report, rated] = await Promise.all([openClosingReport(db, key, of), openRating(db, key, of)]);
  return { report, rating: rated };
}

/** The rating as it is stored, its sentence sealed. */
export async function findRating(db: Database, consultationId: string): Promise<RatingRow | undefined> {
  const [row] = await db.select().from(rating).where(eq(rating.consultationId, consultationId)).limit(1);
  return row;
}

/** Where a sealed value of a closing belongs: each case has one report and one rating. */
export function closingPlace(
  table: 'closing_report' | 'rating',
  column: ReportField | 'comment',
  of: Pick<Consultation, 'id' | 'sendingCenter'>,
) {
  return casePlace(table, column, 'closing', of);
}

async function openOptional(
  key: CaseKey,
  of: Consultation,
  table: 'closing_report' | 'rating',
  column: ReportField | 'comment',
  sealed: Sealed | null,
): Promise<string | null> {
  return sealed === null ? null : key.open(closingPlace(table, column, of), sealed);
}

/** A case whose proposal nobody answered in time, as it stood when it was looked up. */
export interface UnansweredClosing {
  id: string;
  version: number;
}

/**
 * The oldest of those that close by themselves; `rules.needsManagerToClose` says which do not, and would here fill the portion
 * forever. The deadline as it was promised counts, also when the city has changed its spans since.
 */
export async function listUnansweredClosings(
  db: Database,
  now: Date,
  limit: number,
): Promise<UnansweredClosing[]> {
  return db
    .select({ id: consultation.id, version: consultation.version })
    .from(deadline)
    .innerJoin(consultation, eq(consultation.id, deadline.consultationId))
    .where(
      and(
        eq(deadline.kind, 'closing'),
        lte(deadline.dueAt, now),
        eq(consultation.status, 'closing'),
        ne(consultation.urgency, 'urgent'),
        sql`NOT EXISTS (SELECT 1 FROM json_each(${consultation.topics}) WHERE value = 'elder_abuse')`,
      ),
    )
    .orderBy(asc(deadline.dueAt))
    .limit(limit);
}

/** What happened after a proposal that is no longer the open one; undefined when there was none at that time. */
export async function listEventsSinceProposal(
  db: Database,
  consultationId: string,
  proposedAt: number,
): Promise<CaseEvent[] | undefined> {
  const events = await listEvents(db, consultationId);
  const proposal = events.findIndex(
    ({ action, at }) => action === 'consultation.propose_closing' && at.getTime() === proposedAt,
  );
  return proposal < 0 ? undefined : events.slice(proposal + 1);
}
