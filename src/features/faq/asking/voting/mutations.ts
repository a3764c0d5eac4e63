/** 役に立った / 立たなかった: one a person and entry, which may change. The search learns from it. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import { runBatch, type Statement } from '../../../../lib/db.ts';
import { done, type NotFound, type Result } from '../../../../lib/result.ts';
import type { Scope } from '../../../../slack/scope.ts';
import type { Actor } from '../../../directory/actor.ts';
import type { PublishedEntry } from '../../data.ts';
import { indexTask } from '../../indexing/tasks/mutations.ts';
import { faqAsk, faqVote } from '../../tables.ts';
import { type AskRow, findOwnAsk, findVote } from '../data.ts';
import { wantedEntry } from '../reading/mutations.ts';

export interface Vote {
  entry: { id: string } | { number: number };
  /** What had been asked; empty when nothing, and not looked at when somebody else asked it. */
  askId: string;
  isHelpful: boolean;
}

/** Said again it changes nothing. @returns the entry that it was said of */
export async function vote(
  scope: Scope,
  actor: Actor,
  { entry, askId, isHelpful }: Vote,
): Promise<Result<PublishedEntry, NotFound>> {
  const found = await wantedEntry(scope, actor, entry, 'faq.vote');
  if (!found.ok) return found;
  const { db, now } = scope;
  const { slackUserId: person } = actor;
  const [own, before] = await Promise.all([
    findOwnAsk(db, person, askId),
    findVote(db, person, found.value.id),
  ]);
  const isChange = before !== isHelpful;
  const change = { isHelpful, at: now, ...(own ? { askId: own.id } : {}) };
  await runBatch(db, [
    ...(isChange
      ? [
          db
            .insert(faqVote)
            .values({ entryId: found.value.id, person, askId: null, ...change })
            .onConflictDoUpdate({
              target: [faqVote.entryId, faqVote.person],
              set: change,
              setWhere: sql`${faqVote.isHelpful} <> ${isHelpful ? 1 : 0}`,
            }),
          indexTask(db, found.value.id, now),
        ]
      : []),
    // Of a case that is being written the core center hears by the consultation.
    ...(own && own.way !== 'consultation' ? [noteOutcome(scope, own, isHelpful)] : []),
  ]);
  if (isChange) scope.wakeIndexer();
  return done(found.value);
}

/** What nothing helped with is the desk's business, until something does. What the desk took up already stays with it. */
function noteOutcome({ db, now }: Scope, own: AskRow, isHelpful: boolean): Statement {
  if (isHelpful)
    return db
      .update(faqAsk)
      .set({ unansweredAt: null })
      .where(and(eq(faqAsk.id, own.id), isNull(faqAsk.openQuestionId)));
  const didHelp = sql`EXISTS (SELECT 1 FROM faq_vote WHERE ask_id = ${own.id} AND person = ${own.askedBy} AND is_helpful)`;
  return db
    .update(faqAsk)
    .set({ unansweredAt: now })
    .where(and(eq(faqAsk.id, own.id), isNull(faqAsk.unansweredAt), sql`NOT ${didHelp}`));
}
