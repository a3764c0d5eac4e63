/** /faq/desk/<number>/history: all versions, what changed between two, and the ways back. */
import { type Context, Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { japanDate } from '../../../../lib/jst.ts';
import { FormToken, showPage } from '../../../../web/frame.tsx';
import type { PageEnv } from '../../../../web/page-env.ts';
import { listNames } from '../../../directory/data.ts';
import { actorOfPage } from '../../../directory/page-gate.ts';
import { editorsOf, type FaqEntry, type FaqRevision, listRevisions, openRevision } from '../../data.ts';
import { DESK_ENTRY_ROUTE, deskEntryPath, historyPath } from '../../paths.ts';
import { formatFaqReference, mayEdit, maySeeDesk } from '../../rules.ts';
import { openFaqKey } from '../../sealing.ts';
import { REVISION_STATES, SOURCES } from '../../words.ts';
import { eraseVersion, restore } from '../ending/mutations.ts';
import { Choice } from '../form.tsx';
import { refuse, wantedEntry } from '../gate.ts';
import { isErasable, mayErase } from '../rules.ts';
import { numberIn, typedIn } from '../schema.ts';
import { Alert, Changes, Done } from '../shown.tsx';
import { editingText as text } from '../text.ts';

const HISTORY = `${DESK_ENTRY_ROUTE}/history`;

export function historyPages(): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.get(HISTORY, async (c) => {
    const entry = maySeeDesk(actorOfPage(c)) ? await wantedEntry(c) : undefined;
    return entry ? showHistory(c, entry) : refuse(c, 'faq.edit');
  });

  pages.post(HISTORY, async (c) => {
    const actor = actorOfPage(c);
    const form = await c.req.formData();
    const isErasing = typedIn(form, 'do') === 'erase';
    const may = isErasing ? mayErase(actor) : mayEdit(actor);
    const entry = may ? await wantedEntry(c) : undefined;
    if (!entry) return refuse(c, isErasing ? 'faq.erase_version' : 'faq.restore');
    const number = numberIn(form, 'version');
    return isErasing ? eraseOne(c, entry, number) : restoreOne(c, entry, number);
  });

  return pages;
}

async function restoreOne(c: Context<PageEnv>, entry: FaqEntry, number: number): Promise<Response> {
  const restored = await restore(c.get('scope'), actorOfPage(c), entry.id, number);
  if (restored.ok) return c.redirect(`${deskEntryPath(entry.number)}?done=restored`, 303);
  return restored.refusal.reason === 'open' ? showHistory(c, entry, text.errors.open) : c.notFound();
}

async function eraseOne(c: Context<PageEnv>, entry: FaqEntry, number: number): Promise<Response> {
  const erased = await eraseVersion(c.get('scope'), actorOfPage(c), entry.id, number);
  if (erased.ok) return c.redirect(`${historyPath(entry.number)}?done=erased`, 303);
  return erased.refusal.reason === 'in-use' ? showHistory(c, entry, text.errors.inUse) : c.notFound();
}

async function showHistory(c: Context<PageEnv>, entry: FaqEntry, alert?: string): Promise<Response> {
  const { db } = c.get('scope');
  const revisions = await listRevisions(db, entry.id);
  const names = await listNames(
    db,
    revisions.flatMap((each) => [...editorsOf(each), ...(each.decidedBy === null ? [] : [each.decidedBy])]),
  );
  return showPage(c, {
    title: text.history.title(formatFaqReference(entry.number)),
    isFault: alert !== undefined,
    status: alert === undefined ? 200 : 409,
    body: (
      <>
        <Done word={alert === undefined ? c.req.query('done') : undefined} />
        <Alert words={alert} />
        {await compared(c, revisions)}
        <Versions c={c} entry={entry} revisions={revisions} names={names} />
        {revisions.length > 1 ? <CompareForm entry={entry} revisions={revisions} /> : null}
        <p>
          <a class="button plain" href={deskEntryPath(entry.number)}>
            {text.links.edit}
          </a>
        </p>
      </>
    ),
  });
}

/** Of the two versions in the address; nothing where it names none. */
async function compared(c: Context<PageEnv>, revisions: readonly FaqRevision[]): Promise<Child> {
  const named = (which: string) => revisions.find(({ number }) => String(number) === c.req.query(which));
  const [from, to] = [named('from'), named('to')];
  if (!from || !to) return null;
  const key = await openFaqKey(c.get('scope'));
  const versionOf = async (revision: FaqRevision) => ({
    content: await openRevision(key, revision),
    visibility: revision.visibility,
  });
  return (
    <section>
      <h2>{text.history.changed(from.number, to.number)}</h2>
      <Changes before={await versionOf(from)} after={await versionOf(to)} />
    </section>
  );
}

interface VersionsProps {
  c: Context<PageEnv>;
  entry: FaqEntry;
  revisions: readonly FaqRevision[];
  names: ReadonlyMap<string, string>;
}

function Versions({ c, entry, revisions, names }: VersionsProps): Child {
  const { columns } = text.history;
  if (revisions.length === 0) return <p>{text.history.none}</p>;
  const nameOf = (person: string) =>
    person === 'command' ? text.history.byCommand : (names.get(person) ?? person);
  return (
    <table class="stacked">
      <thead>
        <tr>
          {[
            columns.version,
            columns.state,
            columns.who,
            columns.at,
            columns.decided,
            columns.source,
            columns.do,
          ].map((each) => (
            <th scope="col">{each}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {revisions.map((each) => (
          <tr>
            <th scope="row">{text.state.version(each.number)}</th>
            <td data-label={columns.state}>
              <span>
                {REVISION_STATES[each.state]}
                {each.erasedAt ? `（${text.history.erased(each.erasedAt)}）` : ''}
              </span>
            </td>
            <td data-label={columns.who}>
              <span>{editorsOf(each).map(nameOf).join('、')}</span>
            </td>
            <td data-label={columns.at}>
              <span>{text.on(japanDate(each.updatedAt))}</span>
            </td>
            <td data-label={columns.decided}>
              <span>{isApproved(each) && each.decidedBy !== null ? nameOf(each.decidedBy) : ''}</span>
            </td>
            <td data-label={columns.source}>
              <span>{SOURCES[each.source]}</span>
            </td>
            <td>
              <Ways c={c} entry={entry} revision={each} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function isApproved({ state }: FaqRevision): boolean {
  return state === 'published' || state === 'replaced';
}

function Ways({
  c,
  entry,
  revision,
}: {
  c: Context<PageEnv>;
  entry: FaqEntry;
  revision: FaqRevision;
}): Child {
  const actor = actorOfPage(c);
  const isOver = isErasable(revision.state) && revision.content !== null;
  if (!isOver || !mayEdit(actor)) return null;
  return (
    <form method="post" action={historyPath(entry.number)} class="buttons">
      <FormToken c={c} />
      <input type="hidden" name="version" value={String(revision.number)} />
      <button class="button" type="submit" name="do" value="restore">
        {text.buttons.restore}
      </button>
      {mayErase(actor) ? (
        <details>
          <summary>{text.history.erase}</summary>
          <p class="hint">{text.history.eraseHint}</p>
          <button class="button danger" type="submit" name="do" value="erase">
            {text.buttons.erase}
          </button>
        </details>
      ) : null}
    </form>
  );
}

function CompareForm({ entry, revisions }: Pick<VersionsProps, 'entry' | 'revisions'>): Child {
  const choices = revisions.map(({ number }): [string, string] => [
    String(number),
    text.state.version(number),
  ]);
  const [latest, earlier] = revisions;
  return (
    <form method="get" action={historyPath(entry.number)}>
      <h2>{text.history.compare}</h2>
      <Choice name="from" label={text.history.from} value={String(earlier?.number ?? '')} choices={choices} />
      <Choice name="to" label={text.history.to} value={String(latest?.number ?? '')} choices={choices} />
      <button class="button" type="submit">
        {text.buttons.compare}
      </button>
    </form>
  );
}
