/** Block Kit's blocks, and the rules that hold across the blocks of one message or view. */
import * as v from 'valibot';
import { type JsonObject, objectOf, objectsOf } from '../json.ts';
import { actionElement, imageElement, inputElement, sectionAccessory } from './elements.ts';
import { anyText, plain } from './objects.ts';
import { richText } from './rich-text.ts';
import { flag, list, oneOf, shape, text } from './rule.ts';

const block_id = v.optional(text(255));

const section = v.pipe(
  shape({
    type: v.literal('section'),
    block_id,
    text: v.optional(anyText(3000)),
    fields: v.optional(list(anyText(2000), 10)),
    accessory: v.optional(sectionAccessory),
    expand: flag,
  }),
  v.check((block) => block.text !== undefined || block.fields !== undefined, 'must define text or fields'),
);
const header = shape({ type: v.literal('header'), block_id, text: plain(150) });
const divider = shape({ type: v.literal('divider'), block_id });
const context = shape({
  type: v.literal('context'),
  block_id,
  elements: list(
    oneOf([
      imageElement,
      shape({ type: v.literal('plain_text'), text: text(3000), emoji: flag }),
      shape({ type: v.literal('mrkdwn'), text: text(3000), verbatim: flag }),
    ]),
    10,
  ),
});
const actions = shape({ type: v.literal('actions'), block_id, elements: list(actionElement, 25) });
const input = shape({
  type: v.literal('input'),
  block_id,
  label: plain(2000),
  element: inputElement,
  hint: v.optional(plain(2000)),
  optional: flag,
  dispatch_action: flag,
});
const image = v.pipe(
  shape({
    type: v.literal('image'),
    block_id,
    image_url: v.optional(text(3000)),
    slack_file: v.optional(v.record(v.string(), v.string())),
    alt_text: text(2000),
    title: v.optional(plain(2000)),
  }),
  v.check(
    (b) => (b.image_url === undefined) !== (b.slack_file === undefined),
    'must define image_url or slack_file',
  ),
);
const markdown = shape({ type: v.literal('markdown'), block_id, text: text(12_000) });

const everywhere = [section, header, divider, context, actions, input, image, richText] as const;

/** A block of a message. */
export const messageBlock = oneOf([...everywhere, markdown]);

/** A block of a modal or a Home tab. */
export const viewBlock = oneOf(everywhere);

/** The interactive elements that stand in one block. */
export function elementsIn(block: JsonObject): JsonObject[] {
  if (block.type === 'actions') return objectsOf(block.elements);
  if (block.type === 'input') return [objectOf(block.element)];
  const accessory = objectOf(block.accessory);
  return accessory.type === undefined || accessory.type === 'image' ? [] : [accessory];
}

/** Doubled block ids, and doubled action ids within a block, as Slack's lines. */
export function doubledIds(blocks: JsonObject[], pointer: string): string[] {
  const problems: string[] = [];
  const blockIds = new Set<unknown>();
  for (const [index, block] of blocks.entries()) {
    const at = `${pointer}/blocks/${index}`;
    if (block.block_id !== undefined && blockIds.has(block.block_id)) {
      problems.push(`\`block_id\` ${block.block_id} already exists [json-pointer:${at}/block_id]`);
    }
    blockIds.add(block.block_id);
    const actionIds = new Set<unknown>();
    for (const [position, { action_id }] of elementsIn(block).entries()) {
      if (action_id !== undefined && actionIds.has(action_id)) {
        const where = `${at}/elements/${position}/action_id`;
        problems.push(`\`action_id\` ${action_id} already exists for this block [json-pointer:${where}]`);
      }
      actionIds.add(action_id);
    }
  }
  return problems;
}
