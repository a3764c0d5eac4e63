/** 変更 and 取りやめ of a planned roll-call, for whoever commands. */
import { button } from '../../../slack/block-kit.ts';
import type { RollCallPart } from '../parts.ts';
import { mayCommand } from '../rules.ts';
import { START_ACTIONS } from './actions.ts';
import { startingText as text } from './text.ts';

export const startingPart: RollCallPart = ({ rollCall, actor, standIn }) =>
  rollCall.status === 'scheduled' && mayCommand(actor, standIn)
    ? [
        {
          type: 'actions',
          elements: [
            button(START_ACTIONS.change, text.change, rollCall.id),
            button(START_ACTIONS.cancel, text.cancel, rollCall.id, 'danger'),
          ],
        },
      ]
    : [];
