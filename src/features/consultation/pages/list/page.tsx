/** The page of a list, and of what a search found. */
import type { Child } from 'hono/jsx';
import type { OpenedPart } from '../../listing/opening/mutations.ts';
import { LIST_VIEWS, type ListView } from '../../listing/rules.ts';
import { listingText } from '../../listing/text.ts';
import { CaseCards } from './cards.tsx';
import { countFilters, FilterFields, type Places } from './filters.tsx';
import { formatCursor, type ListChoice, listPath, ROWS } from './schema.ts';
import { listText as text } from './text.ts';

export interface ListPageProps {
  choice: ListChoice;
  part: OpenedPart;
  /** What core staff may choose from besides. */
  places: Places | null;
  now: Date;
  formToken: Child;
}

export function ListPage({ choice, part, places, now, formToken }: ListPageProps) {
  const { view, filters, after } = choice;
  return (
    <>
      <div class="looking">
        <ChoiceForm choice={choice} places={places} />
        <SearchForm formToken={formToken} />
      </div>
      <h2>{viewName(view, places)}</h2>
      {part.cases.length > 0 ? (
        <CaseCards cases={part.cases} now={now} />
      ) : (
        <p>{after ? text.emptyPage : countFilters(filters) > 0 ? text.emptyWithFilters : text.empty[view]}</p>
      )}
      {after || part.next ? (
        <nav class="pages" aria-label={text.pages}>
          {after ? (
            <a class="button" href={listPath({ view, filters })}>
              {text.first}
            </a>
          ) : null}
          {part.next ? (
            <a class="button" rel="next" href={listPath({ view, filters, after: part.next })}>
              {text.next(ROWS)}
            </a>
          ) : null}
        </nav>
      ) : null}
    </>
  );
}

export function viewName(view: ListView, places: Places | null): string {
  return listingText.views[places ? 'core' : 'district'][view];
}

/** It is sent, not an address: what is typed may be a resident's name. */
function SearchForm({ formToken }: { formToken: Child }) {
  const { search } = text;
  return (
    <search aria-label={search.section}>
      <form class="panel" method="post" action="/cases/search">
        {formToken}
        <SearchField typed="" />
      </form>
    </search>
  );
}

function SearchField({ typed, fault }: { typed: string; fault?: string | undefined }) {
  const { search } = text;
  return (
    <div class="beside">
      <div class={fault ? 'field faulty' : 'field'}>
        <label for="words">{search.label}</label>
        <p class="hint" id="words-hint">
          {search.hint}
        </p>
        {fault ? (
          <p class="fault" id="words-fault" role="alert">
            {fault}
          </p>
        ) : null}
        <input
          type="search"
          id="words"
          name="words"
          value={typed}
          autocomplete="off"
          spellcheck={false}
          aria-describedby={fault ? 'words-hint words-fault' : 'words-hint'}
          {...(fault ? { 'aria-invalid': 'true' as const } : {})}
        />
      </div>
      <button class="button primary" type="submit">
        {search.submit}
      </button>
    </div>
  );
}

function ChoiceForm({ choice: { view, filters }, places }: Pick<ListPageProps, 'choice' | 'places'>) {
  const chosen = countFilters(filters);
  return (
    <form class="panel" method="get" action="/cases" aria-label={text.choose}>
      <div class="beside">
        <div class="field">
          <label for="view">{text.view}</label>
          <select id="view" name="view">
            {LIST_VIEWS.map((each) => (
              <option value={each} selected={each === view}>
                {viewName(each, places)}
              </option>
            ))}
          </select>
        </div>
        <button class="button" type="submit">
          {text.show}
        </button>
      </div>
      <details open={chosen > 0}>
        <summary>{chosen > 0 ? text.narrowed(chosen) : text.narrow}</summary>
        <FilterFields filters={filters} places={places} />
      </details>
      {chosen > 0 ? (
        <p>
          <a href={listPath({ view })}>{text.clear}</a>
        </p>
      ) : null}
    </form>
  );
}

export interface FoundPageProps extends Omit<ListPageProps, 'part'> {
  typed: string;
  /** Undefined where nothing was typed. */
  part: OpenedPart | undefined;
}

export function FoundPage({ typed, choice: { filters }, part, places, now, formToken }: FoundPageProps) {
  const { search } = text;
  const chosen = countFilters(filters);
  return (
    <>
      <search aria-label={search.section}>
        <form class="panel" method="post" action="/cases/search">
          {formToken}
          <SearchField typed={typed} fault={part ? undefined : search.nothingTyped} />
          <details open={chosen > 0}>
            <summary>{chosen > 0 ? text.narrowed(chosen) : text.narrow}</summary>
            <FilterFields filters={filters} places={places} />
          </details>
        </form>
      </search>
      {part ? (
        <section aria-labelledby="found">
          <h2 id="found">{search.title}</h2>
          <p class="quiet">{search.isLogged}</p>
          {part.cases.length > 0 ? <CaseCards cases={part.cases} now={now} /> : null}
          <p role="status">{sentenceOf(part)}</p>
          {part.next ? (
            <form class="pages" method="post" action="/cases/search">
              {formToken}
              <input type="hidden" name="words" value={typed} />
              {Object.entries(filters).map(([name, code]) => (
                <input type="hidden" name={name} value={code} />
              ))}
              <button class="button" type="submit" name="after" value={formatCursor(part.next)}>
                {part.isCutShort ? search.further : text.next(ROWS)}
              </button>
            </form>
          ) : null}
        </section>
      ) : null}
      <p>
        <a class="button plain" href="/cases">
          {search.toList}
        </a>
      </p>
    </>
  );
}

function sentenceOf({ cases, isCutShort }: OpenedPart): string {
  const { search } = text;
  if (cases.length === 0) return isCutShort ? search.notYetFound : search.nothingFound;
  return isCutShort ? search.cutShort : '';
}
