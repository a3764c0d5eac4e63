/** Around the form of one entry: what state it is in, and what else can be done with it. */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { japanDate } from '../../../lib/jst.ts';
import { FormToken } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { listNames } from '../../directory/data.ts';
import { editorsOf, findEntry, type LoadedEntry } from '../data.ts';
import { approvalPath, DESK_PATH, deskEntryPath, entryPath, historyPath } from '../paths.ts';
import { formatFaqReference, isStale, mayApprove, type Person } from '../rules.ts';
import { ENTRY_STATES, SOURCES } from '../words.ts';
import { openNote } from './deciding/data.ts';
import { Choice } from './form.tsx';
import { stampOf } from './rules.ts';
import { editingText as text } from './text.ts';
import { WITHDRAWAL_CODES, WITHDRAWAL_REASONS } from './words.ts';

export interface Facts {
  loaded: LoadedEntry;
  names: ReadonlyMap<string, string>;
  /** Why it was sent back; null when it was not. */
  note: string | null;
  /** The reference of what it was, or is to be, merged into. */
  into: string | null;
  isStale: boolean;
}

export async function factsOf(c: Context<PageEnv>, loaded: LoadedEntry): Promise<Facts> {
  const scope = c.get('scope');
  const { entry, open } = loaded;
  const [names, note, into] = await Promise.all([
    listNames(scope.db, [
      ...(open ? editorsOf(open) : []),
      ...[entry.owner, open?.proposedBy, open?.decidedBy].flatMap((each) => each ?? []),
    ]),
    open ? openNote(scope, open) : null,
    entry.mergedInto === null ? undefined : findEntry(scope.db, entry.mergedInto),
  ]);
  return {
    loaded,
    names,
    note,
    into: into ? formatFaqReference(into.number) : null,
    isStale: entry.status === 'published' && isStale(entry.reviewedOn, japanDate(scope.now)),
  };
}

export function EntryFacts({ loaded, names, note, into, isStale: isOld }: Facts): Child {
  const { entry, open } = loaded;
  const nameOf = (person: string | null) => (person === null ? text.nobody : (names.get(person) ?? person));
  const { state } = text;
  return (
    <>
      <dl class="facts">
        <dt>{state.label}</dt>
        <dd>
          {ENTRY_STATES[entry.status]}
          {entry.publishedAt && entry.status === 'published'
            ? `（${state.published(entry.publishedAt)}）`
            : ''}
        </dd>
        <dt>{text.owner}</dt>
        <dd>{nameOf(entry.owner)}</dd>
        {entry.reviewedOn === null ? null : (
          <>
            <dt>{state.reviewedOn}</dt>
            <dd>
              {text.on(entry.reviewedOn)} {isOld ? <span class="tag urgent">{state.old}</span> : null}
            </dd>
          </>
        )}
        {open ? (
          <>
            <dt>{state.version(open.number)}</dt>
            <dd>
              {open.state === 'proposed' && open.proposedAt
                ? state.proposedBy(nameOf(open.proposedBy), open.proposedAt)
                : state.draftOf(editorsOf(open).map(nameOf).join('、'), open.updatedAt)}
            </dd>
            <dt>{state.source}</dt>
            <dd>{SOURCES[open.source]}</dd>
          </>
        ) : null}
      </dl>
      <Notices loaded={loaded} into={into} note={note} sender={nameOf(open?.decidedBy ?? null)} />
    </>
  );
}

interface NoticesProps {
  loaded: LoadedEntry;
  into: string | null;
  note: string | null;
  /** Who sent it back. */
  sender: string;
}

function Notices({ loaded: { entry, open }, into, note, sender }: NoticesProps): Child {
  return (
    <>
      {into === null ? null : (
        <p class="notice warning">
          {entry.status === 'merged' ? text.state.mergedInto(into) : text.state.mergeWaits(into)}
        </p>
      )}
      {note === null || open?.state !== 'draft' ? null : (
        <div class="notice warning">
          <h2>{text.sentBack(sender)}</h2>
          <p class="typed">{note}</p>
        </div>
      )}
    </>
  );
}

/** From the entry to its other pages. */
export function Ways({ loaded: { entry, open }, actor }: { loaded: LoadedEntry; actor: Person }): Child {
  return (
    <p class="no-print">
      {open?.state === 'proposed' ? (
        <a
          class={mayApprove(actor, editorsOf(open)) ? 'button primary' : 'button plain'}
          href={approvalPath(entry.number)}
        >
          {text.links.approval}
        </a>
      ) : null}{' '}
      {entry.status === 'published' ? (
        <a class="button plain" href={entryPath(entry.number)}>
          {text.links.entry}
        </a>
      ) : null}{' '}
      <a class="button plain" href={historyPath(entry.number)}>
        {text.links.history}
      </a>{' '}
      <a class="button plain" href={DESK_PATH}>
        {text.links.desk}
      </a>
    </p>
  );
}

/** For the core center. */
export function OtherForms({ c, loaded }: { c: Context<PageEnv>; loaded: LoadedEntry }): Child {
  const { entry, open } = loaded;
  const path = deskEntryPath(entry.number);
  const published = entry.status === 'published' ? entry.publishedRevision : null;
  return (
    <>
      {open ? (
        <form method="post" action={`${path}/drop`}>
          <FormToken c={c} />
          <input type="hidden" name="seen" value={stampOf(loaded)} />
          <p class="hint">{text.dropHint}</p>
          <button class="button danger" type="submit">
            {text.buttons.drop}
          </button>
        </form>
      ) : null}
      {published === null ? null : (
        <section>
          <h2>{text.ending.heading}</h2>
          <form method="post" action={`${path}/reviewed`}>
            <FormToken c={c} />
            <input type="hidden" name="published" value={String(published)} />
            <p class="hint">{text.ending.reviewedHint}</p>
            <p>
              <button class="button" type="submit">
                {text.buttons.reviewed}
              </button>
            </p>
          </form>
          <form method="post" action={`${path}/withdraw`}>
            <FormToken c={c} />
            <input type="hidden" name="published" value={String(published)} />
            <Choice
              name="why"
              label={text.ending.why}
              value=""
              hint={text.ending.withdrawHint}
              choices={[
                ['', text.ending.choose],
                ...WITHDRAWAL_CODES.map((each): [string, string] => [each, WITHDRAWAL_REASONS[each]]),
              ]}
            />
            <button class="button danger" type="submit">
              {text.buttons.withdraw}
            </button>
          </form>
        </section>
      )}
    </>
  );
}
