/** The pages on which an entry is written: what it says, what was found in it, and what somebody else saved meanwhile. */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { showPage } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { actorOfPage } from '../../directory/page-gate.ts';
import {
  type FaqEntry,
  type LoadedEntry,
  listRevisions,
  loadEntry,
  openRevision,
  publishedContent,
} from '../data.ts';
import { sourceHint } from '../drafting/section.tsx';
import { deskEntryPath, NEW_ENTRY_PATH } from '../paths.ts';
import { type EntryContent, formatFaqReference, mayEdit } from '../rules.ts';
import { openFaqKey } from '../sealing.ts';
import { type Checked, findPersonalData, neverAmong } from './checking/data.ts';
import { listDeskPeople, listTopics, ownersAmong } from './data.ts';
import { EntryForm, type Shown } from './form.tsx';
import { EntryFacts, factsOf, OtherForms, Ways } from './one.tsx';
import { stampOf, textsOf } from './rules.ts';
import type { EditForm, Faults } from './schema.ts';
import { Alert, Changes, Done, Found, type Version, Whole } from './shown.tsx';
import { listSimilar } from './similar/data.ts';
import { SimilarSection } from './similar/section.tsx';
import { editingText as text } from './text.ts';

export const EMPTY: EntryContent = { question: '', aliases: [], answer: '', topics: [], links: [] };

/** An entry that is not there yet. */
export async function showNew(c: Context<PageEnv>, shown: Shown, faults: Faults): Promise<Response> {
  const { db } = c.get('scope');
  const [people, topics] = await Promise.all([listDeskPeople(db), listTopics(db)]);
  const isFault = Object.keys(faults).length > 0;
  const form = { action: NEW_ENTRY_PATH, shown, faults, owners: ownersAmong(people), topics };
  return showPage(c, {
    title: text.newTitle,
    isFault,
    status: isFault ? 422 : 200,
    body: <EntryForm c={c} {...form} asksToConfirm={false} />,
  });
}

export interface Refused {
  /** What was typed and not stored. */
  form?: EditForm;
  content?: EntryContent;
  faults?: Faults;
  isStale?: boolean;
  alert?: string;
  status?: 409 | 422;
}

/** One entry, for whoever may see the desk; its form for the core center. */
export async function showEntry(
  c: Context<PageEnv>,
  entry: FaqEntry,
  refused: Refused = {},
): Promise<Response> {
  const scope = c.get('scope');
  const loaded = await loadEntry(scope.db, entry.id);
  if (!loaded) return c.notFound();
  const isEditor = mayEdit(actorOfPage(c));
  const stored = await storedVersion(c, loaded);
  const checked = await findPersonalData(scope, refused.content ?? stored.content ?? EMPTY);
  const status = statusOf(refused);
  const reference = formatFaqReference(entry.number);
  return showPage(c, {
    title: isEditor ? text.title(reference) : text.readTitle(reference),
    isFault: status !== 200,
    status,
    body: (
      <>
        <Done word={status === 200 ? c.req.query('done') : undefined} />
        <Alert words={refused.isStale ? text.errors.stale : refused.alert} />
        <Stale stored={stored} refused={refused} />
        <EntryFacts {...(await factsOf(c, loaded))} />
        <Ways loaded={loaded} actor={actorOfPage(c)} />
        {await sourceHint(c, loaded.open)}
        <Found checked={checked} hint={text.found.lead} />
        {await similarOf(c, loaded, refused.content ?? stored.content)}
        {isEditor ? await formsOf(c, loaded, { stored, checked, refused }) : <Whole {...stored} />}
      </>
    ),
  });
}

async function similarOf(
  c: Context<PageEnv>,
  { entry, open }: LoadedEntry,
  content: EntryContent | null,
): Promise<Child> {
  const similar = content ? await listSimilar(c.get('scope'), entry, content) : [];
  const mayMerge = mayEdit(actorOfPage(c)) && entry.status === 'published' && open === null;
  return <SimilarSection number={entry.number} similar={similar} mayMerge={mayMerge} />;
}

function statusOf({ form, alert, isStale, status }: Refused): 200 | 409 | 422 {
  if (form === undefined && alert === undefined) return 200;
  return status ?? (isStale ? 409 : 422);
}

async function formsOf(
  c: Context<PageEnv>,
  loaded: LoadedEntry,
  { stored, checked, refused }: { stored: Version; checked: Checked; refused: Refused },
): Promise<Child> {
  const { db } = c.get('scope');
  const [people, topics] = await Promise.all([listDeskPeople(db), listTopics(db)]);
  const never = neverAmong(checked.kinds, loaded.open?.consultationId ?? null);
  return (
    <>
      {loaded.open?.state === 'proposed' ? <p class="notice warning">{text.proposedHint}</p> : null}
      <EntryForm
        c={c}
        action={deskEntryPath(loaded.entry.number)}
        shown={shownOf(loaded, stored, refused)}
        faults={refused.faults ?? {}}
        owners={ownersAmong(people)}
        topics={topics}
        asksToConfirm={checked.kinds.length > 0 && never.length === 0}
      />
      <OtherForms c={c} loaded={loaded} />
    </>
  );
}

function shownOf(loaded: LoadedEntry, stored: Version, { form, isStale = false }: Refused): Shown {
  const { owner, reviewDueOn } = loaded.entry;
  const now = stampOf(loaded);
  // Whoever has read what the other saved may put her own words in its place; else the form goes on from what it began with.
  if (form) return { ...form, seen: isStale ? now : form.seen };
  return {
    texts: textsOf(stored.content ?? EMPTY),
    visibility: stored.visibility,
    owner: owner ?? '',
    reviewDueOn: reviewDueOn ?? '',
    seen: now,
    submissionKey: '',
  };
}

/** The draft; where there is none, what is found; where nothing is, the latest version that still has its words. */
async function storedVersion(c: Context<PageEnv>, { entry, open }: LoadedEntry): Promise<Version> {
  const scope = c.get('scope');
  const key = await openFaqKey(scope);
  if (open) return { content: await openRevision(key, open), visibility: open.visibility };
  const published = publishedContent(entry);
  if (published) return { content: published, visibility: entry.visibility };
  const latest = (await listRevisions(scope.db, entry.id)).find(({ content }) => content !== null);
  return { content: latest ? await openRevision(key, latest) : null, visibility: entry.visibility };
}

/** Both texts: what is stored stands here and what was typed in the form below, with what differs between them. */
function Stale({ stored, refused }: { stored: Version; refused: Refused }): Child {
  const { isStale = false, form, content } = refused;
  if (!isStale || !form || !content) return null;
  return (
    <section>
      <p>{text.errors.staleLead}</p>
      <h2>{text.errors.staleOther}</h2>
      <Whole {...stored} />
      <h2>{text.errors.staleDiff}</h2>
      <Changes before={stored} after={{ content, visibility: form.visibility }} />
    </section>
  );
}
