/** One meeting as a modal, and as the first part of its page. */
import type { types } from '@slack/bolt';
import { contextLine, markdownSection, noticeSections, plain } from '../../../slack/block-kit.ts';
import type { ModalView } from '../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { Actor } from '../../directory/actor.ts';
import { agendaPart } from '../agenda/blocks.ts';
import { attendancePart } from '../attendance/blocks.ts';
import { factLines } from '../cards/blocks.ts';
import { changingPart } from '../changing/blocks.ts';
import type { LoadedMeeting } from '../data.ts';
import { issuesPart } from '../issues/blocks.ts';
import { minutesPart } from '../minutes/blocks.ts';
import type { MeetingPart } from '../parts.ts';
import { pollPart } from '../poll/blocks.ts';
import { meetingText as text } from '../text.ts';
import { trainingPart } from '../training/blocks.ts';

/** In the order in which they stand. */
const PARTS: readonly MeetingPart[] = [
  pollPart,
  trainingPart,
  attendancePart,
  agendaPart,
  minutesPart,
  issuesPart,
  changingPart,
];

export const OPEN_VIEW = 'meeting.view';
/** Slack's limit of a view. */
const MAX_BLOCKS = 100;

/**
 * Requires that the actor may see the meeting.
 * @param notices what was just done, said first
 * @param isNamed whether the name stands in it: not on the page, whose heading it is
 */
export function meetingModal(
  loaded: LoadedMeeting,
  actor: Actor,
  now: Date,
  {
    notices = [],
    links = [],
    isNamed = true,
  }: { notices?: readonly string[]; links?: readonly types.Button[]; isNamed?: boolean } = {},
): ModalView {
  const { meeting, kind } = loaded;
  const blocks: types.KnownBlock[] = [
    ...noticeSections(notices),
    markdownSection(
      [
        ...(isNamed ? [`*${escapeMrkdwn(text.name(meeting.reference, kind.name, meeting.title))}*`] : []),
        ...factLines(loaded),
      ].join('\n'),
    ),
    ...(meeting.isPrivate ? [contextLine(text.privateMark)] : []),
    ...PARTS.flatMap((part) => part(loaded, actor, now)),
    ...(links.length > 0 ? [{ type: 'actions' as const, elements: [...links] }] : []),
  ];
  return {
    type: 'modal',
    callback_id: OPEN_VIEW,
    private_metadata: meeting.id,
    title: plain(text.title),
    close: plain(text.close),
    blocks: blocks.slice(0, MAX_BLOCKS),
  };
}
