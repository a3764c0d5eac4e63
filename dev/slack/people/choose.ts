/** Turns what a person types or picks, in words, into the value that Slack's client would hold. */
import { choicesOf } from '../block-kit/choices.ts';
import type { Directory } from '../directory.ts';
import type { JsonObject } from '../json.ts';
import { type Control, findOption } from './controls.ts';

/** Text, the words of options or names, a number, or nothing (null empties the input). */
export type Words = string | number | string[] | null;

/** The value for this control; throws when an option or name is not offered. */
export function valueInWords(control: Control, words: Words, directory: Directory): JsonObject {
  const choose = CHOOSERS[control.type];
  if (!choose) throw new Error(`cannot fill a ${control.type}: 「${control.label}」`);
  return choose(words, control.element, directory);
}

type Chooser = (words: Words, element: JsonObject, directory: Directory) => JsonObject;

const typed: Chooser = (words) => ({ value: words === null || words === '' ? null : String(words) });

const oneOption: Chooser = (words, element) => ({
  selected_option: words === null ? null : findOption(choicesOf(element), String(words)),
});

const someOptions: Chooser = (words, element) => ({
  selected_options: listed(words).map((word) => findOption(choicesOf(element), word)),
});

const oneUser: Chooser = (words, _element, directory) => ({
  selected_user: words === null ? null : userId(String(words), directory),
});

const someUsers: Chooser = (words, _element, directory) => ({
  selected_users: listed(words).map((word) => userId(word, directory)),
});

const CHOOSERS: Record<string, Chooser> = {
  plain_text_input: typed,
  number_input: typed,
  email_text_input: typed,
  url_text_input: typed,
  rich_text_input: (words) => ({ rich_text_value: words === null ? null : richTextOf(String(words)) }),
  static_select: oneOption,
  radio_buttons: oneOption,
  overflow: oneOption,
  multi_static_select: someOptions,
  checkboxes: someOptions,
  users_select: oneUser,
  multi_users_select: someUsers,
  conversations_select: (words, _element, directory) => ({
    selected_conversation: words === null ? null : channelId(String(words), directory),
  }),
  multi_conversations_select: (words, _element, directory) => ({
    selected_conversations: listed(words).map((word) => channelId(word, directory)),
  }),
  channels_select: (words, _element, directory) => ({
    selected_channel: words === null ? null : channelId(String(words), directory),
  }),
  multi_channels_select: (words, _element, directory) => ({
    selected_channels: listed(words).map((word) => channelId(word, directory)),
  }),
  datepicker: (words) => ({ selected_date: words }),
  timepicker: (words) => ({ selected_time: words }),
  datetimepicker: (words) => ({ selected_date_time: typeof words === 'string' ? secondsOf(words) : words }),
  file_input: () => ({ files: [] }),
};

function listed(words: Words): string[] {
  if (words === null) return [];
  return Array.isArray(words) ? words : [String(words)];
}

function userId(word: string, { users }: Directory): string {
  const found = [...users.values()].find((user) => !user.deleted && (user.id === word || user.name === word));
  if (!found) throw new Error(`no person "${word}" in the workspace`);
  return found.id;
}

function channelId(word: string, { channels }: Directory): string {
  const name = word.replace(/^#/, '');
  const found = [...channels.values()].find((channel) => channel.id === word || channel.name === name);
  if (!found) throw new Error(`no channel "${word}" in the workspace`);
  return found.id;
}

/** `2026-12-01T10:30` is Japanese time. */
function secondsOf(date: string): number {
  return Math.floor(Date.parse(/T[\d:]+$/.test(date) ? `${date}+09:00` : date) / 1000);
}

function richTextOf(text: string): JsonObject {
  const section = { type: 'rich_text_section', elements: text === '' ? [] : [{ type: 'text', text }] };
  return { type: 'rich_text', elements: text === '' ? [] : [section] };
}
