/** What was asked in vain and stands in no question yet, and the questions that it may belong to. */
import { and, asc, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Database } from '../../../../lib/db.ts';
import type { Scope } from '../../../../slack/scope.ts';
import { openFaqKey } from '../../sealing.ts';
import { faqAsk, faqOpenQuestion } from '../../tables.ts';
import type { OpenQuestionState } from '../../words.ts';
import { type Ask, openAskText, openQuestionText } from '../data.ts';

/** Asks without an answer that stand in no question yet, the oldest first. */
export async function listUngrouped(db: Database, limit: number): Promise<Ask[]> {
  return db
    .select()
    .from(faqAsk)
    .where(and(isNotNull(faqAsk.unansweredAt), isNull(faqAsk.openQuestionId)))
    .orderBy(asc(faqAsk.unansweredAt))
    .limit(limit);
}

/** What was set aside is set aside for whoever asks it again; what was merged into another takes nothing any more. */
const TAKES_ASKS = sql`(${faqOpenQuestion.state} = 'open' OR (${faqOpenQuestion.state} = 'set_aside' AND ${faqOpenQuestion.reason} IS NOT NULL))`;

/** What a new ask may belong to, with its words and what was asked of it: the latest ones. */
export async function listGroups(
  scope: Pick<Scope, 'db' | 'settings'>,
  { questions, asks }: { questions: number; asks: number },
): Promise<{ id: string; number: number; state: OpenQuestionState; texts: string[] }[]> {
  const { db } = scope;
  const [rows, asked] = await db.batch([
    db
      .select()
      .from(faqOpenQuestion)
      .where(TAKES_ASKS)
      .orderBy(asc(faqOpenQuestion.state), desc(faqOpenQuestion.updatedAt))
      .limit(questions),
    db
      .select({ id: faqAsk.id, text: faqAsk.text, questionId: faqAsk.openQuestionId })
      .from(faqAsk)
      .innerJoin(faqOpenQuestion, eq(faqOpenQuestion.id, faqAsk.openQuestionId))
      .where(TAKES_ASKS)
      .orderBy(desc(faqAsk.at))
      .limit(asks),
  ]);
  const key = await openFaqKey(scope);
  const texts = await Promise.all(
    asked.map(async (row) => ({ questionId: row.questionId, text: await openAskText(key, row) })),
  );
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      number: row.number,
      state: row.state,
      texts: [
        await openQuestionText(key, row),
        ...texts.filter(({ questionId }) => questionId === row.id).map(({ text }) => text),
      ],
    })),
  );
}
