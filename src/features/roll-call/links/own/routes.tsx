/** /safety/…: one person's own link. To look records nothing; what is sent is an answer, once. */
import { type Context, Hono } from 'hono';
import { SAFETY_PATH } from '../../paths.ts';
import { nameOf } from '../../text.ts';
import { chosenIn } from '../web/form.tsx';
import { type SafetyEnv, showSafetyPage } from '../web/frame.tsx';
import { comesFromAnotherSite, readForm, refuseUnknown, showElsewhere, showTooMany } from '../web/front.tsx';
import { type Faults, readAnswer, textOf } from '../web/schema.ts';
import { safetyText as text } from '../web/text.ts';
import { type Colleague, listOfCenter, type OpenedLink, openLink, openNote } from './data.ts';
import { countsOf, OthersPage, OwnPage, type Sent } from './page.tsx';
import { takeFromWeb } from './taking.ts';

export function ownPages(): Hono<SafetyEnv> {
  const pages = new Hono<SafetyEnv>();

  pages.get('/:token', async (c) => {
    const link = await openLink(c.get('scope'), c.req.param('token'));
    if (!link) return refuseUnknown(c);
    return link.state === 'open' ? showOwn(c, link, {}) : showOver(c, link);
  });

  pages.post('/:token', async (c) => {
    const asked = await askedToChange(c);
    if (asked instanceof Response) return asked;
    const { link, form } = asked;
    const scope = c.get('scope');
    const read = readAnswer(form, scope.now);
    if (!read.ok) return showOwn(c, link, { sent: { chosen: chosenIn(form), faults: read.refusal } });
    const { rollCallId, person } = link.own;
    const taken = await takeFromWeb(scope, { ...read.value, rollCallId, person, way: 'web', by: 'link' });
    if (typeof taken === 'string') return refuseTaking(c, link, taken);
    const { roster, rollCall } = taken;
    return showOwn(c, { ...link, rollCall, own: roster }, { sentence: text.taken(countsOf(roster)) });
  });

  pages.get('/:token/others', async (c) => {
    const link = await openLink(c.get('scope'), c.req.param('token'));
    if (!link) return refuseUnknown(c);
    return link.state === 'open' ? showOthers(c, link, {}) : showOver(c, link);
  });

  pages.post('/:token/others', async (c) => {
    const asked = await askedToChange(c);
    if (asked instanceof Response) return asked;
    const { link, form } = asked;
    const scope = c.get('scope');
    const { rollCallId, person: holder, center } = link.own;
    const colleagues = await listOfCenter(scope.db, rollCallId, center);
    const wanted = colleagues.find(({ person }) => person === textOf(form, 'person') && person !== holder);
    const read = readAnswer(form, scope.now);
    if (!read.ok || !wanted)
      return showOthers(c, link, { sent: { chosen: chosenIn(form), faults: faultsOf(read, wanted) } });
    const { person, name } = wanted;
    // Whoever answered herself knows best; what the holder entered before may be mended, and comes again when its receipt was lost.
    if (wanted.answeredAt !== null && wanted.answeredBy !== holder)
      return showOthers(c, link, { sentence: text.answeredMeanwhile(name) });
    const taken = await takeFromWeb(scope, { ...read.value, rollCallId, person, way: 'proxy', by: holder });
    if (typeof taken === 'string') return refuseTaking(c, link, taken);
    return showOthers(c, link, { sentence: text.savedFor(name, taken.roster) });
  });

  return pages;
}

function faultsOf(read: ReturnType<typeof readAnswer>, wanted: Colleague | undefined): Faults {
  return {
    ...(wanted ? {} : { person: text.errors.person }),
    ...(read.ok ? {} : read.refusal),
  };
}

/** The link and the form of a request that would change something; or what it is answered with. */
async function askedToChange(
  c: Context<SafetyEnv>,
): Promise<{ link: OpenedLink; form: FormData } | Response> {
  if (comesFromAnotherSite(c)) return showElsewhere(c);
  const link = await openLink(c.get('scope'), c.req.param('token') ?? '');
  if (!link) return refuseUnknown(c);
  if (link.state !== 'open') return showOver(c, link);
  const form = await readForm(c);
  return form
    ? { link, form }
    : showOwn(c, link, { sent: { chosen: {}, faults: { safety: text.errors.safety } } });
}

function refuseTaking(
  c: Context<SafetyEnv>,
  link: OpenedLink,
  why: 'too-many' | 'ended' | 'unknown',
): Response | Promise<Response> {
  if (why === 'too-many') return showTooMany(c);
  return why === 'ended' ? showOver(c, { ...link, state: 'ended' }) : refuseUnknown(c);
}

interface Shown {
  sentence?: string;
  sent?: Sent;
}

async function showOwn(
  c: Context<SafetyEnv>,
  link: OpenedLink,
  { sentence, sent }: Shown,
): Promise<Response> {
  const note = await openNote(c.get('scope'), link.rollCall);
  return showSafetyPage(c, {
    title: nameOf(link.rollCall),
    ...said(sentence, sent),
    body: <OwnPage link={link} note={note} path={pathOf(c)} sent={sent} isSaid={sentence !== undefined} />,
  });
}

async function showOthers(
  c: Context<SafetyEnv>,
  link: OpenedLink,
  { sentence, sent }: Shown,
): Promise<Response> {
  const { rollCallId, center, person } = link.own;
  const colleagues: Colleague[] = await listOfCenter(c.get('scope').db, rollCallId, center);
  const silent = colleagues.filter((each) => each.answeredAt === null && each.person !== person);
  return showSafetyPage(c, {
    title: nameOf(link.rollCall),
    ...said(sentence, sent),
    body: <OthersPage link={link} silent={silent} path={pathOf(c)} sent={sent} />,
  });
}

function said(sentence: string | undefined, sent: Sent | undefined) {
  if (sent) {
    const sentences = [text.errors.title, ...Object.values(sent.faults)];
    return { status: 422 as const, sentence: sentences.join(' ') };
  }
  return sentence === undefined ? {} : { sentence };
}

/** Of a good link: whoever holds it may know that it is over. */
function showOver(
  c: Context<SafetyEnv>,
  { rollCall, state }: Pick<OpenedLink, 'rollCall' | 'state'>,
): Response | Promise<Response> {
  const sentence = state === 'expired' ? text.expired : text.ended;
  return showSafetyPage(c, { title: nameOf(rollCall), sentence, status: 410, body: null });
}

/** The link's own path, wherever below it a form was sent. */
function pathOf(c: Context<SafetyEnv>): string {
  return `${SAFETY_PATH}/${c.req.param('token') ?? ''}`;
}
