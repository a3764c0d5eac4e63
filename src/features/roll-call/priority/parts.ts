/** In the view of a roll-call: how far the own center is with 優先安否確認. Figures only; names stand on their page. */
import type { types } from '@slack/bolt';
import { contextLine, markdownSection } from '../../../slack/block-kit.ts';
import { ACTIONS } from '../actions.ts';
import { centersOf } from '../data.ts';
import type { RollCallPart } from '../parts.ts';
import { priorityButtons } from './actions.ts';
import { type Checks, checksOf } from './data.ts';
import { priorityCenterOf } from './rules.ts';
import { priorityText } from './text.ts';

const text = priorityText.part;

export const priorityPart: RollCallPart = async ({ rollCall, actor }, { db }) => {
  const center = priorityCenterOf(actor);
  const isAsked = center !== undefined && (centersOf(rollCall)?.includes(center) ?? true);
  if (!isAsked || rollCall.startedAt === null) return [];
  const own = (await checksOf(db, rollCall.id)).get(center);
  const isRunning = rollCall.status === 'running';
  if (!own) return isRunning ? [contextLine(text.none), actions(priorityButtons(actor))] : [];
  const lines = [
    text.line(own.done, own.total),
    ...(own.help === null || own.absent === null ? [] : [text.detail(own.help, own.absent)]),
  ];
  return [
    markdownSection(lines.join('\n')),
    ...(isRunning && isListed(own) ? [actions([ACTIONS.checks.button(rollCall.id)])] : []),
  ];
};

/** Whether the figures come from a list that can be ticked off. */
export function isListed({ absent }: Checks): boolean {
  return absent !== null;
}

function actions(elements: types.Button[]): types.KnownBlock {
  return { type: 'actions', elements };
}
