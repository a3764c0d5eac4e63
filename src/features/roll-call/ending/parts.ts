/** 終える, for whoever commands. */

import { ACTIONS } from '../actions.ts';
import type { RollCallPart } from '../parts.ts';
import { mayCommand } from '../rules.ts';

export const endingPart: RollCallPart = ({ rollCall, actor, standIn }) =>
  rollCall.status === 'running' && mayCommand(actor, standIn)
    ? [{ type: 'actions', elements: [ACTIONS.end.button(rollCall.id)] }]
    : [];
