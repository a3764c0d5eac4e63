/** The forms of 気づき・改善点 and of a promise. */
import type { types } from '@slack/bolt';
import { contextLine, markdownSection, plain } from '../../../slack/block-kit.ts';
import { choice, datePicker, input, select, textArea } from '../../../slack/inputs.ts';
import type { ModalView } from '../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { RollCall } from '../data.ts';
import { nameOf, rollCallText } from '../text.ts';
import type { Keeper, OpenedLesson } from './data.ts';
import { lessonsEndAt } from './rules.ts';
import { MAX_BODY, MAX_PROMISE } from './schema.ts';
import { lessonsText as text } from './text.ts';

export const LESSON_FORM = 'roll-call.lesson-form';
export const PROMISE_FORM = 'roll-call.promise-form';
export const LESSON_ACTIONS = { promise: 'roll-call.promise', keep: 'roll-call.promise-kept' } as const;

/** @param warning what its author is told of what was typed; sent again, it is stored */
export function lessonModal(rollCall: RollCall, warning: readonly types.SectionBlock[] = []): ModalView {
  const { id, closedAt } = rollCall;
  return {
    type: 'modal',
    callback_id: LESSON_FORM,
    private_metadata: `${id}/${warning.length > 0 ? 'warned' : ''}`,
    title: plain(text.title),
    submit: plain(rollCallText.submit),
    close: plain(rollCallText.cancel),
    blocks: [
      markdownSection(`*${escapeMrkdwn(nameOf(rollCall))}*`),
      ...warning,
      ...(closedAt === null ? [] : [markdownSection(text.intro(lessonsEndAt(closedAt)))]),
      input('body', { label: text.body, hint: text.bodyHint }, textArea({ max: MAX_BODY }), true),
      contextLine(text.reading),
    ],
  };
}

/** Shown on pages only: it holds what was typed. Requires that somebody works here. */
export function promiseModal(lesson: OpenedLesson, keepers: readonly Keeper[]): ModalView {
  const options = keepers.map(({ slackUserId, name, centerShort }) =>
    choice(slackUserId, `${centerShort}　${name}`),
  );
  const { promise, promisedBy, dueOn } = lesson;
  const fields = text.promise;
  return {
    type: 'modal',
    callback_id: PROMISE_FORM,
    private_metadata: `${lesson.id}/${lesson.version}`,
    title: plain(fields.title),
    submit: plain(fields.submit),
    close: plain(rollCallText.cancel),
    blocks: [
      { type: 'section', text: plain(text.from(lesson.centerShort, lesson.at)) },
      { type: 'section', text: plain(lesson.body) },
      input(
        'what',
        { label: fields.what, hint: fields.whatHint },
        textArea({ max: MAX_PROMISE, initial: promise }),
        true,
      ),
      input('who', { label: fields.who }, select(options, { chosen: promisedBy ?? undefined }), true),
      input('due', { label: fields.due }, datePicker(dueOn ?? undefined), true),
    ],
  };
}
