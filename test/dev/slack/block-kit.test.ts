import { describe, expect, it } from 'vitest';
import { messageProblems, viewProblems } from '../../../dev/slack/block-kit/surfaces.ts';
import type { JsonObject } from '../../../dev/slack/json.ts';
import { input, modalOf, openOffice, option, plain } from './office.ts';

const section = (text: string, more: JsonObject = {}): JsonObject => ({
  type: 'section',
  text: { type: 'mrkdwn', text },
  ...more,
});
const button = (more: JsonObject = {}): JsonObject => ({ type: 'button', text: plain('はい'), ...more });
const actions = (...elements: JsonObject[]): JsonObject => ({ type: 'actions', elements });
const many = <Item>(count: number, make: (index: number) => Item) =>
  Array.from({ length: count }, (_, i) => make(i));
const textInput = (more: JsonObject = {}) => ({ type: 'plain_text_input', ...more });
const select = (more: JsonObject = {}) => ({
  type: 'static_select',
  options: [option('はい'), option('いいえ')],
  ...more,
});

const refusedMessages: [what: string, blocks: JsonObject[], line: string][] = [
  [
    '51 blocks',
    many(51, () => ({ type: 'divider' })),
    'no more than 50 items allowed [json-pointer:/blocks]',
  ],
  [
    'section text over 3000',
    [section('あ'.repeat(3001))],
    'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
  ],
  [
    'an empty section text',
    [section('')],
    'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
  ],
  ['a section without text', [{ type: 'section' }], 'must define text or fields [json-pointer:/blocks/0]'],
  [
    '11 fields',
    [{ type: 'section', fields: many(11, () => plain('x')) }],
    'no more than 10 items allowed [json-pointer:/blocks/0/fields]',
  ],
  [
    'a field over 2000',
    [{ type: 'section', fields: [plain('x'.repeat(2001))] }],
    'must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]',
  ],
  [
    'header over 150',
    [{ type: 'header', text: plain('x'.repeat(151)) }],
    'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
  ],
  [
    'header in mrkdwn',
    [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }],
    'must be plain_text [json-pointer:/blocks/0/text/type]',
  ],
  [
    '11 context elements',
    [{ type: 'context', elements: many(11, () => plain('x')) }],
    'no more than 10 items allowed [json-pointer:/blocks/0/elements]',
  ],
  [
    '26 action elements',
    [actions(...many(26, () => button()))],
    'no more than 25 items allowed [json-pointer:/blocks/0/elements]',
  ],
  [
    'button text over 75',
    [actions(button({ text: plain('x'.repeat(76)) }))],
    'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
  ],
  [
    'button value over 2000',
    [actions(button({ value: 'x'.repeat(2001) }))],
    'must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]',
  ],
  [
    'action_id over 255',
    [actions(button({ action_id: 'x'.repeat(256) }))],
    'must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]',
  ],
  [
    'block_id over 255',
    [{ type: 'divider', block_id: 'x'.repeat(256) }],
    'must be less than 256 characters [json-pointer:/blocks/0/block_id]',
  ],
  ['an unknown block', [{ type: 'chart' }], 'unsupported type: chart [json-pointer:/blocks/0/type]'],
  ['a block without type', [{ text: plain('x') }], 'missing required field: type [json-pointer:/blocks/0]'],
  [
    'an unknown field',
    [{ type: 'divider', colour: 'red' }],
    'invalid additional property: colour [json-pointer:/blocks/0]',
  ],
  [
    'a text input in actions',
    [actions(textInput())],
    'unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]',
  ],
  [
    'a multi select in actions',
    [actions({ ...select(), type: 'multi_static_select' })],
    'unsupported type: multi_static_select [json-pointer:/blocks/0/elements/0/type]',
  ],
  [
    '101 options',
    [actions(select({ options: many(101, (i) => option(`${i}`)) }))],
    'no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]',
  ],
  [
    'an option over 75',
    [actions(select({ options: [{ text: plain('x'.repeat(76)), value: 'x' }] }))],
    'must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]',
  ],
  [
    'an option description over 75',
    [actions(select({ options: [{ ...option('x'), description: plain('x'.repeat(76)) }] }))],
    'must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/description/text]',
  ],
  [
    'an option value over 150',
    [actions(select({ options: [{ text: plain('x'), value: 'x'.repeat(151) }] }))],
    'must be less than 151 characters [json-pointer:/blocks/0/elements/0/options/0/value]',
  ],
  [
    'an unknown initial_option',
    [actions(select({ initial_option: option('たぶん') }))],
    'initial options must match one of the options [json-pointer:/blocks/0/elements/0]',
  ],
  [
    'no options',
    [actions({ type: 'static_select' })],
    'must define either options or option_groups [json-pointer:/blocks/0/elements/0]',
  ],
  [
    '11 radio buttons',
    [actions({ type: 'radio_buttons', options: many(11, (i) => option(`${i}`)) })],
    'no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]',
  ],
  [
    '11 checkboxes',
    [actions({ type: 'checkboxes', options: many(11, (i) => option(`${i}`)) })],
    'no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]',
  ],
  [
    '6 overflow options',
    [actions({ type: 'overflow', options: many(6, (i) => option(`${i}`)) })],
    'no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]',
  ],
  [
    'placeholder over 150',
    [actions(select({ placeholder: plain('x'.repeat(151)) }))],
    'must be less than 151 characters [json-pointer:/blocks/0/elements/0/placeholder/text]',
  ],
  [
    'a date that is none',
    [actions({ type: 'datepicker', initial_date: '2026-02-30' })],
    'must be a date of the calendar [json-pointer:/blocks/0/elements/0/initial_date]',
  ],
  [
    'a date in another format',
    [actions({ type: 'datepicker', initial_date: '2026/02/03' })],
    'must match format: YYYY-MM-DD [json-pointer:/blocks/0/elements/0/initial_date]',
  ],
  [
    'a time that is none',
    [actions({ type: 'timepicker', initial_time: '24:00' })],
    'must match format: HH:mm [json-pointer:/blocks/0/elements/0/initial_time]',
  ],
  [
    'a confirm without deny',
    [actions(button({ confirm: { title: plain('x'), text: plain('x'), confirm: plain('x') } }))],
    'missing required field: deny [json-pointer:/blocks/0/elements/0/confirm]',
  ],
  [
    'confirm title over 100',
    [
      actions(
        button({
          confirm: { title: plain('x'.repeat(101)), text: plain('x'), confirm: plain('x'), deny: plain('x') },
        }),
      ),
    ],
    'must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]',
  ],
  [
    'image without alt_text',
    [{ type: 'image', image_url: 'https://x.test/a.png' }],
    'missing required field: alt_text [json-pointer:/blocks/0]',
  ],
  [
    'doubled block ids',
    [
      { type: 'divider', block_id: 'a' },
      { type: 'divider', block_id: 'a' },
    ],
    '`block_id` a already exists [json-pointer:/blocks/1/block_id]',
  ],
  [
    'doubled action ids',
    [actions(button({ action_id: 'a' }), button({ action_id: 'a' }))],
    '`action_id` a already exists for this block [json-pointer:/blocks/0/elements/1/action_id]',
  ],
];

const refusedModals: [what: string, modal: JsonObject, line: string][] = [
  [
    'title over 24',
    modalOf([], { title: plain('x'.repeat(25)) }),
    'must be less than 25 characters [json-pointer:/view/title/text]',
  ],
  [
    'submit over 24',
    modalOf([], { submit: plain('x'.repeat(25)) }),
    'must be less than 25 characters [json-pointer:/view/submit/text]',
  ],
  [
    'close over 24',
    modalOf([], { close: plain('x'.repeat(25)) }),
    'must be less than 25 characters [json-pointer:/view/close/text]',
  ],
  ['no title', { type: 'modal', blocks: [] }, 'missing required field: title [json-pointer:/view]'],
  [
    '101 blocks',
    modalOf(many(101, () => ({ type: 'divider' }))),
    'no more than 100 items allowed [json-pointer:/view/blocks]',
  ],
  [
    'private_metadata over 3000',
    modalOf([], { private_metadata: 'x'.repeat(3001) }),
    'must be less than 3001 characters [json-pointer:/view/private_metadata]',
  ],
  [
    'an input without submit',
    { type: 'modal', title: plain('x'), blocks: [input('名', textInput())] },
    'missing required field: submit [json-pointer:/view]',
  ],
  [
    'label over 2000',
    modalOf([input('x'.repeat(2001), textInput())]),
    'must be less than 2001 characters [json-pointer:/view/blocks/0/label/text]',
  ],
  [
    'hint over 2000',
    modalOf([input('x', textInput(), { hint: plain('x'.repeat(2001)) })]),
    'must be less than 2001 characters [json-pointer:/view/blocks/0/hint/text]',
  ],
  [
    'an input without element',
    modalOf([{ type: 'input', label: plain('x') }]),
    'missing required field: element [json-pointer:/view/blocks/0]',
  ],
  [
    'max_length over 3000',
    modalOf([input('x', textInput({ max_length: 3001 }))]),
    'must be at most 3000 [json-pointer:/view/blocks/0/element/max_length]',
  ],
  [
    'initial_value over max_length',
    modalOf([input('x', textInput({ max_length: 3, initial_value: 'abcd' }))]),
    'initial_value is over max_length [json-pointer:/view/blocks/0/element]',
  ],
  [
    'a button as input',
    modalOf([input('x', button())]),
    'unsupported type: button [json-pointer:/view/blocks/0/element/type]',
  ],
  [
    'two focused inputs',
    modalOf([input('a', textInput({ focus_on_load: true })), input('b', textInput({ focus_on_load: true }))]),
    'only one element can have focus_on_load [json-pointer:/view/blocks]',
  ],
  [
    'a number input without is_decimal_allowed',
    modalOf([input('x', { type: 'number_input' })]),
    'missing required field: is_decimal_allowed [json-pointer:/view/blocks/0/element]',
  ],
];

describe('blocks of a message', () => {
  it.each(refusedMessages)('%s is refused with its place', (_what, blocks, line) => {
    expect(messageProblems(blocks)).toContain(line);
  });

  it('takes every kind of block at its limits', () => {
    const richText = {
      type: 'rich_text',
      elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'x' }] }],
    };
    const blocks = [
      section('x'.repeat(3000), { accessory: { type: 'overflow', options: [option('a')] } }),
      { type: 'header', text: plain('x'.repeat(150)) },
      { type: 'context', elements: many(10, () => plain('x')) },
      actions(...many(25, () => button({ value: 'x'.repeat(2000) }))),
      { type: 'image', image_url: 'https://x.test/a.png', alt_text: 'x' },
      richText,
      { type: 'divider' },
    ];
    expect(messageProblems(blocks)).toEqual([]);
  });
});

describe('a modal', () => {
  it.each(refusedModals)('%s is refused with its place', (_what, modal, line) => {
    expect(viewProblems(modal, 'modal')).toContain(line);
  });

  it('takes every kind of input', () => {
    const choices = { options: [option('はい')] };
    const elements: JsonObject[] = [
      textInput({ multiline: true, max_length: 3000 }),
      { type: 'number_input', is_decimal_allowed: false, min_value: '0' },
      { type: 'email_text_input' },
      { type: 'url_text_input' },
      { type: 'static_select', ...choices, initial_option: option('はい') },
      { type: 'multi_static_select', option_groups: [{ label: plain('群'), options: [option('はい')] }] },
      { type: 'external_select', min_query_length: 0 },
      { type: 'multi_external_select' },
      { type: 'users_select' },
      { type: 'multi_users_select' },
      { type: 'conversations_select', response_url_enabled: true },
      { type: 'multi_conversations_select', filter: { include: ['public'] } },
      { type: 'channels_select' },
      { type: 'multi_channels_select' },
      { type: 'datepicker', initial_date: '2026-02-28' },
      { type: 'timepicker', initial_time: '23:59' },
      { type: 'datetimepicker', initial_date_time: 1_790_000_000 },
      { type: 'checkboxes', ...choices },
      { type: 'radio_buttons', ...choices },
      { type: 'rich_text_input' },
      { type: 'file_input' },
    ];
    expect(viewProblems(modalOf(elements.map((element) => input('名', element))), 'modal')).toEqual([]);
  });

  it('is no Home tab, and a Home tab has no title', () => {
    expect(viewProblems(modalOf([]), 'home')[0]).toContain('json-pointer:/view');
    expect(viewProblems({ type: 'home', blocks: [section('x')] }, 'home')).toEqual([]);
  });
});

describe('a refusal of the Web API', () => {
  it('names error, place and message as Slack does', async () => {
    const { call } = openOffice();
    expect(await call('chat.postMessage', { channel: 'C0GENERAL', blocks: [section('')] })).toEqual({
      ok: false,
      error: 'invalid_blocks',
      errors: ['must be more than 0 characters [json-pointer:/blocks/0/text/text]'],
      response_metadata: {
        messages: ['[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]'],
      },
    });
  });

  it('weighs all blocks of a message together', async () => {
    const { call } = openOffice();
    const blocks = many(5, () => section('x'.repeat(2700)));
    const answer = await call('chat.postMessage', { channel: 'C0GENERAL', text: 'x', blocks });
    expect(answer.error).toBe('msg_blocks_too_long');
    const lighter = await call('chat.postMessage', {
      channel: 'C0GENERAL',
      text: 'x',
      blocks: blocks.slice(1),
    });
    expect(lighter.ok).toBe(true);
  });
});
