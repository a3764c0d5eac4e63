/** /people: centers and their staff, for admins. Forms are those of `forms.ts`; what takes something away asks first. */
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import type { Result } from '../../../lib/result.ts';
import { FormToken, showPage } from '../../../web/frame.tsx';
import type { ModalHost } from '../../../web/modal/host.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { noteRefusal } from '../noting.ts';
import { actorOfPage } from '../page-gate.ts';
import { mayKeepDirectory } from '../rules.ts';
import { loadDirectory } from './data.ts';
import { PEOPLE_ACTIONS } from './forms.ts';
import { closeCenter, type PeopleRefusal, removePerson } from './mutations.ts';
import { PeoplePage } from './page.tsx';
import { peopleText as text } from './text.ts';

export const PEOPLE = '/people';

/** For admins; to everybody else there is no such page, and that they looked for it is noted. */
export const adminsOnly: MiddlewareHandler<PageEnv> = async (c, next) => {
  const actor = actorOfPage(c);
  if (mayKeepDirectory(actor)) return next();
  await noteRefusal(c.get('scope'), actor, 'directory.read');
  return c.notFound();
};

export function peoplePages(host: ModalHost): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();
  pages.use(PEOPLE, adminsOnly);
  pages.use(`${PEOPLE}/*`, adminsOnly);

  pages.get(PEOPLE, async (c) =>
    showPage(c, {
      title: text.title,
      body: <PeoplePage file={await loadDirectory(c.get('scope').db)} done={doneOf(c.req.query('done'))} />,
    }),
  );

  const form = (c: Context<PageEnv>, actionId: string, value: string) =>
    host.press(c, { actionId, value, back: PEOPLE });
  const orAway = async (c: Context<PageEnv>, page: Promise<Response | undefined>) =>
    (await page) ?? c.redirect(PEOPLE, 303);

  pages.get(`${PEOPLE}/new`, (c) =>
    orAway(c, form(c, PEOPLE_ACTIONS.addPerson, c.req.query('center') ?? '')),
  );
  pages.get(`${PEOPLE}/centers/new`, (c) => orAway(c, form(c, PEOPLE_ACTIONS.addCenter, '')));
  pages.get(`${PEOPLE}/staff/:id`, async (c) => {
    const person = await wantedPerson(c);
    return person ? orAway(c, form(c, PEOPLE_ACTIONS.changePerson, person.slackUserId)) : c.notFound();
  });
  pages.get(`${PEOPLE}/centers/:code`, async (c) => {
    const center = await wantedCenter(c);
    return center ? orAway(c, form(c, PEOPLE_ACTIONS.changeCenter, center.code)) : c.notFound();
  });

  pages.get(`${PEOPLE}/staff/:id/remove`, async (c) => {
    const person = await wantedPerson(c);
    const { removeTitle, removeBody, removeSubmit } = text.person;
    return person ? ask(c, removeTitle(person.name), removeBody, removeSubmit) : c.notFound();
  });
  pages.post(`${PEOPLE}/staff/:id/remove`, async (c) => {
    const id = c.req.param('id');
    const removed = await removePerson(c.get('scope'), actorOfPage(c), id);
    return answer(c, removed, 'people.removed');
  });
  pages.get(`${PEOPLE}/centers/:code/close`, async (c) => {
    const center = await wantedCenter(c);
    const { closeTitle, closeBody, closeSubmit } = text.center;
    return center ? ask(c, closeTitle(center.name), closeBody, closeSubmit) : c.notFound();
  });
  pages.post(`${PEOPLE}/centers/:code/close`, async (c) => {
    const closed = await closeCenter(c.get('scope'), actorOfPage(c), c.req.param('code'));
    return answer(c, closed, 'people.closed');
  });

  return pages;
}

async function wantedPerson(c: Context<PageEnv>) {
  const { staff } = await loadDirectory(c.get('scope').db);
  return staff.find(({ slackUserId }) => slackUserId === c.req.param('id'));
}

async function wantedCenter(c: Context<PageEnv>) {
  const { centers } = await loadDirectory(c.get('scope').db);
  return centers.find(({ code }) => code === c.req.param('code'));
}

/** Asks before something is taken away. */
function ask(c: Context<PageEnv>, title: string, body: string, submit: string): Promise<Response> {
  return showPage(c, {
    title,
    body: (
      <form method="post" action={c.req.path}>
        <FormToken c={c} />
        <p>{body}</p>
        <ul class="buttons">
          <li>
            <button class="button danger" type="submit">
              {submit}
            </button>
          </li>
          <li>
            <a class="button plain" href={PEOPLE}>
              {text.back}
            </a>
          </li>
        </ul>
      </form>
    ),
  });
}

/** What came of taking something away. Whoever is not there any more was taken off by somebody faster: that is as wanted. */
function answer(
  c: Context<PageEnv>,
  result: Result<undefined, PeopleRefusal>,
  doneWord: keyof typeof text.done,
): Response | Promise<Response> {
  if (result.ok || result.refusal.reason === 'not-found')
    return c.redirect(`${PEOPLE}?done=${doneWord}`, 303);
  return showPage(c, {
    title: text.title,
    isFault: true,
    status: 422,
    body: (
      <>
        <p class="notice error" role="alert">
          {sentenceOf(result.refusal)}
        </p>
        <p>
          <a class="button" href={PEOPLE}>
            {text.back}
          </a>
        </p>
      </>
    ),
  });
}

function sentenceOf(refusal: PeopleRefusal): string {
  switch (refusal.reason) {
    case 'last-admin':
      return text.refusals.lastAdmin;
    case 'has-staff':
      return text.refusals.hasStaff;
    case 'core-center':
      return text.refusals.coreCenter;
    case 'faulty':
      return Object.values(refusal.faults).join('\n');
    default:
      return text.refusals.notAllowed;
  }
}

/** A sentence of ours when the address names one. */
function doneOf(word: string | undefined): string | undefined {
  const known = Object.entries(text.done).find(([key]) => key === word);
  return known?.[1];
}
