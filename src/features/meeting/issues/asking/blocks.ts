/** The request at the core center's channel, and the forms that answer it. Of a private meeting nothing stands there but its kind and date. */
import { button, contextLine, markdownSection, option, plain } from '../../../../slack/block-kit.ts';
import { input, radio } from '../../../../slack/inputs.ts';
import type { ModalView } from '../../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../../slack/mrkdwn.ts';
import type { Message } from '../../../../slack/outbox.ts';
import { personSelect } from '../../../directory/inputs.ts';
import { ACTIONS } from '../../actions.ts';
import type { LoadedMeeting } from '../../data.ts';
import { formatSpan, meetingText } from '../../text.ts';
import { issuesText as text } from '../text.ts';
import { DECLINE_REASONS, type DeclineReason } from './rules.ts';

export const ASK_CORE = 'issues.ask_core';
export const ACCEPT = 'issues.accept';
export const DECLINE = 'issues.decline';
export const ACCEPT_FORM = 'issues.accept_form';
export const DECLINE_FORM = 'issues.decline_form';

export function slotOfRequest(meetingId: string): string {
  return `core-request:${meetingId}`;
}

/** How a request was answered, with names. */
export interface AnsweredRequest {
  answer: 'accepted' | 'declined';
  byName: string;
  attendeeName: string | null;
  reason: DeclineReason | null;
}

/** What a meeting is called where it may be named: its title is left out of private ones. */
export function askedName({ meeting, kind }: Pick<LoadedMeeting, 'meeting' | 'kind'>): string {
  return escapeMrkdwn(
    meetingText.name(meeting.reference, kind.name, meeting.isPrivate ? null : meeting.title),
  );
}

export function requestMessage(loaded: LoadedMeeting, answered: AnsweredRequest | null): Message {
  const { meeting, host } = loaded;
  const { startsAt, endsAt, id } = meeting;
  const date = startsAt && endsAt ? formatSpan(startsAt, endsAt) : meetingText.dateOpen;
  const lines = [
    text.ask.card(escapeMrkdwn(host.short), askedName(loaded)),
    `${meetingText.facts.date}　${date}`,
  ];
  return {
    text: text.ask.about(host.short),
    blocks: [
      markdownSection(lines.join('\n')),
      ...(answered === null ? [] : [contextLine(answerLine(answered))]),
      {
        type: 'actions',
        elements: [
          ...(answered === null
            ? [button(ACCEPT, text.buttons.decide, id, 'primary'), button(DECLINE, text.buttons.decline, id)]
            : []),
          button(ACTIONS.open.actionId, ACTIONS.open.label, id),
        ],
      },
    ],
  };
}

function answerLine({ answer, byName, attendeeName, reason }: AnsweredRequest): string {
  const said =
    answer === 'accepted'
      ? text.ask.accepted(escapeMrkdwn(attendeeName ?? ''))
      : `${text.ask.declined}${reason === null ? '' : `（${text.declineReasons[reason]}）`}`;
  return `${said}　${text.ask.answeredBy(escapeMrkdwn(byName))}`;
}

export function acceptModal(
  loaded: LoadedMeeting,
  coreStaff: readonly { slackUserId: string; name: string }[],
): ModalView {
  return {
    ...frame(loaded, ACCEPT_FORM, text.ask.decideTitle),
    blocks: [
      markdownSection(askedName(loaded)),
      input('attendee', { label: text.ask.attendee }, personSelect(coreStaff, text.choose), true),
    ],
  };
}

export function declineModal(loaded: LoadedMeeting): ModalView {
  return {
    ...frame(loaded, DECLINE_FORM, text.ask.declineTitle),
    blocks: [
      markdownSection(askedName(loaded)),
      input(
        'reason',
        { label: text.ask.reason },
        radio(DECLINE_REASONS.map((each) => option(each, text.declineReasons[each]))),
        true,
      ),
    ],
  };
}

function frame({ meeting }: LoadedMeeting, callbackId: string, title: string) {
  return {
    type: 'modal' as const,
    callback_id: callbackId,
    private_metadata: meeting.id,
    title: plain(title),
    submit: plain(text.send),
    close: plain(text.back),
  };
}
