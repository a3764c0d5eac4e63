/** All entries, narrowed and by portions; works without script. */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { FormToken } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import type { DeskPerson } from '../editing/data.ts';
import { Choice } from '../editing/form.tsx';
import { DESK_ENTRIES_PATH, DESK_PATH, deskEntryPath } from '../paths.ts';
import { formatFaqReference } from '../rules.ts';
import { ENTRY_STATES } from '../words.ts';
import type { ListedEntry } from './data.ts';
import { type Narrowed, REVIEWS, STATES } from './schema.ts';
import { deskText } from './text.ts';

const text = deskText.entries;

export interface EntriesProps {
  c: Context<PageEnv>;
  narrowed: Narrowed;
  entries: readonly ListedEntry[];
  hasMore: boolean;
  owners: readonly DeskPerson[];
  topics: readonly string[];
  names: ReadonlyMap<string, string>;
}

export function Entries(props: EntriesProps): Child {
  const { entries, hasMore } = props;
  return (
    <>
      <Filters {...props} />
      {entries.length === 0 ? <p>{deskText.none}</p> : <Table {...props} />}
      {hasMore ? <Next {...props} /> : null}
      <p>
        <a class="button plain" href={DESK_PATH}>
          {text.back}
        </a>
      </p>
    </>
  );
}

function Filters({ c, narrowed, owners, topics }: EntriesProps): Child {
  const all: [string, string] = ['', text.all];
  return (
    <form method="post" action={DESK_ENTRIES_PATH}>
      <FormToken c={c} />
      <div class="field">
        <label for="words">{text.words}</label>
        <p class="hint" id="words-hint">
          {text.wordsHint}
        </p>
        <input type="search" id="words" name="words" value={narrowed.words} aria-describedby="words-hint" />
      </div>
      <div class="narrow">
        <Choice
          name="state"
          label={text.state}
          value={narrowed.state}
          choices={[all, ...STATES.map((each): [string, string] => [each, ENTRY_STATES[each]])]}
        />
        <Choice
          name="review"
          label={text.review}
          value={narrowed.review}
          choices={[all, ...REVIEWS.map((each): [string, string] => [each, text.reviews[each]])]}
        />
        <Choice
          name="topic"
          label={text.topic}
          value={narrowed.topic}
          choices={[all, ...topics.map((each): [string, string] => [each, each])]}
        />
        <Choice
          name="owner"
          label={text.owner}
          value={narrowed.owner}
          choices={[all, ...owners.map(({ slackUserId, name }): [string, string] => [slackUserId, name])]}
        />
      </div>
      <p>
        <button class="button" type="submit">
          {text.show}
        </button>
      </p>
    </form>
  );
}

function Table({ entries, names }: EntriesProps): Child {
  const { columns } = text;
  const heads = [
    columns.number,
    columns.question,
    columns.state,
    columns.owner,
    columns.reviewed,
    columns.due,
  ];
  return (
    <table class="stacked">
      <thead>
        <tr>
          {heads.map((each) => (
            <th scope="col">{each}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {entries.map((each) => (
          <tr>
            <th scope="row">
              <a href={deskEntryPath(each.number)}>{formatFaqReference(each.number)}</a>
            </th>
            <td>{each.question ?? deskText.erased}</td>
            <td data-label={columns.state}>
              <span>
                {ENTRY_STATES[each.status]}
                {each.openState === null ? '' : `・${text.open[each.openState]}`}
                {each.visibility === 'core' ? `・${text.core}` : ''}
              </span>
            </td>
            <td data-label={columns.owner}>
              <span>{each.owner === null ? deskText.noOwner : (names.get(each.owner) ?? each.owner)}</span>
            </td>
            <td data-label={columns.reviewed}>
              <span>{each.reviewedOn === null ? text.never : text.on(each.reviewedOn)}</span>
            </td>
            <td data-label={columns.due}>
              <span>{each.reviewDueOn === null ? '' : text.on(each.reviewDueOn)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Next({ c, narrowed, entries }: EntriesProps): Child {
  const { words, state, review, topic, owner } = narrowed;
  return (
    <form method="post" action={DESK_ENTRIES_PATH} class="pages">
      <FormToken c={c} />
      {Object.entries({ words, state, review, topic, owner }).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <input type="hidden" name="after" value={String(entries.at(-1)?.number ?? 0)} />
      <button class="button" type="submit">
        {text.next}
      </button>
    </form>
  );
}
