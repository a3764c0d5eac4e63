/** /faq/desk: what waits for the core center; /faq/desk/entries: all entries. Admins of other centers read along; for all others there is nothing. */
import { type Context, Hono } from 'hono';
import { addDays, japanDate } from '../../../lib/jst.ts';
import { showPage } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { listNames } from '../../directory/data.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { editorsOf } from '../data.ts';
import { countPairs } from '../duplicates/data.ts';
import { listDeskPeople, listTopics, ownersAmong } from '../editing/data.ts';
import { refuse } from '../editing/gate.ts';
import { DESK_ENTRIES_PATH, DESK_PATH } from '../paths.ts';
import { SOON_DAYS } from '../reviewing/rules.ts';
import { maySeeDesk } from '../rules.ts';
import { countEntries, listDue, listNarrowed, listOpenTexts } from './data.ts';
import { Entries } from './entries.tsx';
import { Desk } from './page.tsx';
import type { DeskSection } from './parts.ts';
import { type Narrowed, readNarrowed } from './schema.ts';
import { deskText as text } from './text.ts';

/** Of each kind; more are reached through the list. */
const SHOWN = 30;
/** They wait longest, and there may be hundreds: what else waits stands below them. */
const DUE_SHOWN = 10;
const PORTION = 50;
/** Comparing more takes longer than a glance is worth: their page is opened instead. */
const COUNTED = 2000;

export function deskPages(sections: readonly DeskSection[]): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get(DESK_PATH, async (c) => {
    const actor = actorOfPage(c);
    if (!maySeeDesk(actor)) return refuse(c, 'faq.desk');
    const scope = c.get('scope');
    const today = japanDate(scope.now);
    const [counts, proposed, drafts, due, added] = await Promise.all([
      countEntries(scope.db, today),
      listOpenTexts(scope, 'proposed', SHOWN),
      listOpenTexts(scope, 'draft', SHOWN),
      listDue(scope.db, addDays(today, SOON_DAYS), DUE_SHOWN),
      Promise.all(sections.map((section) => section(c))),
    ]);
    const duplicates = counts.published > COUNTED ? undefined : await countPairs(scope.db);
    const people = [...proposed, ...drafts].flatMap(({ revision }) => editorsOf(revision));
    const owners = due.flatMap(({ owner }) => owner ?? []);
    const names = await listNames(scope.db, [...people, ...owners]);
    const shown = { actor, counts, proposed, drafts, due, duplicates, names, today, sections: added };
    return showPage(c, { title: text.title, body: <Desk {...shown} /> });
  });

  pages.get(DESK_ENTRIES_PATH, async (c) => {
    if (!maySeeDesk(actorOfPage(c))) return refuse(c, 'faq.desk');
    // Words never stand in an address.
    return showEntries(c, { ...readNarrowed((field) => c.req.query(field)), words: '' });
  });

  pages.post(DESK_ENTRIES_PATH, async (c) => {
    if (!maySeeDesk(actorOfPage(c))) return refuse(c, 'faq.desk');
    const form = await c.req.formData();
    return showEntries(
      c,
      readNarrowed((field) => form.get(field)),
    );
  });

  return pages;
}

async function showEntries(c: Context<PageEnv>, narrowed: Narrowed): Promise<Response> {
  const scope = c.get('scope');
  const asked = { today: japanDate(scope.now), limit: PORTION + 1 };
  const [found, people, topics] = await Promise.all([
    listNarrowed(scope, narrowed, asked),
    listDeskPeople(scope.db),
    listTopics(scope.db),
  ]);
  const entries = found.slice(0, PORTION);
  const names = await listNames(
    scope.db,
    entries.flatMap(({ owner }) => owner ?? []),
  );
  const shown = {
    narrowed,
    entries,
    hasMore: found.length > PORTION,
    owners: ownersAmong(people),
    topics,
    names,
  };
  return showPage(c, { title: text.entries.title, body: <Entries c={c} {...shown} /> });
}
