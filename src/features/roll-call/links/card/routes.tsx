/** /safety/center/…: where the QR code of a center's printed card leads. The PIN first; no name is shown before it. */
import { type Context, Hono } from 'hono';
import { fold } from '../../../../lib/japanese.ts';
import { listRunning } from '../../data.ts';
import { SAFETY_PATH } from '../../paths.ts';
import { nameOf } from '../../text.ts';
import { listOfCenter, openNote } from '../own/data.ts';
import { takeFromWeb } from '../own/taking.ts';
import { chosenIn } from '../web/form.tsx';
import { type SafetyEnv, showSafetyPage } from '../web/frame.tsx';
import { comesFromAnotherSite, readForm, refuseUnknown, showElsewhere, showTooMany } from '../web/front.tsx';
import { type Faults, readAnswer, textOf } from '../web/schema.ts';
import { safetyText } from '../web/text.ts';
import { isPass, type OpenedCard, openCardOf, passFor } from './data.ts';
import { tryPin } from './mutations.ts';
import { CardPage, PinPage, type Running, type SentFor } from './page.tsx';
import { cardText } from './text.ts';

const text = cardText.page;

export function cardPages(): Hono<SafetyEnv> {
  const pages = new Hono<SafetyEnv>();

  pages.get('/center/:token', async (c) => {
    const opened = await openCardOf(c.get('scope'), c.req.param('token'));
    return opened ? showPin(c, opened, {}) : refuseUnknown(c);
  });

  pages.post('/center/:token', async (c) => {
    if (comesFromAnotherSite(c)) return showElsewhere(c);
    const scope = c.get('scope');
    const opened = await openCardOf(scope, c.req.param('token'));
    if (!opened) return refuseUnknown(c);
    const form = await readForm(c);
    if (form?.has('pass')) return takeFor(c, opened, form);
    const pin = fold(form ? textOf(form, 'pin') : '').replaceAll(/[\s-]/g, '');
    switch (await tryPin(scope, opened.card, pin)) {
      case 'right':
        return showRunning(c, opened, {});
      case 'wrong':
        return showPin(c, opened, { sentence: text.wrong, status: 422 });
      case 'locked':
        return showPin(c, opened, { sentence: text.locked, status: 429 });
    }
  });

  return pages;
}

/** An answer for one of the center's people, from whoever entered the PIN before. */
async function takeFor(c: Context<SafetyEnv>, opened: OpenedCard, form: FormData): Promise<Response> {
  const scope = c.get('scope');
  if (!(await isPass(scope, opened.card, textOf(form, 'pass'))))
    return showPin(c, opened, { sentence: text.passOver, status: 422 });
  const code = opened.card.center;
  const running = (await listRunning(scope.db)).find(({ id }) => id === textOf(form, 'rollCall'));
  if (!running) return showRunning(c, opened, { sentence: safetyText.ended, status: 410 });
  const people = await listOfCenter(scope.db, running.id, code);
  const wanted = people.find(({ person }) => person === textOf(form, 'person'));
  const by = textOf(form, 'by');
  const read = readAnswer(form, scope.now);
  if (!read.ok || !wanted || (by !== 'self' && by !== 'other')) {
    const faults: Faults = {
      ...(wanted ? {} : { person: safetyText.errors.person }),
      ...(by === 'self' || by === 'other' ? {} : { by: safetyText.errors.by }),
      ...(read.ok ? {} : read.refusal),
    };
    const sentence = [safetyText.errors.title, ...Object.values(faults)].join(' ');
    const sent = { rollCallId: running.id, chosen: chosenIn(form), faults };
    return showRunning(c, opened, { sentence, status: 422, sent });
  }
  const { person, name } = wanted;
  const way = by === 'self' ? 'web' : 'proxy';
  const taken = await takeFromWeb(scope, {
    ...read.value,
    rollCallId: running.id,
    person,
    way,
    by: `card:${code}`,
  });
  if (taken === 'too-many') return showTooMany(c);
  if (typeof taken === 'string') return showRunning(c, opened, { sentence: safetyText.ended, status: 410 });
  return showRunning(c, opened, { sentence: safetyText.savedFor(name, taken.roster) });
}

interface Shown {
  sentence?: string;
  status?: 200 | 410 | 422 | 429;
  sent?: SentFor;
}

function showPin(
  c: Context<SafetyEnv>,
  { centerName }: OpenedCard,
  shown: Shown,
): Response | Promise<Response> {
  return showSafetyPage(c, {
    title: text.title,
    ...shown,
    body: <PinPage centerName={centerName} path={pathOf(c)} />,
  });
}

/** What runs, the real one first; when nothing does, that is all that is said, and nobody is named. */
async function showRunning(
  c: Context<SafetyEnv>,
  opened: OpenedCard,
  { sent, ...shown }: Shown,
): Promise<Response> {
  const scope = c.get('scope');
  const all = await Promise.all(
    (await listRunning(scope.db)).map(
      async (rollCall): Promise<Running> => ({
        rollCall,
        note: await openNote(scope, rollCall),
        people: await listOfCenter(scope.db, rollCall.id, opened.card.center),
      }),
    ),
  );
  const running = all.filter(({ people }) => people.length > 0);
  const [first] = running;
  return showSafetyPage(c, {
    title: first ? nameOf(first.rollCall) : text.title,
    ...shown,
    body: first ? (
      <CardPage running={running} pass={await passFor(scope, opened.card)} path={pathOf(c)} sent={sent} />
    ) : (
      <p class="notice">{text.nothingRuns}</p>
    ),
  });
}

function pathOf(c: Context<SafetyEnv>): string {
  return `${SAFETY_PATH}/center/${c.req.param('token') ?? ''}`;
}
