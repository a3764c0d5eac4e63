/** What a poll tells whom: that it opened, that somebody is still silent, that it closed. References, dates and words of ours only. */
import type { types } from '@slack/bolt';
import { formatInstant } from '../../../lib/jst.ts';
import { button, markdownSection } from '../../../slack/block-kit.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { Message, OutboxEntry } from '../../../slack/outbox.ts';
import { ACTIONS } from '../actions.ts';
import type { InvitedSeat, LoadedMeeting } from '../data.ts';
import { formatSpan, meetingText } from '../text.ts';
import { POLL_ACTIONS } from './actions.ts';
import type { RankedDate, ReminderHours } from './rules.ts';
import { pollText as text } from './text.ts';

type Named = { id: string; reference: string; kindName: string; title: string | null };

/** More candidates than these are for the form to show. */
const MAX_LISTED = 6;

/** What the notice is called that a poll was opened, anew each time: reminders count from the latest one. */
export const OPENED_MARK = 'poll/open/';
export function openedMark(at: Date): string {
  return `${OPENED_MARK}${at.getTime()}`;
}

/** What the notice of a reminder is called. A poll that was opened again with another deadline reminds again. */
export function reminderMark(hours: ReminderHours, closesAt: Date): string {
  return `poll/${hours}/${closesAt.getTime()}`;
}

/** Staff who hear that a poll is open, each once: whose seats they are, and the contacts of each center that votes. */
export function votersOf(
  seats: readonly Pick<InvitedSeat, 'person' | 'center'>[],
  contacts: ReadonlyMap<string, readonly string[]>,
): string[] {
  const all = seats.flatMap(({ person, center }) => [
    ...(person === null ? [] : [person]),
    ...(center === null ? [] : (contacts.get(center) ?? [])),
  ]);
  return [...new Set(all)];
}

/** @param isAgain whether it was open before */
export function openedEntries(
  of: Named,
  { closesAt, dates }: { closesAt: Date; dates: readonly { startsAt: Date; endsAt: Date }[] },
  people: readonly string[],
  isAgain: boolean,
): OutboxEntry[] {
  const name = escapeMrkdwn(nameOf(of));
  const lines = [
    isAgain ? text.reopened(name) : text.opened(name),
    dates.length > MAX_LISTED
      ? text.candidates(dates.length)
      : text.candidateList(dates.map(({ startsAt, endsAt }) => formatSpan(startsAt, endsAt))),
    text.until(formatInstant(closesAt)),
  ];
  return people.map((person) => ({ kind: 'direct', person, message: voteMessage(of, lines) }));
}

export function reminderEntry(of: Named, closesAt: Date, person: string): OutboxEntry {
  const lines = [text.reminder(escapeMrkdwn(nameOf(of))), text.until(formatInstant(closesAt))];
  return { kind: 'direct', person, message: voteMessage(of, lines) };
}

/** To whoever is to decide now. */
export function closedEntries(
  { meeting, kind }: Pick<LoadedMeeting, 'meeting' | 'kind'>,
  best: readonly RankedDate[],
  people: readonly string[],
): OutboxEntry[] {
  const of = { ...meeting, kindName: kind.name };
  const message: Message = {
    text: escapeMrkdwn(nameOf(of)),
    blocks: [
      markdownSection([text.closedDm(escapeMrkdwn(nameOf(of))), ...bestLines(best)].join('\n')),
      {
        type: 'actions',
        elements: [
          button(POLL_ACTIONS.decide, text.buttons.decide, meeting.id, 'primary'),
          button(ACTIONS.open.actionId, ACTIONS.open.label, meeting.id),
        ],
      },
    ],
  };
  return people.map((person) => ({ kind: 'direct', person, message }));
}

/** The best dates with how the centers find them, one a line. */
export function bestLines(best: readonly RankedDate[]): string[] {
  return best.map(({ startsAt, endsAt, tally, isQuorate }, index) =>
    text.bestLine(index + 1, formatSpan(startsAt, endsAt), tally, isQuorate),
  );
}

function voteMessage(of: Named, lines: readonly string[]): Message {
  const elements: types.Button[] = [
    button(ACTIONS.vote.actionId, ACTIONS.vote.label, of.id, 'primary'),
    button(ACTIONS.open.actionId, ACTIONS.open.label, of.id),
  ];
  return {
    text: escapeMrkdwn(nameOf(of)),
    blocks: [markdownSection(lines.join('\n')), { type: 'actions', elements }],
  };
}

function nameOf({ reference, kindName, title }: Named): string {
  return meetingText.name(reference, kindName, title);
}
