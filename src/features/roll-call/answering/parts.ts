/** One's own answer in the view of a roll-call, and the buttons to answer, for oneself and for others. */
import type { types } from '@slack/bolt';
import { contextLine, markdownSection } from '../../../slack/block-kit.ts';
import { ACTIONS } from '../actions.ts';
import type { RosterRow } from '../data.ts';
import type { RollCallPart } from '../parts.ts';
import { WAY_WORDS } from '../words.ts';
import { whoEntered } from './notices.ts';
import { answeringText as text } from './text.ts';

export const answeringPart: RollCallPart = ({ rollCall, actor, own }) => {
  const { id, status } = rollCall;
  if (status !== 'running' && status !== 'closed') return [];
  const isRunning = status === 'running';
  const mayEnter = actor.center.kind !== 'city' || own !== undefined;
  const buttons: types.Button[] = [
    ...(isRunning && own ? [ACTIONS.safe.button(id), ACTIONS.reply.button(id)] : []),
    ...(isRunning && mayEnter ? [ACTIONS.replyFor.button(id)] : []),
  ];
  return [
    ...(own ? ownBlocks(own) : []),
    ...(buttons.length > 0 ? [{ type: 'actions' as const, elements: buttons }] : []),
  ];
};

function ownBlocks(own: RosterRow): types.KnownBlock[] {
  const isHelpOpen = own.helpSince !== null && own.helpClearedAt === null;
  return [
    { type: 'divider' },
    markdownSection(ownLine(own)),
    ...(isHelpOpen && own.helpSince ? [contextLine(text.own.helpOpen(own.helpSince))] : []),
  ];
}

function ownLine(own: RosterRow): string {
  const { answeredAt, answeredBy, way, person } = own;
  if (answeredAt === null || way === null) return text.own.silent;
  const answer = text.answerWords(own);
  return answeredBy === null || answeredBy === person || answeredBy === 'link'
    ? text.own.answered(answer, answeredAt, WAY_WORDS[way])
    : text.own.answeredBy(answer, answeredAt, whoEntered(answeredBy));
}
