/** Two entries become one when the kept one's draft is approved: until then both are found, and the other is only marked. */
import { and, eq, sql } from 'drizzle-orm';
import type { Database, Statement } from '../../../../lib/db.ts';
import type { Scope } from '../../../../slack/scope.ts';
import { appendEntry, nextEntry } from '../../../../vault/audit.ts';
import type { Actor } from '../../../directory/actor.ts';
import { type FaqEntry, loadEntry } from '../../data.ts';
import { indexTask } from '../../indexing/tasks/mutations.ts';
import { formatFaqReference } from '../../rules.ts';
import { NO_TEXT } from '../../storing/publishing/mutations.ts';
import { faqEntry, faqRevision, faqVote } from '../../tables.ts';

export interface TakenIn {
  statements: Statement[];
  /** The references of what leads to the kept one from now on. */
  others: string[];
}

/** The statements that merge into an entry whatever is marked for it, each in its own audit chain, too. Belongs into the batch that publishes the kept one. */
export async function takeIn(
  { db, now, origin }: Scope,
  actor: Actor,
  kept: Pick<FaqEntry, 'id' | 'number'>,
): Promise<TakenIn> {
  const marked = await db
    .select({ id: faqEntry.id })
    .from(faqEntry)
    .where(and(eq(faqEntry.mergedInto, kept.id), eq(faqEntry.status, 'published')));
  const taken: TakenIn = { statements: [], others: [] };
  for (const { id } of marked) {
    const loaded = await loadEntry(db, id);
    if (!loaded) continue;
    const faq = formatFaqReference(loaded.entry.number);
    const detail = { faq, status: 'merged', was: 'published', into: formatFaqReference(kept.number) };
    const event = {
      at: now,
      actor: actor.slackUserId,
      action: 'faq.merge',
      outcome: 'done',
      ...origin,
      detail,
    } as const;
    // Changed meanwhile by somebody else, it has an entry of this number already: the whole batch is decided anew.
    taken.statements.push(
      appendEntry(db, await nextEntry(`faq:${id}`, loaded.head, event)),
      ...endOf(db, id, now),
      ...moveVotes(db, id, kept.id),
      indexTask(db, id, now),
    );
    taken.others.push(faq);
  }
  return taken;
}

function endOf(db: Database, id: string, now: Date): Statement[] {
  const version = sql`${faqEntry.version} + 1`;
  return [
    db
      .update(faqEntry)
      .set({
        ...NO_TEXT,
        status: 'merged',
        publishedRevision: null,
        reviewDueOn: null,
        version,
        updatedAt: now,
      })
      .where(eq(faqEntry.id, id)),
    db
      .update(faqRevision)
      .set({ state: 'replaced' })
      .where(and(eq(faqRevision.entryId, id), eq(faqRevision.state, 'published'))),
    // A draft of what is not there any more has nowhere to go.
    db
      .update(faqRevision)
      .set({ state: 'dropped', updatedAt: now })
      .where(and(eq(faqRevision.entryId, id), sql`${faqRevision.state} IN ('draft', 'proposed')`)),
  ];
}

/** Of somebody who said something of both, the newer word counts. */
function moveVotes(db: Database, from: string, to: string): Statement[] {
  return [
    db
      .insert(faqVote)
      // Every column of the table, in its order.
      .select(sql`SELECT ${to}, person, is_helpful, ask_id, at FROM faq_vote WHERE entry_id = ${from}`)
      .onConflictDoUpdate({
        target: [faqVote.entryId, faqVote.person],
        set: { isHelpful: sql`excluded.is_helpful`, askId: sql`excluded.ask_id`, at: sql`excluded.at` },
        setWhere: sql`excluded.at > ${faqVote.at}`,
      }),
    db.delete(faqVote).where(eq(faqVote.entryId, from)),
  ];
}
