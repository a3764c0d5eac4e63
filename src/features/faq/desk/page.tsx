/** The core center's desk at a glance. Works without script. */
import type { Child } from 'hono/jsx';
import type { JapanDate } from '../../../lib/jst.ts';
import { editorsOf } from '../data.ts';
import {
  approvalPath,
  DESK_ENTRIES_PATH,
  DESK_PATH,
  DUPLICATES_PATH,
  deskEntryPath,
  FAQ_PATH,
  NEW_ENTRY_PATH,
} from '../paths.ts';
import { formatFaqReference, mayApprove, mayEdit, mayImport, type Person } from '../rules.ts';
import type { Counts, listDue, OpenText } from './data.ts';
import { deskText as text } from './text.ts';

export interface DeskProps {
  actor: Person;
  counts: Counts;
  proposed: readonly OpenText[];
  drafts: readonly OpenText[];
  due: Awaited<ReturnType<typeof listDue>>;
  /** Undefined where there are too many entries to count at each look. */
  duplicates: number | undefined;
  names: ReadonlyMap<string, string>;
  today: JapanDate;
  /** What other subjects add. */
  sections: readonly Child[];
}

export function Desk(props: DeskProps): Child {
  const { actor, counts, duplicates, sections } = props;
  return (
    <>
      <Ways actor={actor} />
      <p>{text.counts(counts.published)}</p>
      <Proposed {...props} />
      <Drafts {...props} />
      {sections}
      <Due {...props} />
      <section>
        <h2>{text.duplicates}</h2>
        {duplicates === 0 ? (
          <p>{text.none}</p>
        ) : (
          <p>
            <a href={DUPLICATES_PATH}>
              {duplicates === undefined ? text.ways.duplicates : text.duplicatePairs(duplicates)}
            </a>
          </p>
        )}
      </section>
    </>
  );
}

function Ways({ actor }: { actor: Person }): Child {
  const { ways } = text;
  const isEditor = mayEdit(actor);
  return (
    <ul class="buttons">
      {isEditor ? (
        <li>
          <a class="button primary" href={NEW_ENTRY_PATH}>
            {ways.create}
          </a>
        </li>
      ) : null}
      <Way path={DESK_ENTRIES_PATH} label={ways.entries} />
      {isEditor ? (
        <>
          <Way path={`${DESK_PATH}/questions`} label={ways.questions} />
          <Way path={`${DESK_PATH}/drafting`} label={ways.drafting} />
          <Way path={DUPLICATES_PATH} label={ways.duplicates} />
          <Way path={`${DESK_PATH}/synonyms`} label={ways.synonyms} />
        </>
      ) : null}
      {isEditor || mayImport(actor) ? <Way path={`${DESK_PATH}/exchange`} label={ways.exchange} /> : null}
      <Way path={`${FAQ_PATH}/figures`} label={ways.figures} />
      <Way path={FAQ_PATH} label={ways.search} />
    </ul>
  );
}

function Way({ path, label }: { path: string; label: string }): Child {
  return (
    <li>
      <a class="button" href={path}>
        {label}
      </a>
    </li>
  );
}

function Proposed({ actor, proposed, names, counts }: DeskProps): Child {
  return (
    <section>
      <h2>{text.proposed}</h2>
      {proposed.length === 0 ? <p>{text.none}</p> : null}
      <ul class="cards">
        {proposed.map((each) => (
          <li>
            <Head each={each} names={names} by={each.revision.proposedBy} />
            {mayApprove(actor, editorsOf(each.revision)) ? (
              <p>
                <a class="button" href={approvalPath(each.entry.number)}>
                  {text.approve}
                </a>
              </p>
            ) : (
              <p class="quiet">{text.own}</p>
            )}
          </li>
        ))}
      </ul>
      <More count={counts.proposed - proposed.length} />
    </section>
  );
}

function Drafts({ drafts, names, counts }: DeskProps): Child {
  return (
    <section>
      <h2>{text.drafts}</h2>
      {drafts.length === 0 ? <p>{text.none}</p> : null}
      <ul class="cards">
        {drafts.map((each) => (
          <li>
            <Head each={each} names={names} by={editorsOf(each.revision).at(-1) ?? null} />
          </li>
        ))}
      </ul>
      <More count={counts.drafts - drafts.length} />
    </section>
  );
}

function Head(props: { each: OpenText; names: ReadonlyMap<string, string>; by: string | null }): Child {
  const { each, names, by } = props;
  const { number } = each.entry;
  return (
    <>
      <p class="name">
        <a href={deskEntryPath(number)}>{`${formatFaqReference(number)}　${each.question ?? text.erased}`}</a>
      </p>
      <p class="quiet">{text.by(by === null ? '' : (names.get(by) ?? by), each.revision.updatedAt)}</p>
    </>
  );
}

function Due({ due, names, counts, today }: DeskProps): Child {
  return (
    <section>
      <h2>{text.due}</h2>
      {due.length === 0 ? <p>{text.none}</p> : null}
      <ul class="cards">
        {due.map(({ number, question, owner, reviewDueOn }) => (
          <li>
            <p class="name">
              <a href={deskEntryPath(number)}>{`${formatFaqReference(number)}　${question ?? ''}`}</a>
            </p>
            <p class="quiet">
              {text.dueLine(
                reviewDueOn ?? today,
                owner === null ? text.noOwner : (names.get(owner) ?? owner),
              )}{' '}
              {(reviewDueOn ?? today) < today ? <span class="tag urgent">{text.overdue}</span> : null}
            </p>
          </li>
        ))}
      </ul>
      {counts.due > due.length ? (
        <p>
          <a href={`${DESK_ENTRIES_PATH}?review=due`}>{text.more(counts.due - due.length)}</a>
        </p>
      ) : null}
    </section>
  );
}

function More({ count }: { count: number }): Child {
  return count > 0 ? <p class="quiet">{text.more(count)}</p> : null;
}
