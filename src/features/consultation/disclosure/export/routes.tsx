/** /cases/…/disclosure: the copy of a resident's records for a request, for whoever decides what of it is disclosed. */
import { type Context, Hono } from 'hono';
import { formatLongDate, japanDate } from '../../../../lib/jst.ts';
import { showPage } from '../../../../web/frame.tsx';
import type { PageEnv } from '../../../../web/page-env.ts';
import { actorOfPage } from '../../../directory/page-gate.ts';
import { type Consultation, type LoadedConsultation, loadConsultation, standingOf } from '../../data.ts';
import { recordRefusal } from '../../mutations.ts';
import { wantedCase } from '../../pages/wanted-case.ts';
import { showErased } from '../../retention/page.tsx';
import { maySee } from '../../visibility/rules.ts';
import { listOpenDisclosures } from '../data.ts';
import { mayDisclose } from '../rules.ts';
import { findCandidates, type MarkedCopy, makeCopy } from './mutations.ts';
import { CopyForm, CopyPage } from './page.tsx';
import { exportText as text } from './text.ts';

/** Each takes some queries of the fifty that a request of the free plan has. */
const MOST_CASES = 10;

export function disclosurePages(): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get('/cases/:reference/disclosure', async (c) => {
    const loaded = await wanted(c);
    return 'consultation' in loaded ? showForm(c, loaded) : loaded;
  });

  pages.post('/cases/:reference/disclosure', async (c) => {
    const loaded = await wanted(c);
    if (!('consultation' in loaded)) return loaded;
    const { consultation: of } = loaded;
    const { cases, request, format, faults } = await readChoice(c, of);
    if (!request || faults.cases) return showForm(c, loaded, { cases, faults });
    const copies = await makeCopy(c.get('scope'), actorOfPage(c), cases, request.id, format);
    return format === 'json'
      ? answerJson(c, of.reference, request.id, copies)
      : showCopy(c, of.reference, copies);
  });

  return pages;
}

/** What was chosen: only requests and cases that the form offered. */
async function readChoice(c: Context<PageEnv>, of: Consultation) {
  const form = await c.req.formData();
  const cases = form.getAll('case').filter((each) => typeof each === 'string');
  const [requests, candidates] = await Promise.all([
    listOpenDisclosures(c.get('scope').db, of.id),
    findCandidates(c.get('scope'), actorOfPage(c), of),
  ]);
  const request = requests.find(({ id }) => id === form.get('request'));
  const isOffered = cases.every((each) => candidates.some(({ reference }) => reference === each));
  const isCountRight = cases.length > 0 && cases.length <= MOST_CASES;
  const faults = {
    request: request ? undefined : text.errors.request,
    cases: isOffered && isCountRight ? undefined : text.errors.cases,
  };
  return {
    cases,
    request,
    format: form.get('format') === 'json' ? ('json' as const) : ('html' as const),
    faults,
  };
}

/** The case of the address, for whoever may make a copy; else the answer to give. */
async function wanted(c: Context<PageEnv>): Promise<LoadedConsultation | Response> {
  const scope = c.get('scope');
  const actor = actorOfPage(c);
  const id = await wantedCase(c);
  if (id === undefined) return c.notFound();
  const loaded = await loadConsultation(scope, id);
  if (loaded && mayDisclose(actor, standingOf(loaded)) && !loaded.consultation.erasedAt) return loaded;
  await recordRefusal(scope, actor, { id, loaded }, 'consultation.disclose', 'not-found');
  const isErased = loaded?.consultation.erasedAt && maySee(actor, standingOf(loaded));
  return isErased ? showErased(c, loaded.consultation) : c.notFound();
}

async function showForm(
  c: Context<PageEnv>,
  { consultation: of }: LoadedConsultation,
  again?: { cases: readonly string[]; faults: { request: string | undefined; cases: string | undefined } },
): Promise<Response> {
  const scope = c.get('scope');
  const requests = await listOpenDisclosures(scope.db, of.id);
  if (requests.length === 0)
    return showPage(c, {
      title: text.title(of.reference),
      body: (
        <>
          <p class="notice">{text.noRequest}</p>
          <p>
            <a class="button" href={`/requests?case=${of.reference}`}>
              {text.addRequest}
            </a>
          </p>
        </>
      ),
    });
  const candidates = await findCandidates(scope, actorOfPage(c), of);
  const usual = candidates.filter(({ how }) => how === 'self' || how === 'merged');
  return showPage(c, {
    title: text.title(of.reference),
    isFault: again !== undefined,
    status: again ? 422 : 200,
    body: (
      <CopyForm
        c={c}
        reference={of.reference}
        requests={requests}
        candidates={candidates}
        chosen={{
          request: c.req.query('request'),
          cases: again?.cases ?? usual.map(({ reference }) => reference),
        }}
        faults={again?.faults ?? {}}
      />
    ),
  });
}

function showCopy(c: Context<PageEnv>, reference: string, copies: readonly MarkedCopy[]): Promise<Response> {
  const on = formatLongDate(japanDate(c.get('scope').now));
  return showPage(c, {
    title: text.title(reference),
    body: <CopyPage copies={copies} reference={reference} made={text.made(actorOfPage(c).name, on)} />,
  });
}

function answerJson(
  c: Context<PageEnv>,
  reference: string,
  request: string,
  copies: readonly MarkedCopy[],
): Response {
  const document = {
    request,
    madeAt: c.get('scope').now.toISOString(),
    madeBy: actorOfPage(c).name,
    cases: copies,
  };
  return c.body(JSON.stringify(document, undefined, 2), 200, {
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': `attachment; filename="${reference}-disclosure.json"`,
  });
}
