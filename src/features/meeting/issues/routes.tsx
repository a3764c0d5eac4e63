/** /issues: the 地域課題 of the city, counted and listed; and each of them. What is not there is refused and noted like what one may not do. */
import { type Context, Hono } from 'hono';
import { csvFile } from '../../../lib/csv.ts';
import { showPage } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { TOPICS } from '../../consultation/words.ts';
import { findCity } from '../../directory/data.ts';
import { noteLook, noteRefusal } from '../../directory/noting.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import {
  countIssues,
  findIssue,
  type Issue,
  listAgendasOf,
  listAreas,
  listCouncilMeetings,
  listIssues,
  openIssue,
} from './data.ts';
import { AgendaForm, BackToIssues, IssueFacts } from './one.tsx';
import { noteOutcome, putOnAgenda } from './outcome/mutations.ts';
import { MAX_OUTCOME, type OutcomeForm as Outcome, readIssueState, readOutcome } from './outcome/schema.ts';
import { type Chosen, OutcomeForm, Overview } from './page.tsx';
import { ISSUES_PATH, issuePath } from './paths.ts';
import { readTopic } from './recording/schema.ts';
import { mayReadSummary, maySettle, readIssueReference, tableOf } from './rules.ts';
import { issuesText as text } from './text.ts';
import { spanOfYear, yearsUntil } from './years.ts';

/** The newest ones; older ones are found by their filters. */
const SHOWN = 200;
const MEETINGS = 50;

export function issuePages(): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get(ISSUES_PATH, async (c) => {
    const { db } = c.get('scope');
    const { chosen, years, areas, filter } = await askedOf(c);
    const [counts, issues] = await Promise.all([
      countIssues(db, filter),
      listIssues(db, actorOfPage(c), filter, SHOWN),
    ]);
    const shown = { chosen, years, areas, counts, issues, limit: SHOWN };
    return showPage(c, { title: text.title, body: <Overview {...shown} /> });
  });

  pages.get(`${ISSUES_PATH}.csv`, async (c) => {
    const { chosen, areas, filter } = await askedOf(c);
    const counts = await countIssues(c.get('scope').db, filter);
    const rows = tableOf(
      counts,
      areas.map(({ code }) => code),
    );
    const labels: Readonly<Record<string, string>> = TOPICS;
    const lines = [
      [text.table.topic, ...areas.map(({ short }) => short), text.table.total],
      ...rows.map(({ topic, byArea, total }) => [labels[topic] ?? topic, ...byArea, total]),
    ];
    return c.body(csvFile(lines), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="kikan-issues-${chosen.year}.csv"`,
      'cache-control': 'no-store, max-age=0',
    });
  });

  pages.get(`${ISSUES_PATH}/:reference`, async (c) => {
    const issue = await wantedIssue(c);
    return issue ? showIssue(c, issue) : refuse(c, 'issue.read');
  });

  pages.post(`${ISSUES_PATH}/:reference`, async (c) => {
    const issue = await wantedIssue(c);
    const actor = actorOfPage(c);
    if (!issue || !maySettle(actor)) return refuse(c, 'issue.note_outcome');
    const form = readOutcome(await c.req.formData());
    if (form.state === undefined || form.isTooLong)
      return showIssue(c, issue, { form, faults: faultsOf(form) });
    const { state, outcome, version, isConfirmed } = form;
    const wanted = { state, outcome, version, isConfirmed };
    const noted = await noteOutcome(c.get('scope'), actor, issue.reference, wanted);
    if (noted.ok) return c.redirect(`${issuePath(issue.reference)}?done=changed`, 303);
    const now = (await wantedIssue(c)) ?? issue;
    switch (noted.refusal.reason) {
      case 'stale':
        return showIssue(c, now, { form, faults: { outcome: text.one.errors.stale }, isStale: true });
      case 'personal-data':
        return showIssue(c, now, {
          form,
          faults: { outcome: text.record.warning(noted.refusal.kinds) },
          needsConfirmation: true,
        });
      case 'not-found':
        return c.notFound();
    }
  });

  pages.post(`${ISSUES_PATH}/:reference/agenda`, async (c) => {
    const issue = await wantedIssue(c);
    const actor = actorOfPage(c);
    if (!issue || !maySettle(actor)) return refuse(c, 'meeting.add_issue');
    const meeting = (await c.req.formData()).get('meeting');
    const put = await putOnAgenda(c.get('scope'), actor, issue, typeof meeting === 'string' ? meeting : '');
    if (put.ok) return c.redirect(`${issuePath(issue.reference)}?done=agenda`, 303);
    const { errors } = text.one;
    return showIssue(c, issue, {
      agendaFault: put.refusal.reason === 'full' ? errors.full : errors.meeting,
    });
  });

  return pages;
}

/** The filters of the address; what is none of ours chooses nothing. */
async function askedOf(c: Context<PageEnv>) {
  const { db, now } = c.get('scope');
  const [city, areas] = await Promise.all([findCity(db), listAreas(db)]);
  const firstMonth = city?.fiscalYearStart ?? 4;
  const years = yearsUntil(now, firstMonth);
  const year = years.find((each) => String(each) === c.req.query('year')) ?? years[0] ?? 0;
  const topic = readTopic(c.req.query('topic'));
  const area = areas.find(({ code }) => code === c.req.query('area'))?.code;
  const state = readIssueState(c.req.query('state'));
  const chosen: Chosen = { year, topic: topic ?? '', area: area ?? '', state: state ?? '' };
  return { chosen, years, areas, filter: { ...spanOfYear(year, firstMonth), topic, area, state } };
}

async function wantedIssue(c: Context<PageEnv>): Promise<Issue | undefined> {
  const reference = readIssueReference(c.req.param('reference') ?? '');
  return reference === undefined ? undefined : findIssue(c.get('scope'), actorOfPage(c), reference);
}

async function refuse(c: Context<PageEnv>, action: string): Promise<Response> {
  const reference = readIssueReference(c.req.param('reference') ?? '');
  await noteRefusal(c.get('scope'), actorOfPage(c), action, {
    detail: { reason: 'not-found', ...(reference === undefined ? {} : { issue: reference }) },
  });
  return c.notFound();
}

function faultsOf({ state, isTooLong }: Outcome): { state?: string; outcome?: string } {
  return {
    ...(state === undefined ? { state: text.one.errors.state } : {}),
    ...(isTooLong ? { outcome: text.record.errors.tooLong(MAX_OUTCOME) } : {}),
  };
}

interface Refused {
  /** What was typed, when it was not stored. */
  form?: Outcome;
  faults?: { state?: string; outcome?: string };
  isStale?: boolean;
  needsConfirmation?: boolean;
  agendaFault?: string;
}

async function showIssue(c: Context<PageEnv>, issue: Issue, refused: Refused = {}): Promise<Response> {
  const scope = c.get('scope');
  const actor = actorOfPage(c);
  const { reference, area, state, version } = issue;
  const isReader = mayReadSummary(actor, area);
  if (isReader) await noteLook(scope, actor, 'issue.read', { detail: { issue: reference } });
  const words = isReader ? await openIssue(scope, issue.id) : null;
  const isKeeper = maySettle(actor);
  const [agendas, meetings] = await Promise.all([
    listAgendasOf(scope.db, actor, issue.id),
    isKeeper ? listCouncilMeetings(scope.db, scope.now, MEETINGS) : [],
  ]);
  const { form, faults = {}, isStale = false, needsConfirmation = false, agendaFault } = refused;
  const isFault = form !== undefined || agendaFault !== undefined;
  return showPage(c, {
    title: text.one.title(reference),
    isFault,
    status: isFault ? (isStale ? 409 : 422) : 200,
    body: (
      <>
        <Done word={isFault ? undefined : c.req.query('done')} />
        <IssueFacts issue={issue} words={words} agendas={agendas} />
        {isKeeper ? (
          <>
            <OutcomeForm
              c={c}
              reference={reference}
              version={version}
              state={form?.state ?? state}
              outcome={form ? (form.outcome ?? '') : (words?.outcome ?? '')}
              faults={faults}
              needsConfirmation={needsConfirmation}
            />
            <AgendaForm c={c} reference={reference} meetings={meetings} fault={agendaFault} />
          </>
        ) : null}
        <BackToIssues />
      </>
    ),
  });
}

function Done({ word }: { word: string | undefined }) {
  const sentences: Readonly<Record<string, string>> = text.one.done;
  const sentence = word !== undefined && Object.hasOwn(sentences, word) ? sentences[word] : undefined;
  return sentence ? (
    <p class="notice done" role="status">
      {sentence}
    </p>
  ) : null;
}
