/** /faq/desk/new and /faq/desk/<number>: where the core center writes. Admins of other centers read; for all others there is nothing. */
import { type Context, Hono } from 'hono';
import { japanDate } from '../../../lib/jst.ts';
import type { PageEnv } from '../../../web/page-env.ts';
import type { Actor } from '../../directory/actor.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import { type FaqEntry, loadEntry } from '../data.ts';
import { DESK_ENTRY_ROUTE, deskEntryPath, NEW_ENTRY_PATH } from '../paths.ts';
import { type EntryContent, mayEdit, maySeeDesk } from '../rules.ts';
import { listDeskPeople, ownersAmong } from './data.ts';
import type { Shown } from './form.tsx';
import { refuse, wantedEntry } from './gate.ts';
import { dropDraft, saveDraft, startDraft } from './mutations.ts';
import { EMPTY, showEntry, showNew } from './page.tsx';
import { type ProposalRefusal, propose } from './proposing/mutations.ts';
import { stampOf, textsOf } from './rules.ts';
import { careFaults, type EditForm, type Faults, readContent, readEditForm, typedIn } from './schema.ts';
import { editingText as text } from './text.ts';

export function editingPages(): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get(NEW_ENTRY_PATH, async (c) => {
    if (!mayEdit(actorOfPage(c))) return refuse(c, 'faq.make');
    const shown: Shown = {
      texts: textsOf(EMPTY),
      visibility: 'all',
      owner: actorOfPage(c).slackUserId,
      reviewDueOn: '',
      seen: '',
      submissionKey: crypto.randomUUID(),
    };
    return showNew(c, shown, {});
  });

  pages.post(NEW_ENTRY_PATH, async (c) => {
    const actor = actorOfPage(c);
    if (!mayEdit(actor)) return refuse(c, 'faq.make');
    const scope = c.get('scope');
    const form = readEditForm(await c.req.formData());
    const { content, faults } = await readChecked(c, form);
    if (Object.keys(faults).length > 0) return showNew(c, form, faults);
    const made = await startDraft(scope, actor, {
      content,
      source: 'hand',
      visibility: form.visibility,
      submissionKey: form.submissionKey,
      ...careOf(form),
    });
    return made.ok ? afterSaving(c, actor, made.value, form) : c.notFound();
  });

  pages.get(DESK_ENTRY_ROUTE, async (c) => {
    const entry = maySeeDesk(actorOfPage(c)) ? await wantedEntry(c) : undefined;
    return entry ? showEntry(c, entry) : refuse(c, 'faq.edit');
  });

  pages.post(DESK_ENTRY_ROUTE, async (c) => {
    const actor = actorOfPage(c);
    const entry = mayEdit(actor) ? await wantedEntry(c) : undefined;
    if (!entry) return refuse(c, 'faq.save');
    const form = readEditForm(await c.req.formData());
    const { content, faults } = await readChecked(c, form, entry);
    if (Object.keys(faults).length > 0) return showEntry(c, entry, { form, content, faults });
    const { visibility, seen } = form;
    const wanted = { content, visibility, seen, ...careOf(form) };
    const saved = await saveDraft(c.get('scope'), actor, entry.id, wanted);
    if (saved.ok) return afterSaving(c, actor, saved.value, form);
    return saved.refusal.reason === 'stale'
      ? showEntry(c, entry, { form, content, isStale: true })
      : c.notFound();
  });

  pages.post(`${DESK_ENTRY_ROUTE}/drop`, async (c) => {
    const actor = actorOfPage(c);
    const entry = mayEdit(actor) ? await wantedEntry(c) : undefined;
    if (!entry) return refuse(c, 'faq.drop');
    const dropped = await dropDraft(c.get('scope'), actor, entry.id, typedIn(await c.req.formData(), 'seen'));
    if (dropped.ok) return c.redirect(`${deskEntryPath(entry.number)}?done=dropped`, 303);
    if (dropped.refusal.reason === 'not-found') return c.notFound();
    return showEntry(c, entry, { alert: text.errors.stale, status: 409 });
  });

  return pages;
}

function careOf({ owner, reviewDueOn }: EditForm) {
  return { owner: owner === '' ? null : owner, reviewDueOn: reviewDueOn === '' ? null : reviewDueOn };
}

async function readChecked(
  c: Context<PageEnv>,
  form: EditForm,
  entry?: FaqEntry,
): Promise<{ content: EntryContent; faults: Faults }> {
  const { db, now } = c.get('scope');
  const { content, faults } = readContent(form);
  const coreStaff = ownersAmong(await listDeskPeople(db)).map(({ slackUserId }) => slackUserId);
  // An owner who has left, and a date that has passed, may stay what they are: the text is what is worked on.
  const isKept = {
    owner: form.owner === (entry?.owner ?? ''),
    date: form.reviewDueOn === (entry?.reviewDueOn ?? ''),
  };
  const care = { owner: isKept.owner ? '' : form.owner, reviewDueOn: isKept.date ? '' : form.reviewDueOn };
  return { content, faults: { ...faults, ...careFaults(care, { coreStaff, today: japanDate(now) }) } };
}

/** The draft is stored; where that was wished, it is put before a second person now. */
async function afterSaving(
  c: Context<PageEnv>,
  actor: Actor,
  entry: FaqEntry,
  form: EditForm,
): Promise<Response> {
  const scope = c.get('scope');
  const path = deskEntryPath(entry.number);
  const loaded = await loadEntry(scope.db, entry.id);
  if (form.wish === 'save' || !loaded?.open) return c.redirect(`${path}?done=saved`, 303);
  const { isConfirmed } = form;
  const proposed = await propose(scope, actor, entry.id, { seen: stampOf(loaded), isConfirmed });
  if (proposed.ok) return c.redirect(`${path}?done=proposed`, 303);
  if (proposed.refusal.reason === 'not-found') return c.notFound();
  return showEntry(c, entry, { alert: refusalWords(proposed.refusal), status: 422 });
}

function refusalWords(refusal: ProposalRefusal): string {
  switch (refusal.reason) {
    case 'personal-data':
      return text.found.never(text.found.kinds(refusal.kinds));
    case 'covered':
      return text.found.covered;
    case 'unconfirmed':
      return text.found.unconfirmed(text.found.kinds(refusal.kinds));
    case 'stale':
    case 'not-found':
      return text.errors.stale;
  }
}
