/**
 * What a list's address holds: the view, the filters and where the page begins, in codes only. Names of residents never come here:
 * addresses end up in histories and logs.
 */
import * as v from 'valibot';
import { LIST_VIEWS, type ListView } from '../../listing/rules.ts';
import { type ChosenFilters, type Cursor, Filters } from '../../listing/schema.ts';
import { codesOf, KINDS } from '../../words.ts';

/** Rows a page: a desk's screen full, and not too much for a phone. */
export const ROWS = 20;

const PageFilters = {
  ...Filters.entries,
  kind: v.optional(v.picklist(codesOf(KINDS))),
  person: v.optional(v.pipe(v.string(), v.regex(/^[A-Z0-9]{1,40}$/))),
};
export type PageFilterName = keyof typeof PageFilters;
/** In the order in which pages show them. */
export const PAGE_FILTERS = [
  'status',
  'urgency',
  'topic',
  'kind',
  'center',
  'person',
  'period',
] as const satisfies readonly PageFilterName[];

export interface ListChoice {
  view: ListView;
  filters: ChosenFilters;
  after: Cursor | undefined;
}

/** Of an address's query or of a form; what is no code of ours is as if it were not there. */
export function readChoice(values: Readonly<Record<string, string>>): ListChoice {
  return {
    view: LIST_VIEWS.find((each) => each === values.view) ?? 'mine',
    filters: readFilters(values),
    after: readCursor(values.after),
  };
}

function readFilters(values: Readonly<Record<string, string>>): ChosenFilters {
  const filters: ChosenFilters = {};
  for (const name of PAGE_FILTERS) {
    const parsed = v.safeParse(v.object(PageFilters), { ...filters, [name]: values[name] });
    if (values[name] && parsed.success) Object.assign(filters, parsed.output);
  }
  return filters;
}

/** `1764000000000~id`: the value that the list is ordered by, and the case's id. */
export function formatCursor([key, id]: Cursor): string {
  return `${key}~${id}`;
}

function readCursor(text: string | undefined): Cursor | undefined {
  const [, key = '', id = ''] = /^(\d{1,15})~([\w-]{1,40})$/.exec(text ?? '') ?? [];
  return id === '' ? undefined : [Number(key), id];
}

/** The list's address; without `after`, its first page. */
export function listPath({ view, filters, after }: Partial<ListChoice>): string {
  const query = new URLSearchParams(view ? { view } : {});
  for (const name of PAGE_FILTERS) {
    const code = filters?.[name];
    if (code !== undefined) query.set(name, code);
  }
  if (after) query.set('after', formatCursor(after));
  return query.size > 0 ? `/cases?${query}` : '/cases';
}
