/** The modal of `/kikan 会議`: what comes next for this person, and what she can do. */
import type { types } from '@slack/bolt';
import { button, contextLine, markdownSection, plain } from '../../../slack/block-kit.ts';
import type { ModalView } from '../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import { ACTIONS } from '../actions.ts';
import { formatSpan, meetingText } from '../text.ts';
import { ATTENDANCE_WORDS } from '../words.ts';
import type { ListedMeeting } from './data.ts';
import type { MenuEntry } from './rules.ts';
import { menuText as text } from './text.ts';

/** Slack takes so many buttons in one row. */
const ROW = 5;

/** @param hasMore whether there are more of them than are shown */
export function menuModal(
  meetings: readonly ListedMeeting[],
  entries: readonly Pick<MenuEntry, 'actionId' | 'label'>[],
  { hasMore, links }: { hasMore: boolean; links: readonly types.Button[] },
): ModalView {
  const rows = Array.from({ length: Math.ceil(entries.length / ROW) }, (_, i) =>
    entries.slice(i * ROW, (i + 1) * ROW),
  );
  return {
    type: 'modal',
    callback_id: 'meeting.menu',
    title: plain(meetingText.title),
    close: plain(meetingText.close),
    blocks: [
      markdownSection(`*${text.mine}*`),
      ...(meetings.length === 0 ? [markdownSection(text.none)] : meetings.map(listedSection)),
      ...(hasMore ? [contextLine(text.more)] : []),
      { type: 'divider' },
      markdownSection(`*${text.doMore}*`),
      ...rows.map((row) => ({
        type: 'actions' as const,
        elements: row.map(({ actionId, label }) => button(actionId, label, actionId)),
      })),
      ...(links.length > 0 ? [{ type: 'actions' as const, elements: [...links] }] : []),
    ],
  };
}

/** A meeting of a list: date, name, and what is still asked of whoever looks. */
export function listedSection(meeting: ListedMeeting): types.SectionBlock {
  const { id, reference, kindName, title, startsAt, endsAt } = meeting;
  const name = escapeMrkdwn(meetingText.name(reference, kindName, title));
  const date = startsAt && endsAt ? formatSpan(startsAt, endsAt) : meetingText.dateOpen;
  const asked = askedOf(meeting);
  return {
    ...markdownSection([`*${date}*`, name, ...(asked === undefined ? [] : [asked])].join('\n')),
    accessory: button(ACTIONS.open.actionId, text.open, id),
  };
}

/** What somebody still has to answer, or what she answered. */
export function askedOf({ isInvited, status, hasVoted, answer }: ListedMeeting): string | undefined {
  if (!isInvited) return undefined;
  if (status === 'polling') return hasVoted ? text.voted : text.waiting.vote;
  return answer === null ? text.waiting.attend : text.answered(ATTENDANCE_WORDS[answer]);
}
