/** 活動 on forms and in what readers see. */

import type { types } from '@slack/bolt';
import { cutText } from '../../../lib/japanese.ts';
import { formatDate, type JapanDate } from '../../../lib/jst.ts';
import { button, contextLine, markdownSection, option, plainSections } from '../../../slack/block-kit.ts';
import { datePicker, input, multiSelect, radio, select, timePicker } from '../../../slack/inputs.ts';
import { peopleSelect } from '../../directory/inputs.ts';
import { actionIdOf } from '../blocks.ts';
import { paragraph } from '../inputs.ts';
import { consultationText } from '../text.ts';
import { ACTIVITY_KINDS, ACTIVITY_STATES, BODIES, codesOf } from '../words.ts';
import type { Activity, CaseColleague, OpenedActivity } from './data.ts';
import type { Held } from './rules.ts';
import { NEW_STATES } from './schema.ts';
import { recordingText as text } from './text.ts';

/** Slack's limit of a choice's text. */
const MAX_OPTION = 75;

/** The forms that change a planned activity; each has a button of its own. */
export const PLAN_FORMS = {
  finish: 'record_done',
  move: 'record_move',
  cancel: 'record_cancel',
} as const;

/** Two blocks each: with the form below them they stay under Slack's 100. */
const MAX_LISTED = 40;

/** `12月1日(火) 14:30`; the time where one was given. */
export function whenOf({ heldOn, startsAtTime }: Held): string {
  return startsAtTime === null ? formatDate(heldOn) : `${formatDate(heldOn)} ${startsAtTime}`;
}

/** The planned activities, each with what may be done with it. */
export function plannedBlocks(planned: readonly Activity[]): types.KnownBlock[] {
  if (planned.length === 0) return [];
  const hidden = planned.length - MAX_LISTED;
  return [
    markdownSection(`*${text.plannedTitle}*`),
    ...planned.slice(0, MAX_LISTED).flatMap((each) => [...plainSections(headingOf(each)), planButtons(each)]),
    ...(hidden > 0 ? [contextLine(text.morePlanned(hidden))] : []),
    { type: 'divider' },
    markdownSection(`*${text.newTitle}*`),
  ];
}

function planButtons({ id, consultationId }: Activity): types.ActionsBlock {
  const value = `${consultationId}/${id}`;
  return {
    type: 'actions',
    elements: [
      button(actionIdOf(PLAN_FORMS.finish), text.finish.button, value),
      button(actionIdOf(PLAN_FORMS.move), text.move.button, value),
      button(actionIdOf(PLAN_FORMS.cancel), text.cancel.button, value),
    ],
  };
}

/** What an activity is, in one line. */
export function headingOf(of: Held & Pick<Activity, 'kind' | 'state'>): string {
  return text.heading(ACTIVITY_STATES[of.state], ACTIVITY_KINDS[of.kind], whenOf(of));
}

export function kindInputs(): types.InputBlock[] {
  const { fields } = text;
  return [
    input(
      'kind',
      fields.kind,
      select(
        codesOf(ACTIVITY_KINDS).map((code) => option(code, ACTIVITY_KINDS[code])),
        { placeholder: consultationText.selectPlaceholder },
      ),
      true,
    ),
    input(
      'state',
      fields.state,
      radio(
        NEW_STATES.map((code) => option(code, text.states[code])),
        NEW_STATES[0],
      ),
      true,
    ),
  ];
}

/** When, and who. */
export function meetingInputs(
  { heldOn, startsAtTime }: Held,
  staff: readonly CaseColleague[],
  people: readonly string[],
): types.InputBlock[] {
  const { fields } = text;
  const listed = staff.map(({ slackUserId, name, centerShort }) => ({
    slackUserId,
    name: cutText(text.personOf(name, centerShort), MAX_OPTION)[0] ?? name,
  }));
  return [
    input('heldOn', fields.heldOn, datePicker(heldOn), true),
    input('startsAt', fields.startsAt, timePicker(startsAtTime ?? undefined)),
    ...(listed.length > 0
      ? [input('people', fields.people, peopleSelect(listed, fields.people.placeholder, people))]
      : []),
  ];
}

/** With whom, and what about. */
export function contentInputs(bodies: readonly string[], summary: string): types.InputBlock[] {
  const { fields } = text;
  return [
    input(
      'bodies',
      fields.bodies,
      multiSelect(
        codesOf(BODIES).map((code) => option(code, BODIES[code])),
        { placeholder: fields.bodies.placeholder, chosen: bodies },
      ),
    ),
    input('summary', fields.summary, paragraph(summary)),
  ];
}

export function reasonInput(): types.InputBlock {
  return input('reason', text.fields.reason, paragraph(''));
}

/** What a reader of the case sees of an activity. */
export function activityBlocks(of: OpenedActivity): types.KnownBlock[] {
  const lines = [
    ...(of.peopleNames.length > 0 ? [text.people(of.peopleNames.join('、'))] : []),
    ...(of.bodies.length > 0 ? [text.bodies(of.bodies.map((code) => BODIES[code]).join('、'))] : []),
    text.recordedBy(of.authorName),
  ];
  return [
    { type: 'divider' },
    markdownSection(`*${headingOf(of)}*`),
    ...plainSections(lines.join('\n')),
    ...(of.summary === null ? [] : plainSections(of.summary)),
  ];
}

/** The day to begin with when a plan is recorded as done: its own, unless that is still to come. */
export function doneDay({ heldOn }: Held, today: JapanDate): JapanDate {
  return heldOn < today ? heldOn : today;
}
