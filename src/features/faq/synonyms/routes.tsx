/** /faq/desk/synonyms: words that mean the same, kept by the core center. For others it is not there, which is noted. */
import { type Context, Hono } from 'hono';
import { csvFile } from '../../../lib/csv.ts';
import { showPage } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { noteRefusal } from '../../directory/noting.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { mayEdit } from '../rules.ts';
import { findGroup, listGroups, listSynonyms, type SynonymGroup } from './data.ts';
import { type GroupRefusal, removeGroup, saveGroup } from './mutations.ts';
import { GroupForm, GroupList } from './page.tsx';
import { groupPath, NEW_GROUP_PATH, SYNONYMS_PATH } from './paths.ts';
import { doubledWords, groupFault, holding, readGroup, typedIn } from './schema.ts';
import { synonymsText as text } from './text.ts';

const ON_A_PAGE = 100;
const MOST_SEARCHED = 50;

export function synonymPages(): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get(SYNONYMS_PATH, async (c) => (mayKeep(c) ? showList(c, '') : refuse(c)));

  // Words never stand in an address.
  pages.post(SYNONYMS_PATH, async (c) => {
    if (!mayKeep(c)) return refuse(c);
    return showList(
      c,
      typedIn(await c.req.formData(), 'search')
        .slice(0, MOST_SEARCHED)
        .toWellFormed(),
    );
  });

  pages.get(`${SYNONYMS_PATH}.csv`, async (c) => {
    if (!mayKeep(c)) return refuse(c);
    return c.body(csvFile(await listSynonyms(c.get('scope').db)), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="kikan-faq-synonyms.csv"',
      'cache-control': 'no-store, max-age=0',
    });
  });

  pages.get(NEW_GROUP_PATH, async (c) => (mayKeep(c) ? showForm(c, undefined) : refuse(c)));
  pages.post(NEW_GROUP_PATH, async (c) => (mayKeep(c) ? save(c, undefined) : refuse(c)));

  pages.get(`${SYNONYMS_PATH}/:group`, async (c) => {
    const group = await wantedGroup(c);
    return group ? showForm(c, group) : refuse(c);
  });

  pages.post(`${SYNONYMS_PATH}/:group`, async (c) => {
    const group = await wantedGroup(c);
    return group ? save(c, group) : refuse(c);
  });

  pages.post(`${SYNONYMS_PATH}/:group/remove`, async (c) => {
    const group = await wantedGroup(c);
    if (!group) return refuse(c);
    const form = await c.req.formData();
    if (typedIn(form, 'confirmed') !== 'yes')
      return showForm(c, group, { removeFault: text.errors.confirm, status: 422 });
    const removed = await removeGroup(c.get('scope'), actorOfPage(c), group.id, readGroup(form).version);
    if (removed.ok) return c.redirect(`${SYNONYMS_PATH}?done=removed`, 303);
    return showForm(c, group, { removeFault: text.errors.stale, isStale: true, status: 409 });
  });

  return pages;
}

function mayKeep(c: Context<PageEnv>): boolean {
  return mayEdit(actorOfPage(c));
}

async function wantedGroup(c: Context<PageEnv>): Promise<SynonymGroup | undefined> {
  const [, digits] = /^(\d{1,9})$/.exec(c.req.param('group') ?? '') ?? [];
  return digits === undefined || !mayKeep(c) ? undefined : findGroup(c.get('scope').db, Number(digits));
}

async function refuse(c: Context<PageEnv>): Promise<Response> {
  await noteRefusal(c.get('scope'), actorOfPage(c), 'faq.synonyms', { detail: { reason: 'not-found' } });
  return c.notFound();
}

async function save(c: Context<PageEnv>, group: SynonymGroup | undefined): Promise<Response> {
  const { db } = c.get('scope');
  const { typed, words, version } = readGroup(await c.req.formData());
  const fault = groupFault(words);
  if (fault !== undefined) return showForm(c, group, { typed, fault, status: 422 });
  const saved = await saveGroup(c.get('scope'), actorOfPage(c), group?.id ?? null, { words, version });
  if (saved.ok) return c.redirect(`${groupPath(saved.value)}?done=saved`, 303);
  const { refusal } = saved;
  if (refusal.reason === 'not-found') return c.notFound();
  const now = group && (await findGroup(db, group.id));
  return showForm(c, now, {
    typed,
    fault: faultOf(refusal),
    status: refusal.reason === 'personal-data' ? 422 : 409,
    isStale: refusal.reason === 'stale',
  });
}

function faultOf(refusal: Exclude<GroupRefusal, { reason: 'not-found' }>): string {
  return refusal.reason === 'personal-data'
    ? text.errors.personal(refusal.kinds)
    : text.errors[refusal.reason];
}

async function showList(c: Context<PageEnv>, searched: string): Promise<Response> {
  const all = holding(await listGroups(c.get('scope').db), searched);
  const pages = Math.max(1, Math.ceil(all.length / ON_A_PAGE));
  // What was searched is not paged: words never stand in an address.
  const page =
    searched === '' ? Math.min(pages, Math.max(1, Math.trunc(Number(c.req.query('page'))) || 1)) : 1;
  const groups = all.slice((page - 1) * ON_A_PAGE, page * ON_A_PAGE);
  const shown = { c, groups, count: all.length, searched, page };
  return showPage(c, {
    title: text.title,
    body: (
      <>
        <Done word={c.req.query('done')} />
        <GroupList {...shown} hasMore={searched === '' && page < pages} />
      </>
    ),
  });
}

interface Shown {
  typed?: string;
  fault?: string;
  removeFault?: string;
  status?: 200 | 409 | 422;
  isStale?: boolean;
}

async function showForm(
  c: Context<PageEnv>,
  group: SynonymGroup | undefined,
  { typed, fault, removeFault, status = 200, isStale = false }: Shown = {},
): Promise<Response> {
  const doubled = group ? doubledWords(group, await listGroups(c.get('scope').db)) : [];
  return showPage(c, {
    title: group ? text.groupTitle : text.newTitle,
    isFault: status !== 200,
    status,
    body: (
      <>
        <Done word={status === 200 ? c.req.query('done') : undefined} />
        <GroupForm
          c={c}
          group={group}
          typed={typed ?? group?.words.join('\n') ?? ''}
          fault={fault}
          doubled={doubled}
          isStale={isStale}
          removeFault={removeFault}
        />
      </>
    ),
  });
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
