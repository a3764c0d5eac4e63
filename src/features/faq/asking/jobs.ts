/** What was asked is forgotten in time: as it was typed after a day, the covered text after three years. */
import { and, isNotNull, lt, sql } from 'drizzle-orm';
import { runBatch } from '../../../lib/db.ts';
import type { Scope } from '../../../slack/scope.ts';
import { faqAsk, faqReading, faqVote } from '../tables.ts';

const KEEP_TYPED_MS = 24 * 60 * 60_000;
/** The figures compare a year with the one before, and the one before that. */
const KEEP_ASKED_DAYS = 3 * 365;
/** Of one run; the rest goes with the next. */
const FORGOTTEN_A_RUN = 500;

/** A day after it was typed, nobody carries it over any more. */
export async function forgetTyped({ db, now }: Scope): Promise<void> {
  await db
    .update(faqAsk)
    .set({ typed: null })
    .where(and(isNotNull(faqAsk.typed), lt(faqAsk.at, new Date(now.getTime() - KEEP_TYPED_MS))));
}

/** Votes stay without the question: they count, but nothing is learnt of it any more. */
export async function forgetAsked({ db, now }: Scope): Promise<void> {
  const before = now.getTime() - KEEP_ASKED_DAYS * 24 * 60 * 60_000;
  const old = sql`(SELECT id FROM faq_ask WHERE at < ${before} ORDER BY at LIMIT ${FORGOTTEN_A_RUN})`;
  await runBatch(db, [
    db.delete(faqReading).where(sql`${faqReading.askId} IN ${old}`),
    db.update(faqVote).set({ askId: null }).where(sql`${faqVote.askId} IN ${old}`),
    db.delete(faqAsk).where(sql`${faqAsk.id} IN ${old}`),
  ]);
}
