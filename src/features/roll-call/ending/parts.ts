/** 終える, for whoever commands; and when it is over, the way to the report. */

import { linkButton } from '../../../slack/modal.ts';
import { ACTIONS } from '../actions.ts';
import { cardText } from '../cards/text.ts';
import type { RollCallPart } from '../parts.ts';
import { reportPath } from '../paths.ts';
import { mayCommand } from '../rules.ts';

export const endingPart: RollCallPart = ({ rollCall, actor, standIn }, scope) => {
  const { id, status, reference } = rollCall;
  if (status === 'closed')
    return [{ type: 'actions', elements: [linkButton(scope, reportPath(reference), cardText.report)] }];
  return status === 'running' && mayCommand(actor, standIn)
    ? [{ type: 'actions', elements: [ACTIONS.end.button(id)] }]
    : [];
};
