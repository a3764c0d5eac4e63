/** Block Kit's composition objects: texts, options, option groups, confirm dialogs, filters. */
import * as v from 'valibot';
import { flag, list, oneOf, shape, text, word } from './rule.ts';

const plainText = v.literal('plain_text', 'must be plain_text');
const mrkdwn = v.literal('mrkdwn', 'must be mrkdwn');

/** Text without formatting. */
export const plain = (max: number) => shape({ type: plainText, text: text(max), emoji: flag });

/** Text with or without formatting. */
export const anyText = (max: number) =>
  oneOf([plain(max), shape({ type: mrkdwn, text: text(max), verbatim: flag })]);

/** "Are you sure?" before an action is sent. */
export const confirm = v.optional(
  shape({
    title: plain(100),
    text: anyText(300),
    confirm: plain(30),
    deny: plain(30),
    style: v.optional(word('primary', 'danger')),
  }),
);

/** A choice of a menu. */
export const option = shape({ text: plain(75), value: text(150), description: v.optional(plain(75)) });

/** A choice of checkboxes and radio buttons, which may be formatted. */
export const richOption = shape({
  text: anyText(75),
  value: text(150),
  description: v.optional(anyText(75)),
});

/** A choice of an overflow menu, which may open a link. */
export const linkOption = shape({
  text: plain(75),
  value: text(150),
  description: v.optional(plain(75)),
  url: v.optional(text(3000)),
});

/** Choices under a heading. */
export const optionGroup = shape({ label: plain(75), options: list(option, 100) });

/** Which conversations a menu offers. */
export const conversationFilter = v.optional(
  shape({
    include: v.optional(list(word('im', 'mpim', 'private', 'public'), 4)),
    exclude_external_shared_channels: flag,
    exclude_bot_users: flag,
  }),
);

/** When typing counts as an action. */
export const dispatchConfig = v.optional(
  shape({ trigger_actions_on: list(word('on_enter_pressed', 'on_character_entered'), 2) }),
);
