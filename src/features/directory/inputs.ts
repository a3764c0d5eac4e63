/** Inputs of modals. Every block holds one input; its block id is the field's name. */
import type { types } from '@slack/bolt';
import type { JapanDate } from '../../lib/jst.ts';
import { option, plain } from '../../slack/block-kit.ts';

type InputElement = types.InputBlock['element'];

/** Slack shows at most 100 choices in a menu, or 100 groups of 100. */
const MAX_OPTIONS = 100;

interface Listed {
  slackUserId: string;
  name: string;
}

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

/** A day, chosen beforehand where one is likely. */
export function datePicker(initial?: JapanDate): InputElement {
  return { type: 'datepicker', action_id: 'input', ...(initial ? { initial_date: initial } : {}) };
}

export function line(initial: string, placeholder: string): InputElement {
  return {
    type: 'plain_text_input',
    action_id: 'input',
    max_length: 20,
    placeholder: plain(placeholder),
    ...(initial ? { initial_value: initial } : {}),
  };
}

/** A choice of one of these people, who must not be none; `chosen` is chosen beforehand. */
export function personSelect(people: readonly Listed[], placeholder: string, chosen?: string): InputElement {
  const initial = people.find((person) => person.slackUserId === chosen);
  return {
    type: 'static_select',
    action_id: 'input',
    placeholder: plain(placeholder),
    ...choicesOf(people),
    ...(initial ? { initial_option: optionOf(initial) } : {}),
  };
}

/** A choice of any of these people, who must not be none. */
export function peopleSelect(
  people: readonly Listed[],
  placeholder: string,
  chosen: readonly string[],
): InputElement {
  const initial = people.filter((person) => chosen.includes(person.slackUserId)).map(optionOf);
  return {
    type: 'multi_static_select',
    action_id: 'input',
    placeholder: plain(placeholder),
    ...choicesOf(people),
    ...(initial.length > 0 ? { initial_options: initial } : {}),
  };
}

function choicesOf(people: readonly Listed[]) {
  const options = people.map(optionOf);
  if (options.length <= MAX_OPTIONS) return { options };
  const groups = Array.from({ length: Math.ceil(options.length / MAX_OPTIONS) }, (_, i) => i * MAX_OPTIONS);
  return {
    option_groups: groups.map((first) => ({
      label: plain(`${first + 1}〜${Math.min(first + MAX_OPTIONS, options.length)}`),
      options: options.slice(first, first + MAX_OPTIONS),
    })),
  };
}

function optionOf({ slackUserId, name }: Listed): types.PlainTextOption {
  return option(slackUserId, name);
}
