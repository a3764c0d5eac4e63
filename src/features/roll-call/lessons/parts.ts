/** 気づき・改善点を送る in the modal of a roll-call, as long as they are taken. */
import { markdownSection } from '../../../slack/block-kit.ts';
import { ACTIONS } from '../actions.ts';
import { centersOf } from '../data.ts';
import type { RollCallPart } from '../parts.ts';
import { lessonsEndAt, maySendLesson, takesLessons } from './rules.ts';
import { lessonsText as text } from './text.ts';

export const lessonsPart: RollCallPart = ({ rollCall, actor, now }) => {
  const { closedAt, id } = rollCall;
  if (closedAt === null || !takesLessons(rollCall, now) || !maySendLesson(actor, centersOf(rollCall)))
    return [];
  return [
    markdownSection(`*${text.heading}*　${text.open(lessonsEndAt(closedAt))}`),
    { type: 'actions', elements: [ACTIONS.lesson.button(id)] },
  ];
};
