/** Block Kit's elements and which of them each kind of block takes. Limits: docs.slack.dev/reference/block-kit. */
import * as v from 'valibot';
import { knowsInitial, UNKNOWN_INITIAL } from './choices.ts';
import { interactive, menu, multiMenus, singleMenus } from './menus.ts';
import { confirm, linkOption, plain, richOption } from './objects.ts';
import { format, list, oneOf, shape, text, whole, word } from './rule.ts';
import { typedInputs } from './typed-inputs.ts';

const id = v.optional(text(255));

const button = shape({
  type: v.literal('button'),
  action_id: id,
  text: plain(75),
  url: v.optional(text(3000)),
  value: v.optional(text(2000)),
  style: v.optional(word('primary', 'danger')),
  confirm,
  accessibility_label: v.optional(text(75)),
});
const overflow = shape({ type: v.literal('overflow'), action_id: id, options: list(linkOption, 5), confirm });
const isRealDate = (value: string) =>
  !Number.isNaN(Date.parse(`${value}T00:00:00Z`)) &&
  new Date(`${value}T00:00:00Z`).toISOString().startsWith(value);
const datepicker = shape({
  type: v.literal('datepicker'),
  ...menu,
  initial_date: v.optional(
    v.pipe(
      format(/^\d{4}-\d{2}-\d{2}$/, 'YYYY-MM-DD'),
      v.check(isRealDate, 'must be a date of the calendar'),
    ),
  ),
});
const timepicker = shape({
  type: v.literal('timepicker'),
  ...menu,
  initial_time: v.optional(format(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:mm')),
  timezone: v.optional(text(255)),
});
const datetimepicker = shape({
  type: v.literal('datetimepicker'),
  ...interactive,
  initial_date_time: v.optional(whole(1_000_000_000, 9_999_999_999)),
});
const checkboxes = v.pipe(
  shape({
    type: v.literal('checkboxes'),
    ...interactive,
    options: list(richOption, 10),
    initial_options: v.optional(list(richOption, 10)),
  }),
  v.check((e) => knowsInitial(e), UNKNOWN_INITIAL),
);
const radioButtons = v.pipe(
  shape({
    type: v.literal('radio_buttons'),
    ...interactive,
    options: list(richOption, 10),
    initial_option: v.optional(richOption),
  }),
  v.check((e) => knowsInitial(e), UNKNOWN_INITIAL),
);

/** A picture inside a section or context block. */
export const imageElement = v.pipe(
  shape({
    type: v.literal('image'),
    image_url: v.optional(text(3000)),
    slack_file: v.optional(v.record(v.string(), v.string())),
    alt_text: text(2000),
  }),
  v.check(
    (e) => (e.image_url === undefined) !== (e.slack_file === undefined),
    'must define image_url or slack_file',
  ),
);

const pickers = [datepicker, timepicker, checkboxes, radioButtons] as const;

/** What may stand beside a section. */
export const sectionAccessory = oneOf([
  button,
  overflow,
  imageElement,
  ...singleMenus,
  ...multiMenus,
  ...pickers,
]);

/** What may stand in an actions block. */
export const actionElement = oneOf([button, overflow, ...singleMenus, ...pickers, datetimepicker]);

/** What may stand in an input block. */
export const inputElement = oneOf([
  ...singleMenus,
  ...multiMenus,
  ...pickers,
  datetimepicker,
  ...typedInputs,
]);
