/** A meeting as channels show it: kind, reference, date, place, and how many answered. Nothing that was typed about cases. */
import type { types } from '@slack/bolt';
import { formatInstant } from '../../../lib/jst.ts';
import { button, contextLine, markdownSection } from '../../../slack/block-kit.ts';
import { escapeMrkdwn, linkTo } from '../../../slack/mrkdwn.ts';
import type { Message, OutboxEntry } from '../../../slack/outbox.ts';
import { ACTIONS } from '../actions.ts';
import { invitedCenters, type LoadedMeeting } from '../data.ts';
import { countedVotes } from '../poll/rules.ts';
import { formatSpan, meetingText as text } from '../text.ts';
import { ATTENDANCE_WORDS, ATTENDANCES, STATUS_WORDS } from '../words.ts';
import { isCardDue } from './rules.ts';

/** The slot of a meeting's card. */
export function slotOf(meetingId: string): string {
  return `meeting:${meetingId}`;
}

/**
 * The outbox entry that brings the card to the state of `shown`; none where the kind has no channel. What is private stands in no
 * channel but that of its own center; what was planned for later in the year, in none until it comes near.
 */
export function cardEntries(shown: LoadedMeeting, now: Date): OutboxEntry[] {
  const channel = channelOf(shown);
  if (channel === null || !isCardDue(shown, now)) return [];
  return [{ kind: 'card', slot: slotOf(shown.meeting.id), channel, message: cardMessage(shown) }];
}

/**
 * Where a meeting's card stands: in the kind's channel; else that of the center that called it, or of the heads where heads meet. A
 * private one stands in the kind's channel only where the whole kind is private and the city's own.
 */
export function channelOf({
  meeting,
  kind,
  host,
  headsChannel,
}: Pick<LoadedMeeting, 'meeting' | 'kind' | 'host' | 'headsChannel'>): string | null {
  const isOpenToAll = !meeting.isPrivate || (kind.isPrivate && host.kind !== 'district');
  if (kind.channel !== null && isOpenToAll) return kind.channel;
  if (host.kind === 'district') return host.channel;
  const isForHeads = kind.attendees.some(({ who }) => who === 'managers');
  return isForHeads && !meeting.isPrivate ? headsChannel : null;
}

function cardMessage(shown: LoadedMeeting): Message {
  const { meeting, kind } = shown;
  const name = text.name(meeting.reference, kind.name, meeting.title);
  const lines = [`*${escapeMrkdwn(name)}*`, ...factLines(shown)];
  const isOpen = meeting.status === 'fixed' || meeting.status === 'polling';
  return {
    text: escapeMrkdwn(`${name} ${STATUS_WORDS[meeting.status]}`),
    blocks: [
      markdownSection(lines.join('\n')),
      contextLine(countLine(shown)),
      ...(isOpen ? [{ type: 'actions', elements: buttonsOf(shown) }] : []),
    ],
  };
}

/** `*日時* 12月3日(木) 14:00〜15:30` and the other facts that are known, as mrkdwn lines. */
export function factLines({
  meeting,
  host,
  kind,
}: Pick<LoadedMeeting, 'meeting' | 'host' | 'kind'>): string[] {
  const { facts } = text;
  const { startsAt, endsAt, status } = meeting;
  const date = startsAt && endsAt ? formatSpan(startsAt, endsAt) : text.dateOpen;
  return [
    fact(facts.date, status === 'cancelled' ? `~${date}~` : date),
    ...(status === 'fixed' || status === 'polling' ? [] : [fact(facts.status, STATUS_WORDS[status])]),
    ...(meeting.place === null ? [] : [fact(facts.place, escapeMrkdwn(meeting.place))]),
    ...(meeting.url === null ? [] : [fact(facts.url, linkTo(meeting.url, text.linkLabel))]),
    ...(meeting.papersUrl === null ? [] : [fact(facts.papers, linkTo(meeting.papersUrl, text.linkLabel))]),
    fact(facts.host, escapeMrkdwn(kind.heldBy ?? host.short)),
  ];
}

function fact(label: string, value: string): string {
  return `${label}　${value}`;
}

function countLine(shown: LoadedMeeting): string {
  const { poll, seats, training } = shown;
  if (poll && shown.meeting.status === 'polling') {
    const voted = text.pollCount(countedVotes({ seats, poll }).length, invitedCenters(seats).length);
    return text.counts([voted, text.pollCloses(formatInstant(poll.closesAt))]);
  }
  if (training) return text.trainingCount(training.accepted, training.seats, training.waiting);
  const answered = seats.filter(({ answer }) => answer !== null);
  const counts = ATTENDANCES.map((each) =>
    text.count(ATTENDANCE_WORDS[each], answered.filter(({ answer }) => answer === each).length),
  );
  return text.counts([text.answered(answered.length, seats.length), ...counts]);
}

function buttonsOf({ meeting, training }: LoadedMeeting): types.Button[] {
  const { id, status } = meeting;
  const first =
    status === 'polling'
      ? button(ACTIONS.vote.actionId, ACTIONS.vote.label, id, 'primary')
      : training
        ? button(ACTIONS.apply.actionId, ACTIONS.apply.label, id, 'primary')
        : button(ACTIONS.attend.actionId, ACTIONS.attend.label, id, 'primary');
  return [first, button(ACTIONS.open.actionId, ACTIONS.open.label, id)];
}
