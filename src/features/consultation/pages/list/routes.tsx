/** The list of cases and the search. The city section gets figures, never cases. */
import { type Context, Hono } from 'hono';
import { FormToken, showPage } from '../../../../web/frame.tsx';
import type { PageEnv } from '../../../../web/page-env.ts';
import type { Actor } from '../../../directory/actor.ts';
import { listCenterStaff, listDistrictCenters } from '../../../directory/data.ts';
import { noteRefusal } from '../../../directory/noting.ts';
import { actorOfPage } from '../../../directory/page-gate.ts';
import { readSearch } from '../../finding/rules.ts';
import { openSearch, openView } from '../../listing/opening/mutations.ts';
import { casePath } from '../paths.ts';
import type { Places } from './filters.tsx';
import { FoundPage, ListPage, viewName } from './page.tsx';
import { ROWS, readChoice } from './schema.ts';
import { listText as text } from './text.ts';

/** More than any name or number has; the rest would only cost time. */
const MOST_TYPED = 100;

export function listPages(): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get('/cases', async (c) => {
    const actor = actorOfPage(c);
    if (!mayList(actor)) return refuse(c, actor, 'consultation.list');
    const scope = c.get('scope');
    const choice = readChoice(c.req.query());
    const [part, places] = await Promise.all([
      openView(scope, actor, choice.view, { ...choice, count: ROWS }),
      placesFor(c, actor),
    ]);
    return showPage(c, {
      title: text.titleOf(viewName(choice.view, places)),
      body: (
        <ListPage
          choice={choice}
          part={part}
          places={places}
          now={scope.now}
          formToken={<FormToken c={c} />}
        />
      ),
    });
  });

  // The answer of a search has no address of its own: whoever comes back to it searches anew.
  pages.get('/cases/search', (c) => c.redirect('/cases', 303));

  pages.post('/cases/search', async (c) => {
    const actor = actorOfPage(c);
    if (!mayList(actor)) return refuse(c, actor, 'consultation.search');
    const form = await c.req.formData();
    const values = Object.fromEntries(
      [...form.entries()].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    );
    const typed = (values.words ?? '').trim().slice(0, MOST_TYPED);
    const choice = readChoice(values);
    const search = readSearch(typed);
    const isEmpty = search.by === 'subject' && search.folded === '';
    const part = isEmpty
      ? undefined
      : await openSearch(c.get('scope'), actor, search, { ...choice, count: ROWS });
    const [only] = part?.cases ?? [];
    if (search.by === 'reference' && only) return c.redirect(casePath(only.reference), 303);
    const places = await placesFor(c, actor);
    return showPage(c, {
      title: text.search.title,
      isFault: isEmpty,
      status: isEmpty ? 422 : 200,
      body: (
        <FoundPage
          typed={typed}
          choice={choice}
          part={part}
          places={places}
          now={c.get('scope').now}
          formToken={<FormToken c={c} />}
        />
      ),
    });
  });

  return pages;
}

export function mayList({ center }: Actor): boolean {
  return center.kind !== 'city';
}

/** As if there were no such page, and noted. */
async function refuse(c: Context<PageEnv>, actor: Actor, action: string): Promise<Response> {
  await noteRefusal(c.get('scope'), actor, action);
  return c.notFound();
}

/** Core staff choose between centers and colleagues. */
async function placesFor(c: Context<PageEnv>, { center }: Actor): Promise<Places | null> {
  if (center.kind !== 'kikan') return null;
  const { db } = c.get('scope');
  const [centers, people] = await Promise.all([listDistrictCenters(db), listCenterStaff(db, center.code)]);
  return { centers, people };
}
