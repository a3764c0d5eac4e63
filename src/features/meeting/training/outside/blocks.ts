/** A course of others: the form, its card, its line in the list. */
import type { types } from '@slack/bolt';
import { button, markdownSection, plain } from '../../../../slack/block-kit.ts';
import { datePicker, input, textLine } from '../../../../slack/inputs.ts';
import type { ModalView } from '../../../../slack/modal.ts';
import { escapeMrkdwn, linkTo } from '../../../../slack/mrkdwn.ts';
import type { Message } from '../../../../slack/outbox.ts';
import type { Course } from '../data.ts';
import { professionSelect } from '../inputs.ts';
import { MAX_PLACE, MAX_TITLE, MAX_URL } from '../offering/schema.ts';
import { trainingText } from '../text.ts';
import { outsideText as text } from './text.ts';

export const OUTSIDE = 'training.outside';
export const OUTSIDE_FORM = 'training.outside_form';
export const TAKE_BACK = 'training.outside_withdraw';

const MAX_OPTIONS = 100;

export function outsideModal(professions: readonly string[]): ModalView {
  const { fields } = text;
  return {
    type: 'modal',
    callback_id: OUTSIDE_FORM,
    title: plain(text.title),
    submit: plain(text.submit),
    close: plain(trainingText.back),
    blocks: [
      input('title', { label: fields.title }, textLine({ max: MAX_TITLE }), true),
      input('provider', { label: fields.provider }, textLine({ max: MAX_TITLE }), true),
      input('on', { label: fields.on }, datePicker(), true),
      input('place', { label: fields.place }, textLine({ max: MAX_PLACE })),
      input('url', { label: fields.url }, textLine({ max: MAX_URL })),
      input('applyBy', { label: fields.applyBy }, datePicker(), true),
      ...(professions.length > 0
        ? [
            input(
              'professions',
              { label: fields.professions },
              professionSelect(professions.slice(0, MAX_OPTIONS), trainingText.apply.choose),
            ),
          ]
        : []),
    ],
  };
}

/** mrkdwn lines of facts. */
export function courseLines(course: Course): string[] {
  const { facts } = text;
  const name = escapeMrkdwn(text.name(course.title, course.provider));
  const isGone = course.withdrawnAt !== null;
  return [
    `*${text.mark}*　${isGone ? `~${name}~${text.withdrawnMark}` : name}`,
    trainingText.fact(facts.on, text.day(course.on)),
    ...(course.place === null ? [] : [trainingText.fact(facts.place, escapeMrkdwn(course.place))]),
    trainingText.fact(facts.applyBy, text.day(course.applyBy)),
    trainingText.fact(facts.professions, escapeMrkdwn(trainingText.professionsOf(course.professions))),
    ...(course.url === null || isGone ? [] : [linkTo(course.url, text.link)]),
  ];
}

/** What stands in the heads' channel, or is sent to the centers' contacts. */
export function courseMessage(course: Course): Message {
  return {
    text: escapeMrkdwn(`${text.mark} ${text.name(course.title, course.provider)}`),
    blocks: [markdownSection(courseLines(course).join('\n'))],
  };
}

export function courseSection(course: Course, mayWithdraw: boolean): types.SectionBlock {
  const section = markdownSection(courseLines(course).join('\n'));
  if (!mayWithdraw) return section;
  return {
    ...section,
    accessory: {
      ...button(TAKE_BACK, text.withdraw, course.id),
      confirm: {
        title: plain(text.withdrawTitle),
        text: plain(text.withdrawQuestion),
        confirm: plain(text.withdrawConfirm),
        deny: plain(text.withdrawDeny),
      },
    },
  };
}
