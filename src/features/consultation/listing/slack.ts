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
import {
  keepsTypedTextOut,
  linkButton,
  linkMessage,
  type ModalView,
  noticeView,
  type Opening,
  type OpeningContext,
  openModal,
  openModalByCommand,
} from '../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { listDistrictCenters } from '../../directory/data.ts';
import { actorOf } from '../../directory/gate.ts';
import { ACTIONS } from '../blocks.ts';
import { loadConsultation, standingOf } from '../data.ts';
import { findIdByReference } from '../finding/data.ts';
import { readSearch } from '../finding/rules.ts';
import type { CasePart } from '../forms.ts';
import { recordRefusal } from '../mutations.ts';
import { casePath, LIST_PATH } from '../pages/paths.ts';
import { askPurpose } from '../purpose/asking.ts';
import { openDetail } from '../reading/slack.ts';
import { sentenceOf } from '../refusals.ts';
import { maySee } from '../visibility/rules.ts';
import { codesOf } from '../words.ts';
import {
  filterActionId,
  LIST_ACTIONS,
  LIST_FORM,
  type ListPage,
  listModal,
  searchBlockId,
} from './blocks.ts';
import { openSearch, openView } from './opening/mutations.ts';
import { PAGE } from './rules.ts';
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
    const isView = view !== undefined || word === '';
    if (!isView && keepsTypedTextOut(context))
      return answer(linkMessage(context.scope, LIST_PATH, text.notSearched));
    await answer();
    await openList(invocation, firstPage(view ?? 'mine'), isView ? null : rest);
  },
};

/** What is not there is said where the word was typed. */
async function openOne(invocation: Invocation, reference: string): Promise<void> {
  const { context, answer } = invocation;
  const actor = actorOf(context);
  const { scope } = context;
  const id = (await findIdByReference(scope.db, reference)) ?? reference;
  const way = { holds: 'typed', page: casePath(reference) } as const;
  if (keepsTypedTextOut(context)) {
    const loaded = await loadConsultation(scope, id);
    if (loaded && maySee(actor, standingOf(loaded))) return answer(linkMessage(scope, way.page));
    await recordRefusal(scope, actor, { id, loaded }, 'consultation.read', 'not-found');
    return answer({ text: escapeMrkdwn(sentenceOf({ reason: 'not-found' })) });
  }
  const shown = await openDetail(scope, actor, id);
  if (shown.ok) return openModalByCommand(invocation, async () => shown.value.view, way);
  const { refusal } = shown;
  if (refusal.reason !== 'purpose-needed') return answer({ text: escapeMrkdwn(sentenceOf(refusal)) });
  await answer();
  await askPurpose(invocation, refusal.of, { actionId: ACTIONS.read, value: id });
}

/** The city section gets figures, never cases. */
function mayList({ center }: Actor): boolean {
  return center.kind !== 'city';
}

async function openList(
  opening: Opening & Pick<Invocation, 'context'>,
  state: ListState,
  typed: string | null,
): Promise<void> {
  const actor = actorOf(opening.context);
  const way = { holds: 'references', page: LIST_PATH, inModal: 'replace' } as const;
  if (!mayList(actor)) return openModal(opening, noticeView(text.cityCannotList), way);
  await openModal(opening, await viewOf(opening.context, actor, state, typed), way);
}

/** Where Slack may not hold what people type, the list has no search: it leads to the page that has one. */
async function viewOf(
  context: OpeningContext,
  actor: Actor,
  state: ListState,
  typed: string | null,
): Promise<ModalView> {
  const { scope } = context;
  if (!keepsTypedTextOut(context)) return listModal(await pageOf(scope, actor, state, typed));
  return listModal(await pageOf(scope, actor, state, null), linkButton(scope, LIST_PATH, text.search.onPage));
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
  if (!mayList(actor)) return { update: noticeView(text.cityCannotList), holds: 'references' };
  const state = fromTheStart(readListState(metadata));
  return { update: await viewOf(context, actor, state, typedIn(state, values)), holds: 'references' };
}

async function pageOf(scope: Scope, actor: Actor, state: ListState, typed: string | null): Promise<ListPage> {
  const { db, now } = scope;
  const after = state.trail.at(-1);
  const part = { filters: state.filters, after, count: PAGE };
  const [centers, shown] = await Promise.all([
    actor.center.kind === 'kikan' ? listDistrictCenters(db) : null,
    typed === null
      ? openView(scope, actor, state.view, part)
      : openSearch(scope, actor, readSearch(typed), part),
  ]);
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
