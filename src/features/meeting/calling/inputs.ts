/** What the inputs of the forms of calling and polling hold; `directory/inputs.ts` makes the blocks around them. */
import type { types } from '@slack/bolt';
import { option, plain } from '../../../slack/block-kit.ts';

type InputElement = types.InputBlock['element'];

/** Slack shows at most 100 choices in a menu, or 100 groups of 100; a choice has at most 75 characters. */
const MAX_OPTIONS = 100;
const MAX_OPTION_TEXT = 75;

/** A choice, its words cut where Slack would refuse them. */
export function choice(value: string, label: string): types.PlainTextOption {
  return option(value, label.length > MAX_OPTION_TEXT ? `${label.slice(0, MAX_OPTION_TEXT - 1)}…` : label);
}

/** One of a few, all seen at once. */
export function radio(options: types.PlainTextOption[], chosen?: string): InputElement {
  const initial = options.find(({ value }) => value === chosen);
  return {
    type: 'radio_buttons',
    action_id: 'input',
    options,
    ...(initial ? { initial_option: initial } : {}),
  };
}

/** The choices of a menu, in groups where there are more than Slack takes. */
export function groupedChoices(options: types.PlainTextOption[]) {
  if (options.length <= MAX_OPTIONS) return { options };
  const groups = Array.from({ length: Math.ceil(options.length / MAX_OPTIONS) }, (_, i) => i * MAX_OPTIONS);
  return {
    option_groups: groups.map((first) => ({
      label: plain(`${first + 1}〜${Math.min(first + MAX_OPTIONS, options.length)}`),
      options: options.slice(first, first + MAX_OPTIONS),
    })),
  };
}

export function select(
  options: types.PlainTextOption[],
  placeholder: string,
  chosen?: string,
): types.StaticSelect {
  const initial = options.find(({ value }) => value === chosen);
  return {
    type: 'static_select',
    action_id: 'input',
    placeholder: plain(placeholder),
    ...groupedChoices(options),
    ...(initial ? { initial_option: initial } : {}),
  };
}

export function checkbox(value: string, label: string, isChecked: boolean): InputElement {
  const only = option(value, label);
  return {
    type: 'checkboxes',
    action_id: 'input',
    options: [only],
    ...(isChecked ? { initial_options: [only] } : {}),
  };
}

export function timePicker(initial?: string): InputElement {
  return { type: 'timepicker', action_id: 'input', ...(initial ? { initial_time: initial } : {}) };
}

/** @param max characters */
export function textLine(max: number, initial: string | null = null): InputElement {
  return {
    type: 'plain_text_input',
    action_id: 'input',
    max_length: max,
    ...(initial ? { initial_value: initial } : {}),
  };
}

/** @param max characters, at most Slack's 3,000 */
export function textArea(max: number, placeholder?: string): InputElement {
  return {
    type: 'plain_text_input',
    action_id: 'input',
    multiline: true,
    max_length: max,
    ...(placeholder === undefined ? {} : { placeholder: plain(placeholder) }),
  };
}
