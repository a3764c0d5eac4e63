/** Reading an answer whole, which is noted with what had been asked: it tells which questions were solved without a consultation. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import { runBatch } from '../../../../lib/db.ts';
import { done, NOT_FOUND, type NotFound, type Result, refused } from '../../../../lib/result.ts';
import type { Scope } from '../../../../slack/scope.ts';
import type { Actor } from '../../../directory/actor.ts';
import { noteRefusal } from '../../../directory/noting.ts';
import { type FaqEntry, findEntry, findEntryByNumber, type PublishedEntry } from '../../data.ts';
import { formatFaqReference } from '../../rules.ts';
import { faqAsk, faqReading } from '../../tables.ts';
import { findOwnAsk, followMerged, readable } from '../data.ts';

/**
 * The whole answer, or of what it was merged into. What one may not read is answered like what is not there, and noted.
 * @param wanted an entry by its id or its number
 * @param askId what had been asked; what is not this person's own is not noted
 */
export async function readWhole(
  scope: Scope,
  actor: Actor,
  wanted: { id: string } | { number: number },
  askId: string,
): Promise<Result<PublishedEntry, NotFound>> {
  const found = await wantedEntry(scope, actor, wanted, 'faq.read');
  if (!found.ok) return found;
  const { db, now } = scope;
  const own = await findOwnAsk(db, actor.slackUserId, askId);
  if (own)
    await runBatch(db, [
      db.insert(faqReading).values({ askId: own.id, entryId: found.value.id, at: now }).onConflictDoNothing(),
      db
        .update(faqAsk)
        .set({ readAt: sql`${now.getTime()}` })
        .where(and(eq(faqAsk.id, own.id), isNull(faqAsk.readAt))),
    ]);
  return found;
}

/** The entry for who may read it; a refusal is noted. */
export async function wantedEntry(
  scope: Scope,
  actor: Actor,
  wanted: { id: string } | { number: number },
  action: string,
): Promise<Result<PublishedEntry, NotFound>> {
  const { db } = scope;
  const row = 'id' in wanted ? await findEntry(db, wanted.id) : await findEntryByNumber(db, wanted.number);
  const leading = row && (await followMerged(db, row));
  const found = leading && readable(actor, leading);
  if (found) return done(found);
  await noteRefusal(scope, actor, action, { detail: { reason: NOT_FOUND.reason, ...referenceOf(row) } });
  return refused(NOT_FOUND);
}

function referenceOf(row: FaqEntry | undefined): { faq?: string } {
  return row ? { faq: formatFaqReference(row.number) } : {};
}
