/** The list of groups of words that mean the same, and the form of one. Both work without script. */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { FormToken } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { DESK_PATH } from '../paths.ts';
import type { SynonymGroup } from './data.ts';
import { groupPath, NEW_GROUP_PATH, SYNONYMS_PATH } from './paths.ts';
import { synonymsText as text } from './text.ts';

interface ListProps {
  c: Context<PageEnv>;
  groups: readonly SynonymGroup[];
  /** Of all that were found. */
  count: number;
  /** What was searched; empty for all. */
  searched: string;
  /** From 1. */
  page: number;
  hasMore: boolean;
}

export function GroupList({ c, groups, count, searched, page, hasMore }: ListProps): Child {
  return (
    <>
      <p>{text.lead}</p>
      <form method="post" action={SYNONYMS_PATH}>
        <FormToken c={c} />
        <div class="field">
          <label for="search">{text.search}</label>
          <input type="search" id="search" name="search" value={searched} maxlength={50} />
        </div>
        <ul class="buttons">
          <li>
            <button class="button" type="submit">
              {text.searchButton}
            </button>
          </li>
          {searched === '' ? null : (
            <li>
              <a class="button plain" href={SYNONYMS_PATH}>
                {text.all}
              </a>
            </li>
          )}
        </ul>
      </form>
      <ul class="buttons">
        <li>
          <a class="button primary" href={NEW_GROUP_PATH}>
            {text.add}
          </a>
        </li>
        <li>
          <a class="button" href={`${SYNONYMS_PATH}.csv`}>
            {text.csv}
          </a>
        </li>
        <li>
          <a class="button plain" href={DESK_PATH}>
            {text.backToDesk}
          </a>
        </li>
      </ul>
      <h2>{text.found(count)}</h2>
      {groups.length === 0 ? <p>{text.none}</p> : <GroupTable groups={groups} />}
      <Pages page={page} hasMore={hasMore} />
    </>
  );
}

function GroupTable({ groups }: { groups: readonly SynonymGroup[] }): Child {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{text.columns.words}</th>
          <th scope="col">{text.columns.change}</th>
        </tr>
      </thead>
      <tbody>
        {groups.map(({ id, words: [first = '', ...rest] }) => (
          <tr>
            <td>
              <strong>{first}</strong>
              {rest.map((word) => `、${word}`).join('')}
            </td>
            <td>
              <a href={groupPath(id)} aria-label={text.changeOf(first)}>
                {text.change}
              </a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Pages({ page, hasMore }: Pick<ListProps, 'page' | 'hasMore'>): Child {
  if (page === 1 && !hasMore) return null;
  return (
    <ul class="buttons">
      {page > 1 ? (
        <li>
          <a class="button" href={`${SYNONYMS_PATH}?page=${page - 1}`}>
            {text.previous}
          </a>
        </li>
      ) : null}
      {hasMore ? (
        <li>
          <a class="button" href={`${SYNONYMS_PATH}?page=${page + 1}`}>
            {text.more}
          </a>
        </li>
      ) : null}
    </ul>
  );
}

interface FormProps {
  c: Context<PageEnv>;
  /** Undefined for a new one. */
  group: SynonymGroup | undefined;
  typed: string;
  fault: string | undefined;
  /** Words that stand in other groups, too. */
  doubled: readonly { word: string; id: number }[];
  /** Somebody else changed it: what it says now. */
  isStale: boolean;
  removeFault: string | undefined;
}

export function GroupForm({ c, group, typed, fault, doubled, isStale, removeFault }: FormProps): Child {
  const path = group ? groupPath(group.id) : NEW_GROUP_PATH;
  return (
    <>
      {doubled.length === 0 ? null : (
        <div class="notice warning">
          <p>{text.doubled}</p>
          <ul>
            {doubled.map(({ word, id }) => (
              <li>
                <a href={groupPath(id)}>{text.doubledWord(word)}</a>
              </li>
            ))}
          </ul>
        </div>
      )}
      {isStale && group ? (
        <section class="panel">
          <h2>{text.current}</h2>
          <p>{group.words.join('、')}</p>
        </section>
      ) : null}
      <form method="post" action={path}>
        <FormToken c={c} />
        <input type="hidden" name="version" value={String(group?.version ?? 0)} />
        <div class={fault === undefined ? 'field' : 'field faulty'}>
          <label for="words">{text.words}</label>
          <p class="hint" id="words-hint">
            {text.wordsHint}
          </p>
          {fault === undefined ? null : (
            <p class="fault" id="words-fault">
              {fault}
            </p>
          )}
          <textarea
            id="words"
            name="words"
            rows={12}
            aria-describedby={fault === undefined ? 'words-hint' : 'words-hint words-fault'}
            {...(fault === undefined ? {} : { 'aria-invalid': 'true' as const })}
          >
            {`\n${typed}`}
          </textarea>
        </div>
        <button class="button primary" type="submit">
          {text.save}
        </button>
      </form>
      {group ? <RemoveForm c={c} group={group} fault={removeFault} /> : null}
      <p>
        <a class="button plain" href={SYNONYMS_PATH}>
          {text.back}
        </a>
      </p>
    </>
  );
}

interface RemoveProps {
  c: Context<PageEnv>;
  group: SynonymGroup;
  fault: string | undefined;
}

function RemoveForm({ c, group, fault }: RemoveProps): Child {
  return (
    <form method="post" action={`${groupPath(group.id)}/remove`}>
      <FormToken c={c} />
      <input type="hidden" name="version" value={String(group.version)} />
      <h2>{text.remove}</h2>
      <div class={fault === undefined ? 'field' : 'field faulty'}>
        {fault === undefined ? null : <p class="fault">{fault}</p>}
        <div class="choices">
          <label>
            <input type="checkbox" name="confirmed" value="yes" />
            <span>{text.removeConfirm}</span>
          </label>
        </div>
      </div>
      <button class="button danger" type="submit">
        {text.remove}
      </button>
    </form>
  );
}
