/** Inputs of the forms of 研修 that `directory/inputs.ts` does not have. */
import type { types } from '@slack/bolt';
import { option, plain } from '../../../slack/block-kit.ts';

type InputElement = types.InputBlock['element'];

export function textLine(initial = '', maxLength?: number): InputElement {
  return {
    type: 'plain_text_input',
    action_id: 'input',
    ...(maxLength === undefined ? {} : { max_length: maxLength }),
    ...(initial === '' ? {} : { initial_value: initial }),
  };
}

/** `14:30` */
export function timePicker(initial?: string): InputElement {
  return {
    type: 'timepicker',
    action_id: 'input',
    ...(initial === undefined ? {} : { initial_time: initial }),
  };
}

/** Which professions something is for. Requires at least one. */
export function professionSelect(professions: readonly string[], placeholder: string): InputElement {
  return {
    type: 'multi_static_select',
    action_id: 'input',
    placeholder: plain(placeholder),
    options: professions.map((each) => option(each, each)),
  };
}

export function choice(options: types.PlainTextOption[], chosen?: string): InputElement {
  const initial = options.find(({ value }) => value === chosen);
  return {
    type: 'static_select',
    action_id: 'input',
    options,
    ...(initial ? { initial_option: initial } : {}),
  };
}
