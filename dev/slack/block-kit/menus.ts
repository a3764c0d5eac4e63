/** Block Kit's select menus: of options, of the app's choices, of people, conversations and channels. */
import * as v from 'valibot';
import { hasOneList, knowsInitial, TWO_LISTS, UNKNOWN_INITIAL } from './choices.ts';
import { confirm, conversationFilter, option, optionGroup, plain } from './objects.ts';
import { flag, list, shape, text, whole } from './rule.ts';

const id = v.optional(text(255));
const maxSelected = v.optional(whole(1, 100));

/** What elements that send an action have in common. */
export const interactive = { action_id: id, confirm, focus_on_load: flag };

/** The same, for elements that show a placeholder. */
export const menu = { ...interactive, placeholder: v.optional(plain(150)) };
const choices = {
  options: v.optional(list(option, 100)),
  option_groups: v.optional(list(optionGroup, 100)),
};
const someIds = v.optional(list(text(255), 100));

const staticSelect = v.pipe(
  shape({ type: v.literal('static_select'), ...menu, ...choices, initial_option: v.optional(option) }),
  v.check((e) => hasOneList(e), TWO_LISTS),
  v.check((e) => knowsInitial(e), UNKNOWN_INITIAL),
);
const multiStaticSelect = v.pipe(
  shape({
    type: v.literal('multi_static_select'),
    ...menu,
    ...choices,
    initial_options: v.optional(list(option, 100)),
    max_selected_items: maxSelected,
  }),
  v.check((e) => hasOneList(e), TWO_LISTS),
  v.check((e) => knowsInitial(e), UNKNOWN_INITIAL),
);
const external = { ...menu, min_query_length: v.optional(whole(0, 100)) };
const externalSelect = shape({
  type: v.literal('external_select'),
  ...external,
  initial_option: v.optional(option),
});
const multiExternalSelect = shape({
  type: v.literal('multi_external_select'),
  ...external,
  initial_options: v.optional(list(option, 100)),
  max_selected_items: maxSelected,
});
const usersSelect = shape({ type: v.literal('users_select'), ...menu, initial_user: v.optional(text(255)) });
const multiUsersSelect = shape({
  type: v.literal('multi_users_select'),
  ...menu,
  initial_users: someIds,
  max_selected_items: maxSelected,
});
const conversations = { ...menu, default_to_current_conversation: flag, filter: conversationFilter };
const conversationsSelect = shape({
  type: v.literal('conversations_select'),
  ...conversations,
  initial_conversation: v.optional(text(255)),
  response_url_enabled: flag,
});
const multiConversationsSelect = shape({
  type: v.literal('multi_conversations_select'),
  ...conversations,
  initial_conversations: someIds,
  max_selected_items: maxSelected,
});
const channelsSelect = shape({
  type: v.literal('channels_select'),
  ...menu,
  initial_channel: v.optional(text(255)),
  response_url_enabled: flag,
});
const multiChannelsSelect = shape({
  type: v.literal('multi_channels_select'),
  ...menu,
  initial_channels: someIds,
  max_selected_items: maxSelected,
});

/** Menus with one choice. */
export const singleMenus = [
  staticSelect,
  externalSelect,
  usersSelect,
  conversationsSelect,
  channelsSelect,
] as const;

/** Menus with several choices. */
export const multiMenus = [
  multiStaticSelect,
  multiExternalSelect,
  multiUsersSelect,
  multiConversationsSelect,
  multiChannelsSelect,
] as const;
