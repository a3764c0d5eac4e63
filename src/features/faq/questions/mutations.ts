/** What the core center does with a question that nobody could answer: plans it, puts it in better words, has it answered, or sets it aside. */
import { done, NOT_FOUND, type NotFound, type Result, refused } from '../../../lib/result.ts';
import { linkMessage } from '../../../slack/modal.ts';
import type { OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { personalDataIn } from '../../meeting/detecting/data.ts';
import { findEntryByNumber, publishedContent } from '../data.ts';
import { listDeskPeople, ownersAmong } from '../editing/data.ts';
import { startDraft } from '../editing/mutations.ts';
import { mayEdit, readFaqNumber } from '../rules.ts';
import { openFaqKey } from '../sealing.ts';
import { countDraftsFor, findDraftFor, type OpenQuestion, openQuestionText, questionPlace } from './data.ts';
import { questionPath } from './paths.ts';
import { formatQuestionReference } from './rules.ts';
import { changeQuestion } from './storing/mutations.ts';
import { tellAskers } from './telling/mutations.ts';
import { questionsText as text } from './text.ts';

export type PlanRefusal =
  | NotFound
  | { reason: 'stale' | 'settled' | 'owner' }
  | { reason: 'personal-data'; kinds: string };

export interface Plan {
  words: string;
  /** Null for nobody. */
  owner: string | null;
  dueOn: string | null;
  /** Of the question as the form showed it. */
  version: number;
  isConfirmed: boolean;
}

/** Whose question it is, until when, and how it reads. A new owner hears of it. */
export async function planQuestion(
  scope: Scope,
  actor: Actor,
  id: string,
  plan: Plan,
): Promise<Result<OpenQuestion, PlanRefusal>> {
  const key = await openFaqKey(scope);
  const wish = { id, action: 'faq.plan_question' };
  return changeQuestion<PlanRefusal>(scope, actor, wish, async ({ question }) => {
    if (!mayEdit(actor)) return refused(NOT_FOUND);
    const { words, owner, dueOn } = plan;
    const isReworded = (await openQuestionText(key, question)) !== words;
    const isPlannedSo = question.owner === owner && question.dueOn === dueOn;
    // The same form sent twice.
    if (!isReworded && isPlannedSo) return done(undefined);
    const denial = await planDenial(scope, question, plan, isReworded);
    if (denial) return refused(denial);
    const text = isReworded ? { text: await key.seal(questionPlace(id), words) } : {};
    return done({
      detail: { owner, due: dueOn, reworded: isReworded },
      set: { owner, dueOn, ...text },
      entries: isPlannedSo ? [] : tellOwner(scope, actor, { ...question, owner, dueOn }),
    });
  });
}

async function planDenial(
  scope: Scope,
  question: OpenQuestion,
  { words, owner, version, isConfirmed }: Plan,
  isReworded: boolean,
): Promise<PlanRefusal | undefined> {
  if (question.version !== version) return { reason: 'stale' };
  if (question.state !== 'open') return { reason: 'settled' };
  // Who left the core center since may stay until somebody else takes it.
  const isNew = owner !== null && owner !== question.owner;
  if (isNew && !(await isOwnerToBe(scope, owner))) return { reason: 'owner' };
  const kinds = isReworded && !isConfirmed ? await personalDataIn(scope, words) : undefined;
  return kinds === undefined ? undefined : { reason: 'personal-data', kinds };
}

async function isOwnerToBe({ db }: Scope, person: string): Promise<boolean> {
  return ownersAmong(await listDeskPeople(db)).some(({ slackUserId }) => slackUserId === person);
}

/** Who takes it herself knows. */
function tellOwner(
  scope: Scope,
  { slackUserId }: Actor,
  { number, owner, dueOn }: Pick<OpenQuestion, 'number' | 'owner' | 'dueOn'>,
): OutboxEntry[] {
  if (owner === null || owner === slackUserId) return [];
  const sentence = text.tell.owner(formatQuestionReference(number), dueOn);
  return [{ kind: 'direct', person: owner, message: linkMessage(scope, questionPath(number), sentence) }];
}

export type AnswerRefusal = NotFound | { reason: 'settled' | 'entry' };

/** An entry that everybody finds answers it: its askers are told. @param typed the entry's number, as people write it */
export async function answerWith(
  scope: Scope,
  actor: Actor,
  id: string,
  typed: string,
): Promise<Result<OpenQuestion, AnswerRefusal>> {
  const { db, now } = scope;
  const number = readFaqNumber(typed);
  const wish = { id, action: 'faq.answer_question' };
  return changeQuestion<AnswerRefusal>(scope, actor, wish, async ({ question }) => {
    if (!mayEdit(actor)) return refused(NOT_FOUND);
    const entry = number === undefined ? undefined : await findEntryByNumber(db, number);
    const content = entry?.status === 'published' ? publishedContent(entry) : undefined;
    if (!entry || !content) return refused({ reason: 'entry' });
    if (question.state === 'answered')
      return question.entryId === entry.id ? done(undefined) : refused({ reason: 'settled' });
    const told = await tellAskers(scope, id, {
      entryId: entry.id,
      question: content.question,
      visibility: entry.visibility,
    });
    return done({
      detail: { entry: entry.id, told: told.entries.length },
      set: { state: 'answered', entryId: entry.id, settledAt: now },
      statements: told.statements,
      entries: told.entries,
    });
  });
}

export type SettleRefusal = NotFound | { reason: 'settled' };

/** It gets no entry. @param reason why, for the core center; not empty */
export async function setAside(
  scope: Scope,
  actor: Actor,
  id: string,
  reason: string,
): Promise<Result<OpenQuestion, SettleRefusal>> {
  const key = await openFaqKey(scope);
  const wish = { id, action: 'faq.set_question_aside' };
  return changeQuestion<SettleRefusal>(scope, actor, wish, async ({ question }) => {
    if (!mayEdit(actor)) return refused(NOT_FOUND);
    if (question.state === 'set_aside') return done(undefined);
    if (question.state !== 'open') return refused({ reason: 'settled' });
    return done({
      set: {
        state: 'set_aside',
        settledAt: scope.now,
        reason: await key.seal(questionPlace(id, 'reason'), reason),
      },
    });
  });
}

/** It is to be answered after all. */
export async function reopen(
  scope: Scope,
  actor: Actor,
  id: string,
): Promise<Result<OpenQuestion, SettleRefusal>> {
  const wish = { id, action: 'faq.reopen_question' };
  return changeQuestion<SettleRefusal>(scope, actor, wish, async ({ question }) => {
    if (!mayEdit(actor)) return refused(NOT_FOUND);
    if (question.state === 'open') return done(undefined);
    if (question.state !== 'set_aside') return refused({ reason: 'settled' });
    return done({ set: { state: 'open', settledAt: null, reason: null } });
  });
}

/**
 * A draft that begins with the question's words; when it is published, the askers are told. Where there is one, that one.
 * @returns the entry's number
 */
export async function draftAnswer(
  scope: Scope,
  actor: Actor,
  { id, state, version, text: sealed }: OpenQuestion,
): Promise<Result<number, SettleRefusal>> {
  // Counted first: what another makes from here on is found, or has the same key.
  const count = await countDraftsFor(scope.db, id);
  const drafted = await findDraftFor(scope.db, id);
  if (drafted) return done(drafted.number);
  if (state !== 'open') return refused({ reason: 'settled' });
  const words = await openQuestionText(await openFaqKey(scope), { id, text: sealed });
  const made = await startDraft(scope, actor, {
    content: { question: words, aliases: [], answer: '', topics: [], links: [] },
    source: 'question',
    visibility: 'all',
    submissionKey: `question/${id}/${version}/${count}`,
    isKeyOfAll: true,
    openQuestionId: id,
  });
  return made.ok ? done(made.value.number) : made;
}
