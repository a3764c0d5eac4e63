/** The list of trainings to come and of courses of others, in chat and on its page. */
import type { types } from '@slack/bolt';
import {
  button,
  contextLine,
  markdownSection,
  noticeSections,
  plain,
  plainSections,
} from '../../../../slack/block-kit.ts';
import type { ModalView } from '../../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../../slack/mrkdwn.ts';
import { ACTIONS } from '../../actions.ts';
import { formatSpan, meetingText } from '../../text.ts';
import { trainingLines } from '../applying/blocks.ts';
import type { Course, ListedTraining } from '../data.ts';
import { OFFER } from '../offering/blocks.ts';
import { courseSection, OUTSIDE } from '../outside/blocks.ts';
import { outsideText } from '../outside/text.ts';
import { trainingText as text } from '../text.ts';

export const LIST_VIEW = 'training.list';
/** So many of each keep the view below Slack's 100 blocks. */
export const SHOWN = 40;

export interface Offered {
  trainings: readonly ListedTraining[];
  courses: readonly Course[];
  mayOffer: boolean;
  mayAnnounce: boolean;
}

export function trainingsModal(
  { trainings, courses, mayOffer, mayAnnounce }: Offered,
  { notices = [], links = [] }: { notices?: readonly string[]; links?: readonly types.Button[] } = {},
): ModalView {
  const actions = [
    ...(mayOffer ? [button(OFFER, text.buttons.offer, OFFER)] : []),
    ...(mayAnnounce ? [button(OUTSIDE, text.buttons.outside, OUTSIDE)] : []),
    ...links,
  ];
  return {
    type: 'modal',
    callback_id: LIST_VIEW,
    title: plain(text.title),
    close: plain(text.close),
    blocks: [
      ...noticeSections(notices),
      markdownSection(`*${text.ahead}*`),
      ...(trainings.length === 0 ? plainSections(text.none) : []),
      ...trainings.slice(0, SHOWN).map(listedSection),
      ...(trainings.length > SHOWN ? [contextLine(text.more(trainings.length - SHOWN))] : []),
      ...(courses.length === 0 ? [] : [markdownSection(`*${outsideText.heading}*`)]),
      ...courses.slice(0, SHOWN).map((course) => courseSection(course, mayAnnounce)),
      ...(courses.length > SHOWN ? [contextLine(text.more(courses.length - SHOWN))] : []),
      ...(actions.length === 0 ? [] : [{ type: 'actions' as const, elements: actions }]),
    ],
  };
}

function listedSection(each: ListedTraining): types.SectionBlock {
  const name = escapeMrkdwn(meetingText.name(each.reference, each.kindName, each.title));
  const lines = [
    `*${formatSpan(each.startsAt, each.endsAt)}*　${name}`,
    ...(each.place === null ? [] : [escapeMrkdwn(each.place)]),
    ...trainingLines({ training: each }),
    ...(each.own === null ? [] : [`*${each.own === 'accepted' ? text.state.accepted : text.state.inLine}*`]),
  ];
  return {
    ...markdownSection(lines.join('\n')),
    accessory: button(ACTIONS.apply.actionId, text.buttons.apply, each.id),
  };
}
