/** The course of a case in a modal, newest first, a page at a time. */
import type { types } from '@slack/bolt';
import { cutText } from '../../../lib/japanese.ts';
import { formatInstant } from '../../../lib/jst.ts';
import { contextLine, markdownSection, plain, plainSections } from '../../../slack/block-kit.ts';
import type { ModalView } from '../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import { ACTIONS, timelineButton } from '../blocks.ts';
import type { Consultation } from '../data.ts';
import { consultationText } from '../text.ts';
import { detailRows, sentenceOf, type TimelineLine } from './lines.ts';
import { timelineText as text } from './text.ts';

/** With three blocks a line well below Slack's 100. */
export const LINES_A_PAGE = 20;

/** Characters of one line's texts: 20 lines of four-byte letters stay below Slack's 250,000 bytes a modal. */
const MAX_TEXT = 2_000;

/** A page of the course: the lines newest first, and how many there are in all. */
export interface TimelinePage {
  lines: readonly TimelineLine[];
  total: number;
}

export function timelineModal(of: Consultation, { lines, total }: TimelinePage): ModalView {
  const newest = lines[0]?.seq ?? 0;
  const oldest = lines.at(-1)?.seq ?? 0;
  const buttons = [
    ...(oldest > 1 ? [timelineButton(of, text.older, oldest)] : []),
    ...(newest < total ? [timelineButton(of, text.latest)] : []),
  ];
  return {
    type: 'modal',
    callback_id: ACTIONS.timeline,
    title: plain(text.title(of.reference)),
    close: plain(consultationText.detailClose),
    blocks: [
      contextLine(text.shown(oldest, newest, total)),
      ...lines.flatMap(lineBlocks),
      // One block each: inside a block Slack wants every action id once.
      ...buttons.map((each) => ({ type: 'actions', elements: [each] }) as const),
      contextLine(consultationText.loggedNotice),
    ],
  };
}

function lineBlocks(line: TimelineLine): types.KnownBlock[] {
  const below = [...detailRows(line), ...line.texts.map(({ body }) => body)].join('\n');
  const [shown = '', ...rest] = cutText(below, MAX_TEXT);
  return [
    { type: 'divider' },
    markdownSection(`*${formatInstant(line.at)}*　${escapeMrkdwn(sentenceOf(line))}`),
    ...(shown === '' ? [] : plainSections(rest.length > 0 ? `${shown}${text.cut}` : shown)),
  ];
}
