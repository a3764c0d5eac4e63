/** What 地域ケア会議 and 地域課題 add to the view of a meeting, and the most frequent issues. */
import type { types } from '@slack/bolt';
import { button, contextLine, markdownSection, plain, plainSections } from '../../../slack/block-kit.ts';
import type { ModalView } from '../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import { TOPICS, type Topic } from '../../consultation/words.ts';
import { circleOf, type LoadedMeeting } from '../data.ts';
import type { MeetingPart } from '../parts.ts';
import { ACCEPT, ASK_CORE, DECLINE } from './asking/blocks.ts';
import { RECORD } from './recording/blocks.ts';
import { mayAnswerForCore, mayAskCore, mayRecordIssue, tableOf } from './rules.ts';
import { issuesText as text } from './text.ts';

export const issuesPart: MeetingPart = (loaded, actor, now) => {
  const { meeting, request } = loaded;
  const circle = circleOf(loaded);
  const { id } = meeting;
  const isWaiting = request !== null && request.answer === null && meeting.status !== 'cancelled';
  const isParty = actor.center.code === meeting.hostCenter || mayAnswerForCore(actor);
  const buttons = [
    ...(request === null && mayAskCore(actor, circle, meeting, now)
      ? [button(ASK_CORE, text.buttons.ask, id)]
      : []),
    ...(isWaiting && mayAnswerForCore(actor)
      ? [button(ACCEPT, text.buttons.decide, id, 'primary'), button(DECLINE, text.buttons.decline, id)]
      : []),
    ...(mayRecordIssue(actor, circle, meeting.status) ? [button(RECORD, text.buttons.record, id)] : []),
  ];
  return [
    ...(request !== null && isParty ? [contextLine(requestLine(loaded, request))] : []),
    ...(buttons.length === 0 ? [] : [{ type: 'actions' as const, elements: buttons }]),
  ];
};

function requestLine(
  { seats }: LoadedMeeting,
  { answer, attendee }: NonNullable<LoadedMeeting['request']>,
): string {
  if (answer === null) return text.ask.waiting;
  if (answer === 'declined') return text.ask.declined;
  const name = seats.find(({ person }) => person === attendee)?.name ?? '';
  return text.ask.accepted(escapeMrkdwn(name));
}

/** So many say where a city's troubles lie. */
const TOP = 5;

export function topModal(
  counts: readonly { topic: Topic; area: string; count: number }[],
  year: number,
  links: readonly types.Button[],
): ModalView {
  const rows = tableOf(counts, []).slice(0, TOP);
  const labels: Readonly<Record<string, string>> = TOPICS;
  return {
    type: 'modal',
    callback_id: 'issues.top',
    title: plain(text.title),
    close: plain(text.close),
    blocks: [
      markdownSection(`*${text.filters.yearOf(year)}　${text.top}*`),
      ...(rows.length === 0
        ? plainSections(text.none)
        : rows.map(({ topic, total }) => markdownSection(text.topLine(labels[topic] ?? topic, total)))),
      contextLine(text.openPage),
      { type: 'actions', elements: [...links] },
    ],
  };
}
