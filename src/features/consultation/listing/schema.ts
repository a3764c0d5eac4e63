/** What a list's modal remembers between two presses: codes and ids only. A typed name stays in its input. */
import * as v from 'valibot';
import { codesOf, type Kind, STATUSES, TOPICS, URGENCIES } from '../words.ts';
import { LIST_VIEWS, PERIODS } from './rules.ts';

/** After whom a page begins: the value that the list is ordered by, and the case's id. */
const Cursor = v.tuple([v.number(), v.pipe(v.string(), v.maxLength(40))]);
export type Cursor = v.InferOutput<typeof Cursor>;

/** So many pages back; Slack keeps 3,000 characters, a cursor takes about 55. */
export const MOST_TURNED = 40;

export const Filters = v.object({
  center: v.optional(v.pipe(v.string(), v.regex(/^[\w-]{1,40}$/))),
  topic: v.optional(v.picklist(codesOf(TOPICS))),
  urgency: v.optional(v.picklist(codesOf(URGENCIES))),
  status: v.optional(v.picklist(codesOf(STATUSES))),
  period: v.optional(v.picklist(PERIODS)),
});
export type Filters = v.InferOutput<typeof Filters>;

/** With those that pages offer besides. */
export type ChosenFilters = Filters & {
  kind?: Kind | undefined;
  /** Slack id of whoever is in charge. */
  person?: string | undefined;
};

const ListState = v.object({
  view: v.picklist(LIST_VIEWS),
  filters: Filters,
  page: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** The beginnings of the pages turned so far, the one that is shown last; none on the first page. */
  trail: v.pipe(v.array(Cursor), v.maxLength(MOST_TURNED)),
  /** The beginning of the page after it. */
  next: v.optional(Cursor),
  /** Goes up when inputs are to be emptied: Slack keeps what stands in an input of the same name. */
  round: v.pipe(v.number(), v.integer()),
});
export type ListState = v.InferOutput<typeof ListState>;

export function firstPage(view: ListState['view']): ListState {
  return { view, filters: {}, page: 1, trail: [], round: 0 };
}

/** Of the modal's metadata; what cannot be read begins anew. */
export function readListState(metadata: string): ListState {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), ListState), metadata);
  return parsed.success ? parsed.output : firstPage('mine');
}

export type FilterName = keyof Filters;

/** The state with another filter, from its first page on; what is no code of it takes the filter away. */
export function withFilter(state: ListState, name: FilterName, code: string): ListState {
  const { [name]: _, ...others } = state.filters;
  const parsed = v.safeParse(Filters, { ...others, [name]: code });
  return fromTheStart({ ...state, filters: parsed.success ? parsed.output : others });
}

/** The first page of the same list. */
export function fromTheStart({ view, filters, round }: ListState): ListState {
  return { view, filters, round, page: 1, trail: [] };
}

export function nextPage(state: ListState): ListState {
  if (!state.next) return state;
  return { ...state, page: state.page + 1, trail: [...state.trail, state.next].slice(-MOST_TURNED) };
}

/** Beyond the pages that are remembered it is the first one. */
export function previousPage(state: ListState): ListState {
  const trail = state.trail.slice(0, -1);
  return trail.length > 0 ? { ...state, page: state.page - 1, trail } : fromTheStart(state);
}

/** Another list, with empty inputs. */
export function anew(state: ListState, view: ListState['view']): ListState {
  return { ...firstPage(view), round: state.round + 1 };
}

/** The view of that code; the first one for anything else. */
export function readView(code: string): ListState['view'] {
  return LIST_VIEWS.find((view) => view === code) ?? 'mine';
}
