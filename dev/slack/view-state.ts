/** `state.values` of a view or message: what each stateful element holds, untouched or carried over an update. */

import { elementsIn } from './block-kit/blocks.ts';
import { choicesOf } from './block-kit/choices.ts';
import type { ViewState } from './client-api.ts';
import { isObject, type JsonObject, objectsOf, stringOf } from './json.ts';

/** The key of each element's value, and the field of the element that it starts from. */
export const STATEFUL: Record<string, { key: string; initial: string; empty: null | never[] }> = {
  plain_text_input: { key: 'value', initial: 'initial_value', empty: null },
  number_input: { key: 'value', initial: 'initial_value', empty: null },
  email_text_input: { key: 'value', initial: 'initial_value', empty: null },
  url_text_input: { key: 'value', initial: 'initial_value', empty: null },
  rich_text_input: { key: 'rich_text_value', initial: 'initial_value', empty: null },
  static_select: { key: 'selected_option', initial: 'initial_option', empty: null },
  external_select: { key: 'selected_option', initial: 'initial_option', empty: null },
  radio_buttons: { key: 'selected_option', initial: 'initial_option', empty: null },
  multi_static_select: { key: 'selected_options', initial: 'initial_options', empty: [] },
  multi_external_select: { key: 'selected_options', initial: 'initial_options', empty: [] },
  checkboxes: { key: 'selected_options', initial: 'initial_options', empty: [] },
  users_select: { key: 'selected_user', initial: 'initial_user', empty: null },
  multi_users_select: { key: 'selected_users', initial: 'initial_users', empty: [] },
  conversations_select: { key: 'selected_conversation', initial: 'initial_conversation', empty: null },
  multi_conversations_select: {
    key: 'selected_conversations',
    initial: 'initial_conversations',
    empty: [],
  },
  channels_select: { key: 'selected_channel', initial: 'initial_channel', empty: null },
  multi_channels_select: { key: 'selected_channels', initial: 'initial_channels', empty: [] },
  datepicker: { key: 'selected_date', initial: 'initial_date', empty: null },
  timepicker: { key: 'selected_time', initial: 'initial_time', empty: null },
  datetimepicker: { key: 'selected_date_time', initial: 'initial_date_time', empty: null },
  file_input: { key: 'files', initial: 'initial_files', empty: [] },
};

/** What a stateful element holds before anybody touches it. */
export function initialValue(element: JsonObject): JsonObject | undefined {
  const kind = STATEFUL[stringOf(element.type)];
  // An empty string typed by nobody is no value: Slack's client sends null.
  return kind && { type: element.type, [kind.key]: element[kind.initial] || kind.empty };
}

/** The state of an untouched view or message. */
export function initialState(surface: JsonObject): ViewState {
  const state: ViewState = {};
  for (const block of objectsOf(surface.blocks)) {
    for (const element of elementsIn(block)) {
      const value = initialValue(element);
      if (!value) continue;
      const values = state[stringOf(block.block_id)] ?? {};
      values[stringOf(element.action_id)] = value;
      state[stringOf(block.block_id)] = values;
    }
  }
  return state;
}

/**
 * The state after an update: an element that keeps block id, action id and type keeps its value, so a new
 * `initial_value` under old ids is not seen; a choice that is no longer offered is dropped.
 */
export function carryState(surface: JsonObject, before: ViewState): ViewState {
  const state = initialState(surface);
  for (const block of objectsOf(surface.blocks)) {
    for (const element of elementsIn(block)) {
      const values = state[stringOf(block.block_id)];
      const old = before[stringOf(block.block_id)]?.[stringOf(element.action_id)];
      if (!values || !old || old.type !== element.type) continue;
      if (isStillOffered(element, old)) values[stringOf(element.action_id)] = old;
    }
  }
  return state;
}

function isStillOffered(element: JsonObject, value: JsonObject): boolean {
  const offered = choicesOf(element).map((choice) => choice.value);
  if (offered.length === 0) return true;
  const chosen = [value.selected_option, value.selected_options].flat().filter(isObject);
  return chosen.every((choice) => offered.includes(choice.value));
}
