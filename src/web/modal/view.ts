/**
 * The part of Block Kit that our modals use, as pages show it. A view comes from our own features, or back from the browser
 * that it was shown in, which proves nothing: it is read anew, and what it says is shown to that browser only.
 */
import * as v from 'valibot';

const Plain = v.object({ text: v.string() });
const Text = v.object({ type: v.picklist(['plain_text', 'mrkdwn']), text: v.string() });
const Option = v.object({ value: v.string(), text: Plain, description: v.optional(Plain) });

const Button = v.object({
  type: v.literal('button'),
  action_id: v.string(),
  text: Plain,
  value: v.optional(v.string(), ''),
  style: v.optional(v.picklist(['primary', 'danger'])),
  url: v.optional(v.string()),
});
const Select = v.object({
  type: v.literal('static_select'),
  action_id: v.string(),
  options: v.optional(v.array(Option)),
  option_groups: v.optional(v.array(v.object({ label: Plain, options: v.array(Option) }))),
  initial_option: v.optional(Option),
  placeholder: v.optional(Plain),
});
const MultiSelect = v.object({
  type: v.literal('multi_static_select'),
  action_id: v.string(),
  options: v.optional(v.array(Option), []),
  option_groups: v.optional(v.array(v.object({ label: Plain, options: v.array(Option) })), []),
  initial_options: v.optional(v.array(Option), []),
});
const Checkboxes = v.object({
  type: v.literal('checkboxes'),
  action_id: v.string(),
  options: v.array(Option),
  initial_options: v.optional(v.array(Option), []),
});
const Radio = v.object({
  type: v.literal('radio_buttons'),
  action_id: v.string(),
  options: v.array(Option),
  initial_option: v.optional(Option),
});
const TextInput = v.object({
  type: v.literal('plain_text_input'),
  action_id: v.string(),
  multiline: v.optional(v.boolean(), false),
  max_length: v.optional(v.number()),
  initial_value: v.optional(v.string(), ''),
  placeholder: v.optional(Plain),
});
const DatePicker = v.object({
  type: v.literal('datepicker'),
  action_id: v.string(),
  initial_date: v.optional(v.string(), ''),
});
const TimePicker = v.object({
  type: v.literal('timepicker'),
  action_id: v.string(),
  initial_time: v.optional(v.string(), ''),
});
const Overflow = v.object({ type: v.literal('overflow'), action_id: v.string(), options: v.array(Option) });

const Input = v.variant('type', [TextInput, Select, MultiSelect, Checkboxes, Radio, DatePicker, TimePicker]);
const Control = v.variant('type', [Button, Select, Overflow]);

const Block = v.variant('type', [
  v.object({
    type: v.literal('section'),
    block_id: v.optional(v.string(), ''),
    text: v.optional(Text),
    fields: v.optional(v.array(Text), []),
    accessory: v.optional(Control),
  }),
  v.object({ type: v.literal('context'), elements: v.array(Text) }),
  v.object({ type: v.literal('header'), text: Plain }),
  v.object({ type: v.literal('divider') }),
  v.object({ type: v.literal('actions'), elements: v.array(Control) }),
  v.object({
    type: v.literal('input'),
    block_id: v.string(),
    label: Plain,
    hint: v.optional(Plain),
    optional: v.optional(v.boolean(), false),
    element: Input,
  }),
]);

export const View = v.object({
  callback_id: v.optional(v.string(), ''),
  private_metadata: v.optional(v.string(), ''),
  title: Plain,
  submit: v.optional(Plain),
  blocks: v.array(Block),
});

export type PageView = v.InferOutput<typeof View>;
export type PageBlock = PageView['blocks'][number];
export type InputBlock = Extract<PageBlock, { type: 'input' }>;
export type PageControl = v.InferOutput<typeof Control>;
export type PageList = v.InferOutput<typeof Select>;
export type PageOption = v.InferOutput<typeof Option>;

/** The view that a page's form brings back; undefined when nobody's page sent it. */
export function readPostedView(posted: unknown): PageView | undefined {
  if (typeof posted !== 'string') return undefined;
  try {
    const parsed = v.safeParse(View, JSON.parse(posted));
    return parsed.success ? parsed.output : undefined;
  } catch {
    // Not JSON.
    return undefined;
  }
}
