/** What was asked in vain is put to what asks alike, or becomes a question of its own. Late or twice, each ask goes to one question. */
import { and, eq, isNull } from 'drizzle-orm';
import type { Database, Statement } from '../../../../lib/db.ts';
import type { Scope } from '../../../../slack/scope.ts';
import { openFaqKey } from '../../sealing.ts';
import { listSynonyms } from '../../synonyms/data.ts';
import { faqAsk } from '../../tables.ts';
import { type Ask, nextNumber, openAskText, questionPlace } from '../data.ts';
import { type AskKey, isAskedAlike, keyOfAsk, synonymsOf } from '../likeness.ts';
import { changeQuestionByJob, makeQuestion, runOnce } from '../storing/mutations.ts';
import { listGroups, listUngrouped } from './data.ts';

export const GROUPING_JOB = 'group-questions';
/** Some queries each: with what else runs in a minute it stays within the 50 of the free plan. */
const ASKS_A_RUN = 3;
/** What is compared: each costs a decryption, and the free plan has 10 ms of CPU. */
const COMPARED = { questions: 200, asks: 500 } as const;

/** One query while nothing was asked in vain. */
export async function groupUnanswered(scope: Scope): Promise<void> {
  const asks = await listUngrouped(scope.db, ASKS_A_RUN);
  if (asks.length === 0) return;
  const synonyms = synonymsOf(await listSynonyms(scope.db));
  const groups = (await listGroups(scope, COMPARED)).map(({ id, texts }) => ({
    id,
    keys: texts.map((each) => keyOfAsk(each, synonyms)),
  }));
  const key = await openFaqKey(scope);
  for (const ask of asks) {
    const text = await openAskText(key, ask);
    const asked = keyOfAsk(text, synonyms);
    const group = groups.find(({ keys }) => keys.some((each) => isAskedAlike(each, asked)));
    if (group) await join(scope, ask, group, asked);
    else groups.push({ id: await makeOf(scope, ask, text), keys: [asked] });
  }
}

async function join(
  scope: Scope,
  ask: Ask,
  group: { id: string; keys: AskKey[] },
  asked: AskKey,
): Promise<void> {
  await changeQuestionByJob(
    scope,
    { id: group.id, action: 'faq.join_question', job: GROUPING_JOB },
    async () => ({ detail: { ask: ask.id }, statements: [putInto(scope.db, ask.id, group.id)] }),
  );
  group.keys.push(asked);
}

/** @returns the id of the question, which follows from the ask's: made twice, it is one */
async function makeOf(scope: Scope, ask: Ask, text: string): Promise<string> {
  const { db } = scope;
  const id = ask.id;
  const key = await openFaqKey(scope);
  const sealed = await key.seal(questionPlace(id), text);
  const number = await nextNumber(db);
  await runOnce(db, [
    ...(await makeQuestion(scope, `job:${GROUPING_JOB}`, { id, number, text: sealed })),
    putInto(db, ask.id, id),
  ]);
  return id;
}

function putInto(db: Database, askId: string, questionId: string): Statement {
  return db
    .update(faqAsk)
    .set({ openQuestionId: questionId })
    .where(and(eq(faqAsk.id, askId), isNull(faqAsk.openQuestionId)));
}
