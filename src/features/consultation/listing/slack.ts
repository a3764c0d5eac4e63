/** `/kikan 一覧` and its modal: every press reads what the modal remembers, changes it, and shows the list anew. */
import { fold } from '../../../lib/japanese.ts';
import type {
  Invocation,
  KikanCommand,
  Press,
  Submission,
  SubmissionAnswer,
} from '../../../slack/feature.ts';
import { type FormValues, textValue } from '../../../slack/form.ts';
import { noticeView, openModal } from '../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { findCity, listDistrictCenters } from '../../directory/data.ts';
import { actorOf } from '../../directory/gate.ts';
import { findIdByReference } from '../finding/data.ts';
import { searchCases } from '../finding/mutations.ts';
import { readSearch } from '../finding/rules.ts';
import type { CasePart } from '../forms.ts';
import { openDetail } from '../reading/slack.ts';
import { sentenceOf } from '../refusals.ts';
import { type Sight, sightOf } from '../visibility/data.ts';
import { codesOf } from '../words.ts';
import {
  filterActionId,
  LIST_ACTIONS,
  LIST_FORM,
  type ListPage,
  listModal,
  searchBlockId,
} from './blocks.ts';
import { fitsFilters, type ListQuery, listCases, listFound } from './data.ts';
import { PAGE, rangeOf } from './rules.ts';
import {
  anew,
  firstPage,
  fromTheStart,
  type ListState,
  nextPage,
  previousPage,
  readListState,
  readView,
  withFilter,
} from './schema.ts';
import { listingText as text } from './text.ts';

const listCommand: KikanCommand = {
  word: text.command,
  ascii: 'list',
  summary: text.commandSummary,
  button: text.menuButton,
  async run(invocation, rest) {
    const { context, answer } = invocation;
    if (!mayList(actorOf(context))) return answer({ text: text.cityCannotList });
    const word = fold(rest).toLowerCase();
    const view = codesOf(text.viewWords).find((each) => text.viewWords[each].includes(word));
    const search = readSearch(rest);
    if (view === undefined && search.by === 'reference') return openOne(invocation, search.reference);
    await answer();
    const isView = view !== undefined || word === '';
    await openList(invocation, firstPage(view ?? 'mine'), isView ? null : rest);
  },
};

/** What is not there is said where the word was typed. */
async function openOne(invocation: Invocation, reference: string): Promise<void> {
  const { context, answer } = invocation;
  const id = await findIdByReference(context.scope.db, reference);
  const shown = await openDetail(context.scope, actorOf(context), id ?? reference);
  if (!shown.ok) return answer({ text: escapeMrkdwn(sentenceOf(shown.refusal)) });
  await answer();
  await openModal(invocation, shown.value);
}

/** The city section gets figures, never cases. */
function mayList({ center }: Actor): boolean {
  return center.kind !== 'city';
}

async function openList(
  opening: Pick<Invocation, 'context' | 'client' | 'triggerId' | 'person'> & Pick<Partial<Press>, 'modal'>,
  state: ListState,
  typed: string | null,
): Promise<void> {
  const actor = actorOf(opening.context);
  if (!mayList(actor)) return openModal(opening, noticeView(text.cityCannotList), 'replace');
  await openModal(opening, listModal(await pageOf(opening.context.scope, actor, state, typed)), 'replace');
}

type Turn = (state: ListState, press: Press) => ListState;

/** A press in the modal. What is typed in the search's input stays in force as long as the input stays. */
function turn(change: Turn): (press: Press) => Promise<void> {
  return (press) => {
    const state = change(readListState(press.modal?.metadata ?? ''), press);
    return openList(press, state, typedIn(state, press.modal?.values ?? {}));
  };
}

/** Of the input in its round: what was typed in an earlier one is no longer there. */
function typedIn(state: ListState, values: FormValues): string | null {
  return textValue(values, searchBlockId(state));
}

async function submitSearch({ context, metadata, values }: Submission): Promise<SubmissionAnswer> {
  const actor = actorOf(context);
  if (!mayList(actor)) return { update: noticeView(text.cityCannotList) };
  const state = fromTheStart(readListState(metadata));
  return { update: listModal(await pageOf(context.scope, actor, state, typedIn(state, values))) };
}

async function pageOf(scope: Scope, actor: Actor, state: ListState, typed: string | null): Promise<ListPage> {
  const { db, now } = scope;
  const [sight, centers, filters] = await Promise.all([
    sightOf(scope, actor),
    actor.center.kind === 'kikan' ? listDistrictCenters(db) : null,
    filtersOf(scope, state),
  ]);
  const after = state.trail.at(-1);
  const shown =
    typed === null
      ? { ...(await listCases(db, sight, { view: state.view, filters, now }, after)), isCutShort: false }
      : await searchFor(scope, actor, sight, typed, { filters, after });
  const { next: _, ...kept } = state;
  return {
    state: shown.next ? { ...kept, next: shown.next } : kept,
    centers,
    typed,
    cases: shown.cases,
    isCutShort: shown.isCutShort,
    now,
  };
}

/** A search looks through all that the person may see, whichever view is chosen. */
async function searchFor(
  scope: Scope,
  actor: Actor,
  sight: Sight,
  typed: string,
  { filters, after }: { filters: ListQuery['filters']; after: ListState['next'] },
) {
  const found = await searchCases(scope, actor, sight, readSearch(typed), {
    condition: fitsFilters(filters),
    after: after && { submittedAt: after[0], id: after[1] },
    count: PAGE,
  });
  const next: ListState['next'] = found.next && [found.next.submittedAt, found.next.id];
  return { cases: await listFound(scope.db, found.ids), next, isCutShort: found.isCutShort };
}

/** With the dates of the chosen period, which may follow the city's fiscal year. */
async function filtersOf({ db, now }: Scope, { filters }: ListState): Promise<ListQuery['filters']> {
  const { period, ...others } = filters;
  if (period === undefined) return others;
  const city = await findCity(db);
  if (!city) throw new Error('no city was imported');
  return { ...others, period: rangeOf(period, now, city.fiscalYearStart) };
}

export const listing: CasePart = {
  commands: [listCommand],
  presses: {
    [LIST_ACTIONS.open]: (press) => openList(press, firstPage(readView(press.value)), null),
    [LIST_ACTIONS.view]: turn((state, { value }) => anew(state, readView(value))),
    [LIST_ACTIONS.clear]: turn((state) => anew(state, state.view)),
    [LIST_ACTIONS.search]: turn(fromTheStart),
    [LIST_ACTIONS.next]: turn(nextPage),
    [LIST_ACTIONS.previous]: turn(previousPage),
    ...Object.fromEntries(
      codesOf(text.filters).map((filter) => [
        filterActionId(filter),
        turn((state, { value }) => withFilter(state, filter, value)),
      ]),
    ),
  },
  submissions: { [LIST_FORM]: submitSearch },
};
