/** What a training adds to the view of its meeting. */
import { button, markdownSection } from '../../../slack/block-kit.ts';
import { ACTIONS } from '../actions.ts';
import { circleOf } from '../data.ts';
import type { MeetingPart } from '../parts.ts';
import { mayArrange } from '../rules.ts';
import { SEATS, trainingLines } from './applying/blocks.ts';
import { isSurveyOpen } from './rules.ts';
import { SURVEY } from './survey/blocks.ts';
import { trainingText as text } from './text.ts';

export const trainingPart: MeetingPart = (loaded, actor, now) => {
  if (!loaded.training) return [];
  const { id, status, endsAt } = loaded.meeting;
  const isAhead = status === 'fixed' && endsAt !== null && now < endsAt;
  const hasSeat = loaded.seats.some(({ seat }) => seat === `person:${actor.slackUserId}`);
  const isAsked = hasSeat && status !== 'cancelled' && endsAt !== null && isSurveyOpen(endsAt, now);
  const buttons = [
    ...(isAhead ? [button(ACTIONS.apply.actionId, text.buttons.apply, id, 'primary')] : []),
    ...(isAhead && mayArrange(actor, circleOf(loaded)) ? [button(SEATS, text.buttons.seats, id)] : []),
    ...(isAsked ? [button(SURVEY, text.buttons.survey, id, 'primary')] : []),
  ];
  return [
    markdownSection(trainingLines(loaded).join('\n')),
    ...(buttons.length === 0 ? [] : [{ type: 'actions' as const, elements: buttons }]),
  ];
};
