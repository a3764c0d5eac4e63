/** Block Kit's inputs that people type into, and the one that takes files. */
import * as v from 'valibot';
import { dispatchConfig, plain } from './objects.ts';
import { richText } from './rich-text.ts';
import { flag, format, list, shape, text, whole } from './rule.ts';

const id = v.optional(text(255));
const optionalText = v.optional(text(3000, 0));
const typed = {
  action_id: id,
  placeholder: v.optional(plain(150)),
  focus_on_load: flag,
  dispatch_action_config: dispatchConfig,
};
const plainTextInput = v.pipe(
  shape({
    type: v.literal('plain_text_input'),
    ...typed,
    multiline: flag,
    initial_value: optionalText,
    min_length: v.optional(whole(0, 3000)),
    max_length: v.optional(whole(1, 3000)),
  }),
  v.check(
    (e) => (e.initial_value ?? '').length <= (e.max_length ?? 3000),
    'initial_value is over max_length',
  ),
  v.check((e) => (e.min_length ?? 0) <= (e.max_length ?? 3000), 'min_length is over max_length'),
);
const numeral = v.optional(format(/^-?\d+(\.\d+)?$/, 'a number as a string'));
const numberInput = shape({
  type: v.literal('number_input'),
  ...typed,
  is_decimal_allowed: v.boolean('must be a boolean'),
  initial_value: numeral,
  min_value: numeral,
  max_value: numeral,
});
const emailInput = shape({ type: v.literal('email_text_input'), ...typed, initial_value: optionalText });
const urlInput = shape({ type: v.literal('url_text_input'), ...typed, initial_value: optionalText });
const richTextInput = shape({
  type: v.literal('rich_text_input'),
  ...typed,
  initial_value: v.optional(richText),
});
const fileInput = shape({
  type: v.literal('file_input'),
  action_id: id,
  filetypes: v.optional(list(text(255), 100)),
  max_files: v.optional(whole(1, 10)),
});

/** All of them. */
export const typedInputs = [
  plainTextInput,
  numberInput,
  emailInput,
  urlInput,
  richTextInput,
  fileInput,
] as const;
