/** Closed cases of which a draft was wished for, as far as somebody may see them. */
import { and, eq, sql } from 'drizzle-orm';
import * as v from 'valibot';
import type { Database } from '../../../lib/db.ts';
import type { Scope } from '../../../slack/scope.ts';
import { isSeenBy, sightOf } from '../../consultation/visibility/data.ts';
import { codesOf, type Kind, TOPICS, type Topic } from '../../consultation/words.ts';
import type { Actor } from '../../directory/actor.ts';
import { faqEntry, faqRevision } from '../tables.ts';

export interface DraftableCase {
  reference: string;
  kind: Kind;
  topics: Topic[];
  closedAt: Date;
}

const Topics = v.pipe(v.string(), v.parseJson(), v.array(v.picklist(codesOf(TOPICS))));

/** The latest closed first; those that have a draft or an entry already are missing. */
export async function listDraftable(
  scope: Pick<Scope, 'db' | 'now'>,
  actor: Actor,
  limit: number,
): Promise<DraftableCase[]> {
  const sight = await sightOf(scope, actor);
  const rows = await scope.db.all<{ reference: string; kind: Kind; topics: string; closedAt: number }>(sql`
    SELECT reference, kind, topics, closed_at AS "closedAt" FROM consultation
    WHERE status = 'closed' AND wants_faq_draft = 1 AND closed_at IS NOT NULL AND erased_at IS NULL AND ${isSeenBy(sight)}
      AND NOT EXISTS (SELECT 1 FROM faq_revision WHERE consultation_id = consultation.id AND state <> 'dropped')
    ORDER BY closed_at DESC LIMIT ${limit}`);
  return rows.map(({ topics, closedAt, ...row }) => ({
    ...row,
    topics: v.parse(Topics, topics),
    closedAt: new Date(closedAt),
  }));
}

/** The number of the entry that was drawn from a case; undefined when there is none. */
export async function findDrawnFrom(db: Database, consultationId: string): Promise<number | undefined> {
  const [row] = await db
    .select({ number: faqEntry.number })
    .from(faqRevision)
    .innerJoin(faqEntry, eq(faqEntry.id, faqRevision.entryId))
    .where(and(eq(faqRevision.consultationId, consultationId), sql`${faqRevision.state} <> 'dropped'`))
    .orderBy(faqEntry.number)
    .limit(1);
  return row?.number;
}

/** All versions that ever were drawn from a case, dropped ones among them. */
export async function countDrawnFrom(db: Database, consultationId: string): Promise<number> {
  return db.$count(faqRevision, eq(faqRevision.consultationId, consultationId));
}

/** The case that a version was drawn from, for whoever may see it; null for others, and where there is none. */
export async function referenceOfSource(
  scope: Pick<Scope, 'db' | 'now'>,
  actor: Actor,
  consultationId: string | null,
): Promise<string | null> {
  if (consultationId === null) return null;
  const sight = await sightOf(scope, actor);
  const [row] = await scope.db.all<{ reference: string }>(
    sql`SELECT reference FROM consultation WHERE id = ${consultationId} AND ${isSeenBy(sight)}`,
  );
  return row?.reference ?? null;
}
