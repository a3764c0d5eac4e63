/** /retention: what will be erased when, and what is kept from it. */
import { type Context, Hono } from 'hono';
import { addYears, japanDate, startOfJapanDay } from '../../../lib/jst.ts';
import { showPage } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import type { Actor } from '../../directory/actor.ts';
import { STANDARD_RETENTION } from '../../directory/handling/rules.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { loadConsultation } from '../data.ts';
import { readSearch } from '../finding/rules.ts';
import { recordRefusal } from '../mutations.ts';
import { sightOf } from '../visibility/data.ts';
import { findHold, findRetention } from './data.ts';
import { holdCase, liftHold, readHoldReason } from './holding/mutations.ts';
import { HoldPage } from './holding/page.tsx';
import { findRetained, listAnnounced, listErased, listHolds, type Reach } from './overview/data.ts';
import { RetentionPage } from './page.tsx';
import { RETENTION_PATH } from './paths.ts';
import { mayHoldSome, maySeeRetention } from './rules.ts';
import { readReason } from './schema.ts';
import { retentionText as text } from './text.ts';

/** A page of a table; who has more is far behind. */
const SHOWN = 200;

export function retentionPages(): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get(RETENTION_PATH, async (c) => {
    const actor = actorOfPage(c);
    if (!maySeeRetention(actor)) return refuse(c, actor);
    return showOverview(c, actor);
  });

  pages.post(`${RETENTION_PATH}/find`, async (c) => {
    const actor = actorOfPage(c);
    if (!mayHoldSome(actor)) return refuse(c, actor);
    const typed = (await c.req.formData()).get('reference');
    const search = readSearch(typeof typed === 'string' ? typed : '');
    const { db } = c.get('scope');
    const reference = search.by === 'reference' ? search.reference : '';
    const found = await findRetained(db, await reachOf(c, actor), reference);
    return found
      ? c.redirect(`${RETENTION_PATH}/${found.reference}`, 303)
      : showOverview(c, actor, text.find.notFound);
  });

  pages.get(`${RETENTION_PATH}/:reference`, async (c) => showHold(c));

  pages.post(`${RETENTION_PATH}/:reference/hold`, async (c) => {
    const wanted = await wantedCase(c);
    if (!wanted) return refuse(c, actorOfPage(c));
    const reason = readReason(await c.req.formData());
    if (!reason.ok) return showHold(c, reason.refusal);
    const held = await holdCase(c.get('scope'), actorOfPage(c), wanted.id, reason.value);
    if (held.ok) return toDone(c, 'held');
    return held.refusal.reason === 'held'
      ? showHold(c, { sentence: text.hold.overtaken, typed: reason.value }, 409)
      : c.notFound();
  });

  pages.post(`${RETENTION_PATH}/:reference/lift`, async (c) => {
    const wanted = await wantedCase(c);
    if (!wanted) return refuse(c, actorOfPage(c));
    const lifted = await liftHold(c.get('scope'), actorOfPage(c), wanted.id);
    return lifted.ok ? toDone(c, 'lifted') : c.notFound();
  });

  return pages;
}

function toDone(c: Context<PageEnv>, what: keyof typeof text.done): Response {
  return c.redirect(`${RETENTION_PATH}?done=${what}`, 303);
}

async function showOverview(c: Context<PageEnv>, actor: Actor, fault?: string): Promise<Response> {
  const { db, now } = c.get('scope');
  const reach = await reachOf(c, actor);
  const since = startOfJapanDay(addYears(japanDate(now), -1));
  const [retention, announced, holds, erased] = await Promise.all([
    findRetention(db),
    listAnnounced(db, reach, SHOWN),
    listHolds(db, reach, SHOWN),
    listErased(db, reach, since, SHOWN),
  ]);
  const shown = { retention: retention ?? STANDARD_RETENTION, announced, holds, erased };
  return showPage(c, {
    title: text.title,
    isFault: fault !== undefined,
    status: fault === undefined ? 200 : 422,
    body: (
      <RetentionPage c={c} {...shown} mayHold={mayHoldSome(actor)} fault={fault} done={c.req.query('done')} />
    ),
  });
}

/** @param fault what is wrong with the reason that was typed */
async function showHold(
  c: Context<PageEnv>,
  fault?: { sentence: string; typed: string },
  status: 409 | 422 = 422,
): Promise<Response> {
  const scope = c.get('scope');
  const actor = actorOfPage(c);
  const wanted = await wantedCase(c);
  const loaded = wanted && (await loadConsultation(scope, wanted.id));
  if (!wanted || !loaded) return refuse(c, actor);
  const hold = await findHold(scope.db, loaded.consultation);
  const held = hold && { reason: await readHoldReason(scope, actor, loaded, hold) };
  return showPage(c, {
    title: text.caseTitle(wanted.reference),
    isFault: fault !== undefined,
    status: fault === undefined ? 200 : status,
    body: <HoldPage c={c} of={wanted} held={held} fault={fault} />,
  });
}

/** The case of the address, for whoever may hold some; storing asks for this one. */
async function wantedCase(c: Context<PageEnv>) {
  const actor = actorOfPage(c);
  if (!mayHoldSome(actor)) return undefined;
  return findRetained(c.get('scope').db, await reachOf(c, actor), c.req.param('reference') ?? '');
}

async function reachOf(c: Context<PageEnv>, actor: Actor): Promise<Reach> {
  return { sight: await sightOf(c.get('scope'), actor), isAdmin: actor.isAdmin };
}

async function refuse(c: Context<PageEnv>, actor: Actor): Promise<Response> {
  const asked = { id: c.req.param('reference') ?? '', loaded: undefined };
  await recordRefusal(c.get('scope'), actor, asked, 'consultation.retention', 'not-found');
  return c.notFound();
}
