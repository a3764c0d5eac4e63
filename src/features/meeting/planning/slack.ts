/** 年間予定: proposed, edited and confirmed, in chat and on its page. */
import { japanDate } from '../../../lib/jst.ts';
import type { Press, SlackFeature, Submission, SubmissionAnswer } from '../../../slack/feature.ts';
import { linksToPage, type ModalView, openModal } from '../../../slack/modal.ts';
import { sayTo } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { actorOf } from '../../directory/gate.ts';
import { noteRefusal } from '../../directory/noting.ts';
import {
  CONFIRM_FORM,
  clashingDates,
  confirmModal,
  EDIT_FORM,
  editModal,
  PLAN_ACTIONS,
  planModal,
} from './blocks.ts';
import { loadPlan, planningCity } from './data.ts';
import { minutesFor } from './jobs.ts';
import {
  confirmPlan,
  countTold,
  datesToConfirm,
  editPlan,
  markOfDates,
  openDates,
  proposePlan,
} from './mutations.ts';
import { PLAN_PATH } from './paths.ts';
import { isYear, mayPlan, planYears } from './rules.ts';
import { fieldsAt, readDates, readState } from './schema.ts';
import { planningText as text } from './text.ts';

const WAY = { holds: 'references', page: PLAN_PATH } as const;

export const planningInSlack: SlackFeature = {
  presses: {
    [PLAN_ACTIONS.open]: (press) => open(press, 'push', async () => undefined),
    [PLAN_ACTIONS.year]: (press) => open(press, 'replace', async () => undefined),
    [PLAN_ACTIONS.propose]: (press) => open(press, 'replace', propose),
    [PLAN_ACTIONS.edit]: pressEdit,
    [PLAN_ACTIONS.look]: pressLook,
  },
  submissions: { [EDIT_FORM]: submitDates, [CONFIRM_FORM]: submitConfirmation },
};

/** Shows the year of the button's value, after what was asked for; none of ours means the year that one plans now. */
async function open(
  press: Press,
  inModal: 'push' | 'replace',
  act: (press: Press, year: number) => Promise<string | undefined>,
): Promise<void> {
  const { scope } = press.context;
  if (!(await mayGoOn(press))) return;
  const year = await yearOf(scope, press.value);
  const notice = await act(press, year);
  const notices = notice === undefined ? [] : [notice];
  await openModal(press, await shown(scope, actorOf(press.context), year, notices), { ...WAY, inModal });
}

async function mayGoOn(press: Press): Promise<boolean> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  if (mayPlan(actor)) return true;
  await noteRefusal(scope, actor, PLAN_ACTIONS.open, { detail: { reason: 'not-allowed' } });
  await sayTo(scope, press.person, press.channel, { text: text.errors.notAllowed });
  return false;
}

/** The year that a text names, where it can be planned; else the one that one thinks of first. */
export async function yearOf({ db, now }: Scope, named: string): Promise<number> {
  const { years, suggested } = planYears(now, (await planningCity(db)).fiscalYearStart);
  return years.find((each) => String(each) === named) ?? suggested;
}

export async function planView(
  scope: Scope,
  actor: Actor,
  year: number,
  { notices = [], links = [] }: Parameters<typeof planModal>[2] = {},
): Promise<ModalView> {
  const plan = await loadPlan(scope.db, actor, year);
  const today = japanDate(scope.now);
  const { years } = planYears(scope.now, plan.firstMonth);
  const otherYear = years.find((each) => each !== year) ?? year;
  const toConfirm = datesToConfirm(plan, today).length;
  return planModal(plan, { today, otherYear, toConfirm }, { notices, links });
}

/** The same with what was just done, and with a link from chat to the page. */
function shown(scope: Scope, actor: Actor, year: number, notices: readonly string[]): Promise<ModalView> {
  return planView(scope, actor, year, { notices, links: linksToPage(scope, `${PLAN_PATH}?year=${year}`) });
}

async function propose({ context }: Press, year: number): Promise<string> {
  const proposed = await proposePlan(context.scope, actorOf(context), year);
  if (!proposed.ok)
    return proposed.refusal.reason === 'not-a-year' ? text.errors.notAYear : text.errors.notAllowed;
  return proposed.value === 0 ? text.nothingMissing : text.added(proposed.value);
}

async function pressEdit(press: Press): Promise<void> {
  const { scope } = press.context;
  if (!(await mayGoOn(press))) return;
  const [year = '', kindId = ''] = press.value.split('/');
  const view = await editView(scope, actorOf(press.context), Number(year), kindId);
  if (!view) return sayTo(scope, press.person, press.channel, { text: text.errors.notAllowed });
  await openModal(press, view, { ...WAY, inModal: 'replace' });
}

async function editView(
  { db }: Scope,
  actor: Actor,
  year: number,
  kindId: string,
  notices: readonly string[] = [],
): Promise<ModalView | undefined> {
  if (!isYear(year)) return undefined;
  const plan = await loadPlan(db, actor, year);
  const planned = plan.kinds.find(({ kind }) => kind.id === kindId);
  if (!planned) return undefined;
  const open = openDates(planned.dates);
  return editModal({ year, kindId, seen: await markOfDates(open) }, planned, open, notices);
}

async function submitDates({ context, metadata, values }: Submission): Promise<SubmissionAnswer> {
  const { scope } = context;
  const actor = actorOf(context);
  const state = readState(metadata);
  const read = readDates(values);
  if (!read.ok) return { errors: read.refusal };
  const edited = await editPlan(scope, actor, state, read.value.wanted);
  if (edited.ok) return { update: await shown(scope, actor, state.year, [text.saved]), holds: 'references' };
  const { refusal } = edited;
  if ('at' in refusal) {
    const at = refusal.at.map((each) => fieldsAt(read.value.positions[each] ?? 0).date);
    return { errors: Object.fromEntries(at.map((field) => [field, text.errors[refusal.reason]])) };
  }
  if (refusal.reason === 'changed-meanwhile') {
    const view = await editView(scope, actor, state.year, state.kindId, [text.errors.overtaken]);
    if (view) return { update: view, holds: 'references' };
  }
  const sentence = refusal.reason === 'not-a-year' ? text.errors.notAYear : text.errors.notAllowed;
  return { errors: { [fieldsAt(0).date]: sentence } };
}

async function pressLook(press: Press): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  if (!(await mayGoOn(press))) return;
  const year = await yearOf(scope, press.value);
  const plan = await loadPlan(scope.db, actor, year);
  const dates = datesToConfirm(plan, japanDate(scope.now));
  if (dates.length === 0)
    return openModal(press, await shown(scope, actor, year, [text.errors.nothing]), {
      ...WAY,
      inModal: 'replace',
    });
  const view = confirmModal(plan, await markOfDates(dates), {
    meetings: dates.length,
    people: await countTold(scope.db, plan, dates),
    clashes: clashingDates(plan).length,
    minutes: minutesFor(dates.length),
  });
  await openModal(press, view, { ...WAY, inModal: 'replace' });
}

async function submitConfirmation({ context, metadata }: Submission): Promise<SubmissionAnswer> {
  const { scope } = context;
  const actor = actorOf(context);
  const state = readState(metadata);
  const confirmed = await confirmPlan(scope, actor, state);
  const year = await yearOf(scope, String(state.year));
  return { update: await shown(scope, actor, year, [sentenceOf(confirmed)]), holds: 'references' };
}

function sentenceOf(confirmed: Awaited<ReturnType<typeof confirmPlan>>): string {
  if (confirmed.ok) {
    const { meetings, people } = confirmed.value;
    return text.confirmed(meetings, people, minutesFor(meetings));
  }
  switch (confirmed.refusal.reason) {
    case 'nothing':
      return text.errors.nothing;
    case 'changed-meanwhile':
      return text.errors.overtakenConfirm;
    case 'not-a-year':
      return text.errors.notAYear;
    case 'not-allowed':
      return text.errors.notAllowed;
  }
}
