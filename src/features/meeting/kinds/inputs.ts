/** Inputs of the form of a kind of meeting. */
import type { types } from '@slack/bolt';
import { plain } from '../../../slack/block-kit.ts';
import { kindsText as text } from './text.ts';

type InputElement = types.InputBlock['element'];

export function typed(value: string | undefined, isMultiline = false): InputElement {
  return {
    type: 'plain_text_input',
    action_id: 'input',
    ...(isMultiline ? { multiline: true } : {}),
    ...(value ? { initial_value: value } : {}),
  };
}

export function radio(options: types.PlainTextOption[], chosen: string): InputElement {
  const initial = options.find(({ value }) => value === chosen);
  return {
    type: 'radio_buttons',
    action_id: 'input',
    options,
    ...(initial ? { initial_option: initial } : {}),
  };
}

export function checkboxes(options: types.PlainTextOption[], chosen: readonly string[]): InputElement {
  const initial = options.filter(({ value }) => value !== undefined && chosen.includes(value));
  return {
    type: 'checkboxes',
    action_id: 'input',
    options,
    ...(initial.length > 0 ? { initial_options: initial } : {}),
  };
}

export function multiSelect(options: types.PlainTextOption[], chosen: readonly string[]): InputElement {
  const initial = options.filter(({ value }) => value !== undefined && chosen.includes(value));
  return {
    type: 'multi_static_select',
    action_id: 'input',
    options,
    placeholder: plain(text.choose),
    ...(initial.length > 0 ? { initial_options: initial } : {}),
  };
}
