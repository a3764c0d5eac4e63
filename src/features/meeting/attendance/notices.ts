/** The invitation to one meeting: a DM to staff, a mail to guests. */
import type { types } from '@slack/bolt';
import { formatDate } from '../../../lib/jst.ts';
import type { MailEntry } from '../../../mail/outbox.ts';
import { button, markdownSection } from '../../../slack/block-kit.ts';
import { escapeMrkdwn, readMrkdwn } from '../../../slack/mrkdwn.ts';
import type { Message, OutboxEntry } from '../../../slack/outbox.ts';
import { ACTIONS } from '../actions.ts';
import { factLines } from '../cards/blocks.ts';
import type { LoadedMeeting, Meeting } from '../data.ts';
import { meetingText } from '../text.ts';
import { ATTENDANCE_WORDS } from '../words.ts';
import type { Recipient } from './rules.ts';
import { ONE_TAP, attendanceText as text } from './text.ts';

type Shown = Pick<LoadedMeeting, 'meeting' | 'kind' | 'host'> & {
  /** Instead of those that the meeting's state offers. */
  buttons?: readonly types.Button[];
};

/** What people are told of a meeting, once each. */
export interface Telling {
  told: { what: string; recipient: string }[];
  entries: OutboxEntry[];
  mails: MailEntry[];
}

/** What the notice is called that somebody was invited to a meeting as it stands now. */
export function invitedMark(sequence: number): string {
  return `invited/${sequence}`;
}

/**
 * Invites to one meeting.
 * @param cityName the sender of mails to guests
 * @param mark of the notice, where somebody may have been invited to the same meeting before
 */
export function inviteTo(
  shown: Shown,
  recipients: readonly Recipient[],
  cityName: string,
  mark: string = invitedMark(shown.meeting.sequence),
): Telling {
  const { reference, title, answerBy, status } = shown.meeting;
  const name = meetingText.name(reference, shown.kind.name, title);
  const lines = [
    text.invited(escapeMrkdwn(name)),
    ...factLines(shown),
    ...(answerBy === null ? [] : [text.answerBy(formatDate(answerBy))]),
    ...(answerBy === null && status === 'fixed' ? [text.answerAsked] : []),
  ];
  return tell(shown, recipients, { mark, lines, subject: text.mailSubject(cityName, name), cityName });
}

/**
 * Tells everybody the same of one meeting.
 * @param lines mrkdwn of facts and controlled words; guests read them as plain text
 */
export function tell(
  shown: Shown,
  recipients: readonly Recipient[],
  {
    mark,
    lines,
    subject,
    cityName,
  }: { mark: string; lines: readonly string[]; subject: string; cityName: string },
): Telling {
  const { meeting, host, kind } = shown;
  const message: Message = {
    text: escapeMrkdwn(meetingText.name(meeting.reference, kind.name, meeting.title)),
    blocks: [
      markdownSection(lines.join('\n')),
      {
        type: 'actions',
        elements: [
          ...(shown.buttons ?? answerButtons(meeting)),
          button(ACTIONS.open.actionId, ACTIONS.open.label, meeting.id),
        ],
      },
    ],
  };
  const plainLines = lines.map((line) => plainOf(line));
  return {
    told: recipients.map(({ recipient }) => ({ what: mark, recipient })),
    entries: recipients.flatMap((each) =>
      each.by === 'slack' ? [{ kind: 'direct' as const, person: each.recipient, message }] : [],
    ),
    mails: recipients.flatMap((each) =>
      each.by === 'mail'
        ? [
            {
              to: each.to,
              subject,
              text: [
                text.mailGreeting(each.name),
                '',
                text.mailBody(cityName, kind.heldBy ?? host.short),
                '',
                ...plainLines,
                '',
                text.mailEnd,
              ].join('\n'),
            },
          ]
        : [],
    ),
  };
}

/** What is asked of whoever is invited: to vote while the date is being found; then the answers that one press gives, and the rest. */
export function answerButtons({ id, status, url }: Pick<Meeting, 'id' | 'status' | 'url'>): types.Button[] {
  if (status === 'polling') return [button(ACTIONS.vote.actionId, ACTIONS.vote.label, id, 'primary')];
  if (status !== 'fixed') return [];
  return [
    ...ONE_TAP.filter(({ answer }) => answer !== 'online' || url !== null).map(({ actionId, answer }) =>
      button(actionId, ATTENDANCE_WORDS[answer], id),
    ),
    button(ACTIONS.attend.actionId, text.another, id),
  ];
}

/** Links with their address, since a mail has none behind its words; no marks of mrkdwn. */
function plainOf(line: string): string {
  const withAddress = line.replaceAll(/<(https?:[^|>]+)\|[^>]*>/g, '$1').replaceAll(/　~([^~]+)~/gu, '　$1');
  return readMrkdwn(withAddress, () => undefined).replaceAll('*', '');
}
