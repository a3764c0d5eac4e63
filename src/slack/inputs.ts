/** Inputs of modals. Every block holds one input: its block id is the field's name, its action id is `input` (`form.ts` reads it). */
import type { types } from '@slack/bolt';
import type { JapanDate } from '../lib/jst.ts';
import { option, plain } from './block-kit.ts';

export type InputElement = types.InputBlock['element'];

/** Slack shows at most 100 choices in a menu, or 100 groups of 100; a choice has at most 75 characters. */
const MAX_OPTIONS = 100;
const MAX_OPTION_TEXT = 75;

export function input(
  field: string,
  { label, hint }: { label: string; hint?: string },
  element: InputElement,
  isRequired = false,
): types.InputBlock {
  return {
    type: 'input',
    block_id: field,
    label: plain(label),
    optional: !isRequired,
    element,
    ...(hint ? { hint: plain(hint) } : {}),
  };
}

/** A choice, its words cut where Slack would refuse them. */
export function choice(value: string, label: string): types.PlainTextOption {
  return option(value, label.length > MAX_OPTION_TEXT ? `${label.slice(0, MAX_OPTION_TEXT - 1)}…` : label);
}

interface Typed {
  /** Characters, at most Slack's 3,000. */
  max?: number;
  initial?: string | null | undefined;
  placeholder?: string | undefined;
}

export function textLine({ max, initial, placeholder }: Typed = {}): types.PlainTextInput {
  return {
    type: 'plain_text_input',
    action_id: 'input',
    ...(max === undefined ? {} : { max_length: max }),
    ...(placeholder === undefined ? {} : { placeholder: plain(placeholder) }),
    ...(initial ? { initial_value: initial } : {}),
  };
}

export function textArea(typed: Typed = {}): types.PlainTextInput {
  return { ...textLine(typed), multiline: true };
}

/** A day, chosen beforehand where one is likely. */
export function datePicker(initial?: JapanDate): types.Datepicker {
  return { type: 'datepicker', action_id: 'input', ...(initial ? { initial_date: initial } : {}) };
}

/** `14:30` */
export function timePicker(initial?: string): types.Timepicker {
  return { type: 'timepicker', action_id: 'input', ...(initial ? { initial_time: initial } : {}) };
}

/** One of a few, all seen at once. Requires at most 10. */
export function radio(options: types.PlainTextOption[], chosen?: string): types.RadioButtons {
  return { type: 'radio_buttons', action_id: 'input', options, ...initialOf(options, chosen) };
}

/** Any of a few, all seen at once. Requires at least one and at most 10. */
export function checkboxes(
  options: types.PlainTextOption[],
  chosen: readonly string[] = [],
): types.Checkboxes {
  return { type: 'checkboxes', action_id: 'input', options, ...initialsOf(options, chosen) };
}

/** One of many. Requires at least one. */
export function select(
  options: types.PlainTextOption[],
  { chosen, placeholder }: { chosen?: string | undefined; placeholder?: string } = {},
): types.StaticSelect {
  return {
    type: 'static_select',
    action_id: 'input',
    ...(placeholder === undefined ? {} : { placeholder: plain(placeholder) }),
    ...grouped(options),
    ...initialOf(options, chosen),
  };
}

/** Any of many. Requires at least one. */
export function multiSelect(
  options: types.PlainTextOption[],
  { chosen = [], placeholder }: { chosen?: readonly string[]; placeholder?: string } = {},
): types.MultiStaticSelect {
  return {
    type: 'multi_static_select',
    action_id: 'input',
    ...(placeholder === undefined ? {} : { placeholder: plain(placeholder) }),
    ...grouped(options),
    ...initialsOf(options, chosen),
  };
}

/** The choices of a menu, in groups where there are more than Slack takes. */
function grouped(options: types.PlainTextOption[]) {
  if (options.length <= MAX_OPTIONS) return { options };
  const groups = Array.from({ length: Math.ceil(options.length / MAX_OPTIONS) }, (_, i) => i * MAX_OPTIONS);
  return {
    option_groups: groups.map((first) => ({
      label: plain(`${first + 1}〜${Math.min(first + MAX_OPTIONS, options.length)}`),
      options: options.slice(first, first + MAX_OPTIONS),
    })),
  };
}

function initialOf(options: readonly types.PlainTextOption[], chosen: string | undefined) {
  const initial = options.find(({ value }) => value === chosen);
  return initial ? { initial_option: initial } : {};
}

function initialsOf(options: readonly types.PlainTextOption[], chosen: readonly string[]) {
  const initial = options.filter(({ value }) => value !== undefined && chosen.includes(value));
  return initial.length > 0 ? { initial_options: initial } : {};
}
