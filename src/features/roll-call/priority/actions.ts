/** The button that opens what a center prepares for 優先安否確認. */
import type { types } from '@slack/bolt';
import { button } from '../../../slack/block-kit.ts';
import type { Actor } from '../../directory/actor.ts';
import { priorityCenterOf } from './rules.ts';
import { priorityText as text } from './text.ts';

export const PRIORITY_FORM = 'roll-call.priority';

/** For the menu of 点呼: nothing for the core center and the city, who keep none. */
export function priorityButtons(actor: Actor): types.Button[] {
  return priorityCenterOf(actor) === undefined ? [] : [button(PRIORITY_FORM, text.button, 'own')];
}
