/** /faq/desk/questions: what nobody could answer, for the core center. For others it is not there, which is noted. */
import { type Context, Hono } from 'hono';
import { japanDate } from '../../../lib/jst.ts';
import { showPage } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { listNames } from '../../directory/data.ts';
import { noteLook, noteRefusal } from '../../directory/noting.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { findEntry } from '../data.ts';
import { listDeskPeople, ownersAmong } from '../editing/data.ts';
import { deskEntryPath } from '../paths.ts';
import { mayEdit } from '../rules.ts';
import { openFaqKey } from '../sealing.ts';
import { type ArrangeRefusal, mergeInto, moveAsk } from './arranging/mutations.ts';
import {
  countAsks,
  countQuestions,
  findDraftFor,
  findQuestion,
  listQuestions,
  type OpenQuestion,
  openAsksOf,
  openQuestionText,
  openReason,
} from './data.ts';
import { answerWith, draftAnswer, type PlanRefusal, planQuestion, reopen, setAside } from './mutations.ts';
import { QuestionPage, type QuestionPageProps } from './one.tsx';
import { QuestionList } from './page.tsx';
import { QUESTIONS_PATH, questionPath } from './paths.ts';
import { formatQuestionReference, readQuestionNumber } from './rules.ts';
import { type Faults, planFaults, readPlan, readReason, readState, typedIn } from './schema.ts';
import { listSimilar } from './similar.ts';
import { questionsText as text } from './text.ts';

const ON_A_PAGE = 50;
const MOST_PAGES = 1000;
const ASKS_SHOWN = 100;

export function questionPages(): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get(QUESTIONS_PATH, async (c) => {
    const scope = c.get('scope');
    const actor = actorOfPage(c);
    if (!mayEdit(actor)) return refuse(c, 'faq.read_questions');
    await noteLook(scope, actor, 'faq.read_questions');
    const state = readState(c.req.query('state'));
    const page = Math.min(MOST_PAGES, Math.max(1, Math.trunc(Number(c.req.query('page'))) || 1));
    const today = japanDate(scope.now);
    const wanted = { state, today, limit: ON_A_PAGE + 1, offset: (page - 1) * ON_A_PAGE };
    const [counts, questions] = await Promise.all([countQuestions(scope.db), listQuestions(scope, wanted)]);
    const shown = { state, counts, questions: questions.slice(0, ON_A_PAGE), today, page };
    return showPage(c, {
      title: text.title,
      body: <QuestionList {...shown} hasMore={questions.length > ON_A_PAGE} />,
    });
  });

  pages.get(`${QUESTIONS_PATH}/:number`, async (c) => {
    const question = await wantedQuestion(c);
    return question ? showQuestion(c, question) : refuse(c, 'faq.read_question');
  });

  pages.post(`${QUESTIONS_PATH}/:number`, async (c) => {
    const question = await wantedQuestion(c);
    if (!question) return refuse(c, 'faq.plan_question');
    const form = await c.req.formData();
    const what = typedIn(form, 'do');
    const handle = Object.hasOwn(HANDLERS, what) ? HANDLERS[what] : undefined;
    return handle ? handle(c, question, form) : showQuestion(c, question, { faults: {}, status: 422 });
  });

  return pages;
}

type Handler = (c: Context<PageEnv>, question: OpenQuestion, form: FormData) => Promise<Response>;

const HANDLERS: Readonly<Record<string, Handler>> = {
  plan: async (c, question, form) => {
    const { now } = c.get('scope');
    const plan = readPlan(form);
    const faults = planFaults(plan, japanDate(now), question.dueOn);
    if (Object.keys(faults).length > 0)
      return showQuestion(c, question, { faults, typed: { plan }, status: 422 });
    const planned = await planQuestion(c.get('scope'), actorOfPage(c), question.id, {
      ...plan,
      owner: plan.owner === '' ? null : plan.owner,
      dueOn: plan.dueOn === '' ? null : plan.dueOn,
    });
    if (planned.ok) return finish(c, question, 'planned');
    const { refusal } = planned;
    if (refusal.reason === 'not-found') return c.notFound();
    return showAgain(c, question, {
      faults: planFaultOf(refusal),
      typed: { plan },
      status: refusal.reason === 'stale' || refusal.reason === 'settled' ? 409 : 422,
      needsConfirmation: refusal.reason === 'personal-data',
    });
  },
  draft: async (c, question) => {
    const made = await draftAnswer(c.get('scope'), actorOfPage(c), question);
    if (made.ok) return c.redirect(deskEntryPath(made.value), 303);
    return settledAlready(c, question, made.refusal.reason);
  },
  answer: async (c, question, form) => {
    const entry = typedIn(form, 'entry');
    const answered = await answerWith(c.get('scope'), actorOfPage(c), question.id, entry);
    if (answered.ok) return finish(c, question, 'answered');
    if (answered.refusal.reason !== 'entry') return settledAlready(c, question, answered.refusal.reason);
    return showQuestion(c, question, { faults: { entry: text.errors.entry }, typed: { entry }, status: 422 });
  },
  aside: async (c, question, form) => {
    const { reason, faults } = readReason(form);
    if (Object.keys(faults).length > 0)
      return showQuestion(c, question, { faults, typed: { reason }, status: 422 });
    const done = await setAside(c.get('scope'), actorOfPage(c), question.id, reason);
    return done.ok ? finish(c, question, 'set_aside') : settledAlready(c, question, done.refusal.reason);
  },
  reopen: async (c, question) => {
    const done = await reopen(c.get('scope'), actorOfPage(c), question.id);
    return done.ok ? finish(c, question, 'reopened') : settledAlready(c, question, done.refusal.reason);
  },
  merge: async (c, question, form) => {
    const done = await mergeInto(c.get('scope'), actorOfPage(c), question.id, typedIn(form, 'merge'));
    return done.ok ? finish(c, question, 'merged') : arrangeFault(c, question, 'merge', done.refusal);
  },
  move: async (c, question, form) => {
    const wanted = { askId: typedIn(form, 'ask'), typed: typedIn(form, 'move').trim() };
    const done = await moveAsk(c.get('scope'), actorOfPage(c), question.id, wanted);
    return done.ok ? finish(c, question, 'moved') : arrangeFault(c, question, 'move', done.refusal);
  },
};

function planFaultOf(refusal: Exclude<PlanRefusal, { reason: 'not-found' }>): Faults {
  const { errors } = text;
  switch (refusal.reason) {
    case 'stale':
      return { words: errors.stale };
    case 'settled':
      return { words: errors.settled };
    case 'owner':
      return { owner: errors.owner };
    case 'personal-data':
      return { words: errors.personalData(refusal.kinds) };
  }
}

function arrangeFault(
  c: Context<PageEnv>,
  question: OpenQuestion,
  field: 'merge' | 'move',
  { reason }: ArrangeRefusal,
): Response | Promise<Response> {
  if (reason === 'not-found' || reason === 'settled') return settledAlready(c, question, reason);
  const sentence = reason === 'ask' ? text.errors.needsLook : text.errors.question;
  return showQuestion(c, question, { faults: { [field]: sentence }, status: 422 });
}

function settledAlready(
  c: Context<PageEnv>,
  question: OpenQuestion,
  reason: 'not-found' | 'settled',
): Response | Promise<Response> {
  if (reason === 'not-found') return c.notFound();
  return showAgain(c, question, { faults: {}, notice: text.errors.settled, status: 409 });
}

function finish(c: Context<PageEnv>, { number }: OpenQuestion, done: keyof typeof text.one.done): Response {
  return c.redirect(`${questionPath(number)}?done=${done}`, 303);
}

async function wantedQuestion(c: Context<PageEnv>): Promise<OpenQuestion | undefined> {
  const number = readQuestionNumber(c.req.param('number') ?? '');
  if (number === undefined || !mayEdit(actorOfPage(c))) return undefined;
  return findQuestion(c.get('scope').db, number);
}

async function refuse(c: Context<PageEnv>, action: string): Promise<Response> {
  const number = readQuestionNumber(c.req.param('number') ?? '');
  await noteRefusal(c.get('scope'), actorOfPage(c), action, {
    detail: {
      reason: 'not-found',
      ...(number === undefined ? {} : { question: formatQuestionReference(number) }),
    },
  });
  return c.notFound();
}

interface Shown {
  faults?: Faults;
  typed?: QuestionPageProps['typed'];
  status?: 200 | 409 | 422;
  needsConfirmation?: boolean;
  notice?: string;
}

/** As it is by now: somebody else changed it. */
async function showAgain(c: Context<PageEnv>, question: OpenQuestion, shown: Shown): Promise<Response> {
  return showQuestion(c, (await findQuestion(c.get('scope').db, question.number)) ?? question, shown);
}

async function showQuestion(
  c: Context<PageEnv>,
  question: OpenQuestion,
  { faults = {}, typed = {}, status = 200, needsConfirmation = false, notice }: Shown = {},
): Promise<Response> {
  const scope = c.get('scope');
  const { db } = scope;
  const { id, number, owner, entryId } = question;
  await noteLook(scope, actorOfPage(c), 'faq.read_question', {
    detail: { question: formatQuestionReference(number) },
  });
  const key = await openFaqKey(scope);
  const [words, reason, asks, askCount, people, names, entry, draft, similar] = await Promise.all([
    openQuestionText(key, question),
    openReason(key, question),
    openAsksOf(scope, id, ASKS_SHOWN),
    countAsks(db, id),
    listDeskPeople(db),
    listNames(db, owner === null ? [] : [owner]),
    entryId === null ? undefined : findEntry(db, entryId),
    findDraftFor(db, id),
    question.state === 'open' ? listSimilar(scope, id) : [],
  ]);
  const isFault = status !== 200;
  const done = isFault ? undefined : doneWord(c.req.query('done'));
  return showPage(c, {
    title: text.one.title(number),
    isFault,
    status,
    body: (
      <>
        {done === undefined ? null : (
          <p class="notice done" role="status">
            {done}
          </p>
        )}
        {notice === undefined ? null : (
          <p class="notice error" role="alert">
            {notice}
          </p>
        )}
        <QuestionPage
          c={c}
          question={question}
          words={words}
          reason={reason}
          asks={asks}
          askCount={askCount}
          owners={ownersAmong(people)}
          ownerName={owner === null ? null : (names.get(owner) ?? null)}
          entry={entry?.number}
          draft={draft?.number}
          similar={similar}
          today={japanDate(scope.now)}
          typed={typed}
          faults={faults}
          needsConfirmation={needsConfirmation}
        />
      </>
    ),
  });
}

function doneWord(word: string | undefined): string | undefined {
  const sentences: Readonly<Record<string, string>> = text.one.done;
  return word !== undefined && Object.hasOwn(sentences, word) ? sentences[word] : undefined;
}
