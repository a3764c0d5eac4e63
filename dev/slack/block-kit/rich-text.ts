/** The rich_text block: sections, lists, quotes and preformatted text of small pieces. */
import * as v from 'valibot';
import { flag, list, oneOf, shape, text, whole, word } from './rule.ts';

const style = v.optional(v.record(v.string(), v.boolean('must be a boolean')));

const piece = oneOf([
  shape({ type: v.literal('text'), text: text(12_000), style }),
  shape({ type: v.literal('link'), url: text(3000), text: v.optional(text(3000)), unsafe: flag, style }),
  shape({ type: v.literal('emoji'), name: text(255), unicode: v.optional(text(255)), style }),
  shape({ type: v.literal('user'), user_id: text(255), style }),
  shape({ type: v.literal('channel'), channel_id: text(255), style }),
  shape({ type: v.literal('usergroup'), usergroup_id: text(255), style }),
  shape({ type: v.literal('broadcast'), range: word('here', 'channel', 'everyone'), style }),
  shape({ type: v.literal('color'), value: text(255) }),
  shape({
    type: v.literal('date'),
    timestamp: v.number('must be a number'),
    format: text(255),
    url: v.optional(text(3000)),
    fallback: v.optional(text(3000)),
    style,
  }),
]);

const pieces = list(piece, 1000, 0);
const border = v.optional(whole(0, 1));
const section = shape({ type: v.literal('rich_text_section'), elements: pieces });

/** A whole rich_text value, as a block or as the initial value of a rich_text_input. */
export const richText = shape({
  type: v.literal('rich_text'),
  block_id: v.optional(text(255)),
  elements: list(
    oneOf([
      section,
      shape({ type: v.literal('rich_text_quote'), elements: pieces, border }),
      shape({
        type: v.literal('rich_text_preformatted'),
        elements: pieces,
        border,
        language: v.optional(text(255)),
      }),
      shape({
        type: v.literal('rich_text_list'),
        style: word('bullet', 'ordered'),
        elements: list(section, 1000),
        indent: v.optional(whole(0, 8)),
        offset: v.optional(whole(0, 10_000)),
        border,
      }),
    ]),
    1000,
  ),
});
