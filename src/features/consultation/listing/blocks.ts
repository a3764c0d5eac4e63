/** A list of cases as a modal: references, controlled words, names of centers and staff; nothing that was typed about a case. */
import type { types } from '@slack/bolt';
import { formatInstant } from '../../../lib/jst.ts';
import { button, contextLine, markdownSection, option, plain } from '../../../slack/block-kit.ts';
import type { ModalView } from '../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import { ACTIONS } from '../blocks.ts';
import { codesOf, RESTRICTED_MARK, STATUSES, TOPICS, URGENCIES } from '../words.ts';
import type { ListedCase } from './data.ts';
import { LIST_VIEWS, type ListView, PERIODS } from './rules.ts';
import type { FilterName, ListState } from './schema.ts';
import { listingText as text } from './text.ts';

export const LIST_FORM = 'consultation.list';
export const LIST_ACTIONS = {
  /** Opens the list; its value is a view. */
  open: 'consultation.list.open',
  view: 'consultation.list.view',
  search: 'consultation.list.search',
  clear: 'consultation.list.clear',
  previous: 'consultation.list.previous',
  next: 'consultation.list.next',
} as const;

export function filterActionId(filter: FilterName): string {
  return `consultation.list.filter.${filter}`;
}

/** The search's block in this round of the modal. */
export function searchBlockId({ round }: ListState): string {
  return `search.${round}`;
}

/** What one page of the modal shows. */
export interface ListPage {
  state: ListState;
  /** What core staff may choose from; null for those who have no choice. */
  centers: readonly { code: string; short: string }[] | null;
  /** What was searched for, typed by the reader; null where nothing was. */
  typed: string | null;
  cases: readonly ListedCase[];
  /** A search that stopped before it had looked through all. */
  isCutShort: boolean;
  now: Date;
}

/** Slack takes 100 options in a list, and 100 lists of them in a menu. */
const MAX_OPTIONS = 100;
const MAX_TYPED = 60;

/** @param elsewhere leads to the search where the modal may have none */
export function listModal(page: ListPage, elsewhere?: types.Button): ModalView {
  const { state, cases, now } = page;
  return {
    type: 'modal',
    callback_id: LIST_FORM,
    private_metadata: JSON.stringify(state),
    title: plain(text.title),
    // Slack wants one where there is an input; it is the search's button.
    ...(elsewhere ? {} : { submit: plain(text.search.submit) }),
    close: plain(text.close),
    blocks: [
      ...controls(page, elsewhere),
      ...headingOf(page),
      ...cases.map((each) => caseSection(each, now)),
      ...(cases.length === 0 ? [markdownSection(emptySentence(page))] : []),
      ...(page.isCutShort && cases.length > 0 ? [contextLine(text.cutShort)] : []),
      ...turning(page),
    ],
  };
}

/** One case with a button that opens it. */
export function caseSection(of: ListedCase, now: Date): types.SectionBlock {
  const { mark, label } = URGENCIES[of.urgency];
  const restricted = of.isRestricted ? `　${text.restricted(RESTRICTED_MARK)}` : '';
  const person = of.nameInCharge === null ? text.nobody : escapeMrkdwn(of.nameInCharge);
  const lines = [
    `${text.reference(mark, label, of.reference, STATUSES[of.status])}${restricted}`,
    text.line(escapeMrkdwn(of.center), person, dueOf(of, now)),
  ];
  return { ...markdownSection(lines.join('\n')), accessory: button(ACTIONS.read, text.open, of.id) };
}

function dueOf({ dueAt }: ListedCase, now: Date): string {
  if (dueAt === null) return text.noDue;
  return dueAt < now ? text.overdue(formatInstant(dueAt)) : text.due(formatInstant(dueAt));
}

function controls(page: ListPage, elsewhere: types.Button | undefined): types.KnownBlock[] {
  const { state, typed } = page;
  const isNarrowed = typed !== null || Object.keys(state.filters).length > 0;
  return [
    {
      type: 'actions',
      block_id: `list.${state.round}`,
      elements: [viewSelect(page), ...filterSelects(page)],
    },
    elsewhere ? actions(elsewhere) : searchInput(page),
    ...(isNarrowed ? [actions(button(LIST_ACTIONS.clear, text.search.clear, 'clear'))] : []),
  ];
}

function searchInput({ state, typed }: ListPage): types.InputBlock {
  return {
    type: 'input',
    block_id: searchBlockId(state),
    dispatch_action: true,
    optional: true,
    label: plain(text.search.label),
    hint: plain(text.search.hint),
    element: {
      type: 'plain_text_input',
      action_id: LIST_ACTIONS.search,
      max_length: MAX_TYPED,
      placeholder: plain(text.search.placeholder),
      dispatch_action_config: { trigger_actions_on: ['on_enter_pressed'] },
      ...(typed === null ? {} : { initial_value: typed.slice(0, MAX_TYPED) }),
    },
  };
}

function viewSelect({ state, centers }: ListPage): types.StaticSelect {
  const names = viewNames(centers !== null);
  return {
    type: 'static_select',
    action_id: LIST_ACTIONS.view,
    placeholder: plain(text.chooseView),
    options: LIST_VIEWS.map((view) => option(view, names[view])),
    initial_option: option(state.view, names[state.view]),
  };
}

export function viewNames(isCore: boolean): Record<ListView, string> {
  return text.views[isCore ? 'core' : 'district'];
}

/** A view that is one state leaves no choice of states. */
const ONE_STATE: readonly ListView[] = ['unaccepted', 'waiting', 'closing'];

function filterSelects({ state, centers, typed }: ListPage): types.StaticSelect[] {
  const { filters, view } = state;
  const hasStates = typed !== null || !ONE_STATE.includes(view);
  return [
    ...(centers
      ? [
          filterSelect(
            'center',
            centers.map((each) => option(each.code, each.short)),
            filters.center,
          ),
        ]
      : []),
    filterSelect(
      'topic',
      codesOf(TOPICS).map((code) => option(code, TOPICS[code])),
      filters.topic,
    ),
    filterSelect(
      'urgency',
      codesOf(URGENCIES).map((code) => option(code, URGENCIES[code].label)),
      filters.urgency,
    ),
    ...(hasStates
      ? [
          filterSelect(
            'status',
            codesOf(STATUSES).map((code) => option(code, STATUSES[code])),
            filters.status,
          ),
        ]
      : []),
    filterSelect(
      'period',
      PERIODS.map((code) => option(code, text.periods[code])),
      filters.period,
    ),
  ];
}

/** Without a choice the menu shows what it is about. */
function filterSelect(
  filter: FilterName,
  options: readonly types.PlainTextOption[],
  chosen: string | undefined,
): types.StaticSelect {
  const all = [option('any', text.any(text.filters[filter])), ...options];
  const initial = all.find(({ value }) => value === chosen);
  return {
    type: 'static_select',
    action_id: filterActionId(filter),
    placeholder: plain(text.filters[filter]),
    ...(all.length <= MAX_OPTIONS ? { options: all } : { option_groups: groupsOf(all) }),
    ...(initial ? { initial_option: initial } : {}),
  };
}

function groupsOf(options: readonly types.PlainTextOption[]) {
  const count = Math.ceil(options.length / MAX_OPTIONS);
  return Array.from({ length: count }, (_, i) => {
    const group = options.slice(i * MAX_OPTIONS, (i + 1) * MAX_OPTIONS);
    return { label: plain(`${i * MAX_OPTIONS + 1}〜${i * MAX_OPTIONS + group.length}`), options: group };
  });
}

function headingOf({ state, centers, typed }: ListPage): types.KnownBlock[] {
  const page = state.page > 1 ? `　${text.pageOf(state.page)}` : '';
  const heading = typed === null ? text.heading(viewNames(centers !== null)[state.view]) : text.foundHeading;
  return [
    { type: 'divider' },
    markdownSection(`${heading}${page}`),
    ...(typed === null ? [] : [contextLine(text.searchIsLogged)]),
  ];
}

function emptySentence({ state, typed, isCutShort }: ListPage): string {
  if (isCutShort) return text.notYetFound;
  if (state.page > 1) return text.emptyPage;
  if (typed !== null) return text.nothingFound;
  return Object.keys(state.filters).length > 0 ? text.emptyWithFilters : text.empty[state.view];
}

function turning({ state, isCutShort }: ListPage): types.KnownBlock[] {
  const buttons = [
    ...(state.page > 1 ? [button(LIST_ACTIONS.previous, text.previous, 'previous')] : []),
    ...(state.next ? [button(LIST_ACTIONS.next, isCutShort ? text.further : text.next, 'next')] : []),
  ];
  return buttons.length > 0 ? [actions(...buttons)] : [];
}

function actions(...elements: types.Button[]): types.ActionsBlock {
  return { type: 'actions', elements };
}
