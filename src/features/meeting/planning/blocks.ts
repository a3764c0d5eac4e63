/** The year's plan, the form of one kind's dates, and the second look before they are confirmed. */
import type { types } from '@slack/bolt';
import { isBusinessDay } from '../../../lib/business-time.ts';
import { eraYear, formatDate, type JapanDate } from '../../../lib/jst.ts';
import { button, contextLine, markdownSection, noticeSections, plain } from '../../../slack/block-kit.ts';
import { datePicker, input, timePicker } from '../../../slack/inputs.ts';
import type { ModalView } from '../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { Plan, PlannedKind, PlannedRow } from './data.ts';
import { fieldsAt } from './schema.ts';
import { planningText as text } from './text.ts';

export const PLAN_ACTIONS = {
  open: 'meeting.plan',
  year: 'meeting.plan_year',
  propose: 'meeting.plan_propose',
  edit: 'meeting.plan_edit',
  look: 'meeting.plan_look',
} as const;
export const EDIT_FORM = 'meeting.plan_dates';
export const CONFIRM_FORM = 'meeting.plan_confirm';

/** With the frame around them they stay below Slack's 100 blocks of a modal. */
const MAX_KINDS = 85;
/** Of a section, 3000 letters. */
const MAX_LETTERS = 2900;
/** Slack's 100 blocks again: two inputs a date. */
const MAX_EDITED = 44;
/** So many dates can be added at once. */
const NEW_DATES = 2;

export function nameOfYear(year: number, firstMonth: number): string {
  return text.year(eraYear(year, firstMonth), year);
}

/**
 * @param otherYear the one that can be planned beside it
 * @param toConfirm how many dates would be confirmed
 */
export function planModal(
  plan: Plan,
  { today, otherYear, toConfirm }: { today: JapanDate; otherYear: number; toConfirm: number },
  { notices = [], links = [] }: { notices?: readonly string[]; links?: readonly types.Button[] } = {},
): ModalView {
  const dates = plan.kinds.flatMap((each) => each.dates);
  const confirmed = dates.filter(({ confirmation }) => confirmation !== null).length;
  const hidden = plan.kinds.length - MAX_KINDS;
  const year = String(plan.year);
  return {
    type: 'modal',
    callback_id: 'meeting.plan_view',
    private_metadata: year,
    title: plain(text.title),
    close: plain(text.close),
    blocks: [
      ...noticeSections(notices),
      markdownSection(`*${text.heading(nameOfYear(plan.year, plan.firstMonth))}*`),
      contextLine(text.intro),
      contextLine(text.counts(dates.length - confirmed, confirmed, clashingDates(plan).length)),
      {
        type: 'actions',
        elements: [
          button(
            PLAN_ACTIONS.propose,
            dates.length === 0 ? text.propose : text.proposeAgain,
            year,
            dates.length === 0 ? 'primary' : undefined,
          ),
          ...(toConfirm > 0 ? [button(PLAN_ACTIONS.look, text.confirm, year, 'primary')] : []),
          button(
            PLAN_ACTIONS.year,
            text.otherYear(nameOfYear(otherYear, plan.firstMonth)),
            String(otherYear),
          ),
          ...links,
        ],
      },
      { type: 'divider' },
      ...plan.kinds.slice(0, MAX_KINDS).map((each) => kindSection(plan, each, today)),
      ...(hidden > 0 ? [contextLine(text.moreKinds(hidden))] : []),
    ],
  };
}

/** The dates that meet something else at the same time. */
export function clashingDates(plan: Plan): PlannedRow[] {
  return plan.kinds.flatMap(({ dates }) => dates).filter(({ id }) => plan.clashes.has(id));
}

function kindSection(plan: Plan, planned: PlannedKind, today: JapanDate): types.SectionBlock {
  const { kind, dates } = planned;
  const lines = dates.map((date) => `${formatDate(date.on)} ${date.starts}${remarksOf(plan, date, today)}`);
  const none = kind.months.length === 0 ? text.noneWithoutMonths : text.none;
  const body = [`*${escapeMrkdwn(kind.name)}*`, ...(lines.length > 0 ? lines : [none])].join('\n');
  return {
    ...markdownSection(body.slice(0, MAX_LETTERS)),
    accessory: button(PLAN_ACTIONS.edit, text.edit, `${plan.year}/${kind.id}`),
  };
}

/** What is to be known of a planned date besides its day: as mrkdwn. */
function remarksOf(plan: Plan, date: PlannedRow, today: JapanDate): string {
  const { on, movedFrom, meetingId, confirmation } = date;
  const remarks = [
    ...(meetingId !== null ? [text.made] : confirmation !== null ? [text.making] : []),
    ...(confirmation === null && on <= today ? [text.past] : []),
    ...(movedFrom === null ? [] : [text.moved(shortDate(movedFrom))]),
    ...(isBusinessDay(plan.calendar, on) ? [] : [text.closed]),
    ...(plan.clashes.get(date.id) ?? []).map(({ name, shared }) => text.clash(escapeMrkdwn(name), shared)),
  ];
  return remarks.map((remark) => `　${remark}`).join('');
}

/** `4/29` */
function shortDate(on: JapanDate): string {
  const [, month = '', day = ''] = on.split('-');
  return `${Number(month)}/${Number(day)}`;
}

/** Which dates the form is of, and what it showed. */
export interface EditState {
  year: number;
  kindId: string;
  seen: string;
}

/** @param open the dates that can still be changed */
export function editModal(
  state: EditState,
  { kind, dates }: PlannedKind,
  open: readonly PlannedRow[],
  notices: readonly string[] = [],
): ModalView {
  const shown = open.slice(0, MAX_EDITED);
  const slots = [
    ...shown.map(({ on, starts }, i) => ({
      on,
      starts,
      labels: [text.dateLabel(i + 1), text.timeLabel(i + 1)] as const,
    })),
    ...Array.from({ length: NEW_DATES }, (_, i) => ({
      on: undefined,
      starts: kind.starts,
      labels: [text.newDateLabel(i + 1), text.newTimeLabel(i + 1)] as const,
    })),
  ];
  return {
    type: 'modal',
    callback_id: EDIT_FORM,
    private_metadata: JSON.stringify(state),
    title: plain(text.editTitle),
    submit: plain(text.save),
    close: plain(text.close),
    blocks: [
      ...noticeSections(notices),
      markdownSection(`*${escapeMrkdwn(kind.name)}*`),
      contextLine(text.editIntro),
      ...(dates.length > open.length ? [contextLine(text.editConfirmed)] : []),
      ...slots.flatMap(({ on, starts, labels: [date, time] }, position) => [
        input(fieldsAt(position).date, { label: date }, datePicker(on)),
        input(fieldsAt(position).time, { label: time }, timePicker(starts)),
      ]),
    ],
  };
}

/** The second look. */
export function confirmModal(
  plan: Plan,
  seen: string,
  {
    meetings,
    people,
    clashes,
    minutes,
  }: { meetings: number; people: number; clashes: number; minutes: number },
): ModalView {
  const year = nameOfYear(plan.year, plan.firstMonth);
  return {
    type: 'modal',
    callback_id: CONFIRM_FORM,
    private_metadata: JSON.stringify({ year: plan.year, seen }),
    title: plain(text.confirmTitle),
    submit: plain(text.confirm),
    close: plain(text.close),
    blocks: [
      markdownSection(text.confirmQuestion(year, meetings, people)),
      ...(clashes > 0 ? [markdownSection(text.confirmClashes(clashes))] : []),
      contextLine(text.confirmTime(minutes)),
    ],
  };
}
