/** The list of operations on a case. */
import type { types } from '@slack/bolt';
import { contextLine, plain } from '../../../slack/block-kit.ts';
import type { ModalView } from '../../../slack/modal.ts';
import { ACTIONS, operationButton, readButton, timelineButton } from '../blocks.ts';
import type { LoadedConsultation } from '../data.ts';
import { consultationText as text } from '../text.ts';
import { timelineText } from '../timeline/text.ts';
import { buttonValueOf } from './rules.ts';
import type { Operation } from './words.ts';

/** Slack takes 25 elements a block; two a line read well on a phone. */
const BUTTONS_A_LINE = 2;

/** @param links to the case's page, where there is one to go to */
export function allOperationsModal(
  loaded: LoadedConsultation,
  operations: readonly Operation[],
  links: readonly types.Button[],
): ModalView {
  const { consultation: of, offer } = loaded;
  const buttons: types.Button[] = [
    readButton(of),
    timelineButton(of, timelineText.button),
    ...operations.map((operation) => operationButton(operation, buttonValueOf(operation, of, offer))),
    ...links,
  ];
  const lines: types.ActionsBlock[] = [];
  for (let first = 0; first < buttons.length; first += BUTTONS_A_LINE)
    lines.push({ type: 'actions', elements: buttons.slice(first, first + BUTTONS_A_LINE) });
  return {
    type: 'modal',
    callback_id: ACTIONS.all,
    title: plain(text.allOperationsTitle(of.reference)),
    close: plain(text.detailClose),
    blocks: operations.length > 0 ? lines : [contextLine(text.nothingToDo), ...lines],
  };
}
