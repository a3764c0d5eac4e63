/** /requests: what residents asked of the records about them, and until when. */
import { type Context, Hono } from 'hono';
import { japanDate } from '../../../lib/jst.ts';
import { showPage } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import type { Actor } from '../../directory/actor.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { type LoadedConsultation, loadConsultation, standingOf } from '../data.ts';
import { findIdByReference } from '../finding/data.ts';
import { recordRefusal } from '../mutations.ts';
import { sightOf } from '../visibility/data.ts';
import { findRequest, listRequests, type ResidentRequest } from './data.ts';
import { extendRequest, noteRequest, readRequest, settleRequest } from './mutations.ts';
import { RequestPage } from './page.tsx';
import { REQUESTS_PATH } from './paths.ts';
import { mayDisclose, mayHandle, mayHandleSome } from './rules.ts';
import {
  type FormFaults,
  NO_FAULTS,
  readNewRequest,
  readReason,
  readSettlement,
  submittedBy,
  typedIn,
} from './schema.ts';
import { disclosureText as text } from './text.ts';
import { TrackerPage } from './tracker/page.tsx';
import { REQUEST_KINDS } from './words.ts';

const SHOWN = 100;

export function requestPages(): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get(REQUESTS_PATH, (c) => showTracker(c, NO_FAULTS));

  pages.post(REQUESTS_PATH, async (c) => {
    const actor = actorOfPage(c);
    if (!mayHandleSome(actor)) return refuse(c);
    const scope = c.get('scope');
    const form = await c.req.formData();
    const read = readNewRequest(form, japanDate(scope.now));
    if (!read.ok) return showTracker(c, read.refusal);
    const id = await findIdByReference(scope.db, read.value.reference);
    // No case has an empty id: what is not there is refused and logged like what one may not see.
    const sent = submittedBy(actor.slackUserId, form);
    const noted = await noteRequest(scope, actor, id ?? '', read.value, sent);
    if (noted.ok) return c.redirect(`${REQUESTS_PATH}?done=noted`, 303);
    const { sentBefore, notFound } = text.errors;
    const reference = noted.refusal.reason === 'sent-before' ? sentBefore : notFound;
    return showTracker(c, { typed: typedIn(form), faults: { reference } });
  });

  pages.get(`${REQUESTS_PATH}/:id`, async (c) => {
    const wanted = await wantedRequest(c);
    return wanted ? showRequest(c, wanted, NO_FAULTS) : refuse(c);
  });

  pages.post(`${REQUESTS_PATH}/:id/extend`, async (c) => {
    const wanted = await wantedRequest(c);
    if (!wanted) return refuse(c);
    const form = await c.req.formData();
    const read = readReason(form);
    if (!read.ok) return showRequest(c, wanted, read.refusal);
    const { request, actor } = wanted;
    const sent = submittedBy(actor.slackUserId, form);
    const changed = await extendRequest(c.get('scope'), actor, request, read.value, sent);
    return changed.ok ? c.redirect(`${REQUESTS_PATH}?done=extended`, 303) : showChanged(c, wanted, form);
  });

  pages.post(`${REQUESTS_PATH}/:id/settle`, async (c) => {
    const wanted = await wantedRequest(c);
    if (!wanted) return refuse(c);
    const form = await c.req.formData();
    const read = readSettlement(form, japanDate(c.get('scope').now));
    if (!read.ok) return showRequest(c, wanted, read.refusal);
    const { request, actor } = wanted;
    const sent = submittedBy(actor.slackUserId, form);
    const changed = await settleRequest(c.get('scope'), actor, request, read.value, sent);
    return changed.ok ? c.redirect(`${REQUESTS_PATH}?done=settled`, 303) : showChanged(c, wanted, form);
  });

  return pages;
}

async function showTracker(c: Context<PageEnv>, form: FormFaults): Promise<Response> {
  const actor = actorOfPage(c);
  if (!mayHandleSome(actor)) return refuse(c);
  const scope = c.get('scope');
  const sight = await sightOf(scope, actor);
  const [open, settled] = await Promise.all([
    listRequests(scope.db, sight, 'open', SHOWN),
    listRequests(scope.db, sight, 'settled', SHOWN),
  ]);
  const isFault = Object.keys(form.faults).length > 0;
  return showPage(c, {
    title: text.title,
    isFault,
    status: isFault ? 422 : 200,
    body: (
      <>
        <Done word={c.req.query('done')} />
        <TrackerPage c={c} today={japanDate(scope.now)} open={open} settled={settled} form={form} />
      </>
    ),
  });
}

interface Wanted {
  request: ResidentRequest;
  loaded: LoadedConsultation;
  actor: Actor;
}

/** The request of the address, for whoever may handle it. */
async function wantedRequest(c: Context<PageEnv>): Promise<Wanted | undefined> {
  const actor = actorOfPage(c);
  const scope = c.get('scope');
  const request = await findRequest(scope.db, c.req.param('id') ?? '');
  const loaded = request && (await loadConsultation(scope, request.consultationId));
  return request && loaded && mayHandle(actor, standingOf(loaded)) ? { request, loaded, actor } : undefined;
}

async function showRequest(
  c: Context<PageEnv>,
  { request, loaded, actor }: Wanted,
  form: FormFaults,
): Promise<Response> {
  const scope = c.get('scope');
  const { consultation: of } = loaded;
  const opened = await readRequest(scope, actor, of, request);
  const isFault = Object.keys(form.faults).length > 0;
  return showPage(c, {
    title: text.one(REQUEST_KINDS[request.kind], of.reference),
    isFault,
    status: isFault ? 422 : 200,
    body: (
      <RequestPage
        c={c}
        today={japanDate(scope.now)}
        request={request}
        reference={of.reference}
        opened={opened}
        mayDisclose={mayDisclose(actor, standingOf(loaded)) && !of.erasedAt}
        form={form}
      />
    ),
  });
}

/** Somebody else was first: the page shows what is stored now. */
async function showChanged(c: Context<PageEnv>, before: Wanted, form: FormData): Promise<Response> {
  const now = (await wantedRequest(c)) ?? before;
  return showRequest(c, now, { typed: typedIn(form), faults: { overtaken: text.errors.changed } });
}

async function refuse(c: Context<PageEnv>): Promise<Response> {
  const asked = { id: c.req.param('id') ?? '', loaded: undefined };
  await recordRefusal(c.get('scope'), actorOfPage(c), asked, 'consultation.read_request', 'not-found');
  return c.notFound();
}

function Done({ word }: { word: string | undefined }) {
  const sentences: Readonly<Record<string, string>> = text.done;
  const sentence = word !== undefined && Object.hasOwn(sentences, word) ? sentences[word] : undefined;
  return sentence ? (
    <p class="notice done" role="status">
      {sentence}
    </p>
  ) : null;
}
