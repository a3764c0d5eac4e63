/** The two forms by which a meeting is called: which kind and way, then everything about it. */
import type { types } from '@slack/bolt';
import { addDays, japanDate } from '../../../lib/jst.ts';
import { contextLine, markdownSection, noticeSections, plain } from '../../../slack/block-kit.ts';
import {
  checkboxes,
  choice,
  datePicker,
  input,
  radio,
  select,
  textArea,
  textLine,
  timePicker,
} from '../../../slack/inputs.ts';
import type { ModalView } from '../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import { peopleSelect } from '../../directory/inputs.ts';
import type { MeetingKind } from '../../directory/meeting-kinds/rules.ts';
import { seatsOf } from '../../directory/meeting-kinds/rules.ts';
import type { Callable } from './data.ts';
import { type CallMetadata, LIMITS, WAYS, type Way, writeMetadata } from './schema.ts';
import { callingText as text } from './text.ts';

export const CALL_KIND_FORM = 'meeting.call_kind';
export const CALL_FORM = 'meeting.call_details';
/** A week to answer is what cities give; at the end of a working day. */
const POLL_DAYS = 7;
const POLL_CLOSES = '17:00';

/** @param kinds those that the person may call */
export function callKindModal(kinds: readonly MeetingKind[]): ModalView {
  const choices = kinds.map(({ id, name }) => choice(id, name));
  const ways = WAYS.map((way) => choice(way, text.ways[way]));
  return {
    type: 'modal',
    callback_id: CALL_KIND_FORM,
    title: plain(text.title),
    ...(kinds.length > 0 ? { submit: plain(text.next) } : {}),
    close: plain(text.close),
    blocks:
      kinds.length === 0
        ? [markdownSection(text.none)]
        : [
            input('kind', { label: text.kind }, select(choices, { placeholder: text.choose }), true),
            input('way', { label: text.way }, radio(ways, 'poll'), true),
          ],
  };
}

/** @param notices sentences about what was sent */
export function callModal(
  callable: Callable,
  metadata: CallMetadata,
  now: Date,
  notices: readonly string[] = [],
): ModalView {
  const { kind, people, districts } = callable;
  const { way } = metadata;
  const seats = seatsOf(kind.attendees, people, districts).length;
  return {
    type: 'modal',
    callback_id: CALL_FORM,
    private_metadata: writeMetadata(metadata),
    title: plain(text.title),
    submit: plain(way === 'poll' ? text.submitPoll : text.submit),
    close: plain(text.close),
    blocks: [
      ...noticeSections(notices),
      markdownSection(text.heading(escapeMrkdwn(kind.name), text.ways[way])),
      contextLine(seats > 0 ? text.byRule(seats) : text.noRule),
      ...dateInputs(kind, way, now),
      ...factInputs(kind),
      ...invitingInputs(callable, seats === 0),
    ],
  };
}

function dateInputs(kind: MeetingKind, way: Way, now: Date): types.InputBlock[] {
  const { fields } = text;
  if (way === 'fixed')
    return [
      input('on', fields.on, datePicker(), true),
      input('at', fields.at, timePicker(kind.starts), true),
      input(
        'minutes',
        fields.minutes,
        textLine({ max: LIMITS.minutes, initial: String(kind.minutes) }),
        true,
      ),
    ];
  const { label, hint, placeholder } = fields.dates;
  return [
    input('dates', { label, hint: hint(kind.minutes) }, textArea({ max: LIMITS.dates, placeholder }), true),
    input('closesOn', fields.closesOn, datePicker(addDays(japanDate(now), POLL_DAYS)), true),
    input('closesAt', fields.closesAt, timePicker(POLL_CLOSES), true),
  ];
}

function factInputs(kind: MeetingKind): types.InputBlock[] {
  const { fields } = text;
  return [
    input('title', fields.title, textLine({ max: LIMITS.title })),
    input('place', fields.place, textLine({ max: LIMITS.place, initial: kind.place })),
    input('url', fields.url, textLine({ max: LIMITS.url, initial: kind.url })),
    input('papersUrl', fields.papersUrl, textLine({ max: LIMITS.url })),
    input('answerBy', fields.answerBy, datePicker()),
    input('agendaBy', fields.agendaBy, datePicker()),
    input(
      'privacy',
      fields.privacy,
      checkboxes([choice('private', fields.privacy.option)], kind.isPrivate ? ['private'] : []),
    ),
  ];
}

/** @param isFree whether the kind invites nobody by itself: then the host's own center is proposed */
function invitingInputs({ people, centers, host }: Callable, isFree: boolean): types.InputBlock[] {
  const { fields } = text;
  const listed = people.map(({ slackUserId, name, centerName }) => ({
    slackUserId,
    name: text.peopleLabel(name, centerName),
  }));
  const offices = centers.map(({ code, short }) => ({ slackUserId: code, name: short }));
  return [
    ...(listed.length > 0 ? [input('people', fields.people, peopleSelect(listed, text.choose, []))] : []),
    input('centers', fields.centers, peopleSelect(offices, text.choose, isFree ? [host.code] : [])),
    input('guests', fields.guests, textArea({ max: LIMITS.guests, placeholder: fields.guests.placeholder })),
  ];
}
