/** What the inputs of the modals of 相談 hold; `directory/inputs.ts` makes the blocks. */
import type { types } from '@slack/bolt';
import { cutText } from '../../lib/japanese.ts';
import { option, plain } from '../../slack/block-kit.ts';
import { input } from '../directory/inputs.ts';
import { MAX_BODY } from './schema.ts';
import { consultationText as text } from './text.ts';
import { codesOf, SUPPORTS, type Support, TOPICS, type Topic } from './words.ts';

type InputElement = types.InputBlock['element'];
interface FieldText {
  label: string;
  hint?: string;
  placeholder?: string;
}

export function radio(options: types.PlainTextOption[], chosen?: number): InputElement {
  const initial = chosen === undefined ? undefined : options[chosen];
  return {
    type: 'radio_buttons',
    action_id: 'input',
    options,
    ...(initial ? { initial_option: initial } : {}),
  };
}

export function select(options: types.PlainTextOption[]): InputElement {
  return { type: 'static_select', action_id: 'input', options, placeholder: plain(text.selectPlaceholder) };
}

/** `chosen` are chosen beforehand. */
export function multiSelect(
  options: types.PlainTextOption[],
  placeholder: string,
  chosen: readonly string[] = [],
): InputElement {
  const initial = options.filter(({ value }) => value !== undefined && chosen.includes(value));
  return {
    type: 'multi_static_select',
    action_id: 'input',
    options,
    placeholder: plain(placeholder),
    ...(initial.length > 0 ? { initial_options: initial } : {}),
  };
}

/** `14:30`; `initial` is chosen beforehand. */
export function timePicker(initial?: string | null): InputElement {
  return { type: 'timepicker', action_id: 'input', ...(initial ? { initial_time: initial } : {}) };
}

export function line({ placeholder }: FieldText): InputElement {
  return {
    type: 'plain_text_input',
    action_id: 'input',
    ...(placeholder ? { placeholder: plain(placeholder) } : {}),
  };
}

export function paragraph(initial: string): InputElement {
  const [first = ''] = cutText(initial, MAX_BODY);
  return {
    type: 'plain_text_input',
    action_id: 'input',
    multiline: true,
    max_length: MAX_BODY,
    ...(first ? { initial_value: first } : {}),
  };
}

/** 分類 and 求める支援, as a consultation is sent with them and as they are put right. */
export function classificationInputs(chosen?: {
  topics: readonly Topic[];
  supports: readonly Support[];
}): types.InputBlock[] {
  const { topics, supports } = text.fields;
  return [
    input(
      'topics',
      topics,
      multiSelect(
        codesOf(TOPICS).map((code) => option(code, TOPICS[code])),
        topics.placeholder,
        chosen?.topics,
      ),
    ),
    input(
      'supports',
      supports,
      multiSelect(
        codesOf(SUPPORTS).map((code) => option(code, SUPPORTS[code])),
        supports.placeholder,
        chosen?.supports,
      ),
    ),
  ];
}
