/** What Slack checks of a whole message or view before it accepts it, and the ids it adds afterwards. */
import * as v from 'valibot';
import { randomId } from '../clock.ts';
import { isObject, type JsonObject, objectsOf } from '../json.ts';
import { doubledIds, elementsIn, messageBlock, viewBlock } from './blocks.ts';
import { plain } from './objects.ts';
import { flag, list, problemsOf, shape, text } from './rule.ts';

const common = {
  private_metadata: v.optional(text(3000, 0)),
  callback_id: v.optional(text(255, 0)),
  external_id: v.optional(text(255, 0)),
  blocks: list(viewBlock, 100, 0),
};
const modal = shape({
  type: v.literal('modal', 'must be modal'),
  title: plain(24),
  submit: v.optional(plain(24)),
  close: v.optional(plain(24)),
  clear_on_close: flag,
  notify_on_close: flag,
  submit_disabled: flag,
  ...common,
});
const home = shape({ type: v.literal('home', 'must be home'), ...common });
const messageBlocks = list(messageBlock, 50, 0);

/** Slack's lines for what is wrong with the blocks of a message; empty when it takes them. */
export function messageProblems(blocks: unknown): string[] {
  const problems = problemsOf(messageBlocks, blocks, '/blocks');
  return problems.length > 0 ? problems : doubledIds(objectsOf(blocks), '');
}

/** Slack's lines for what is wrong with a view of this kind; empty when it takes it. */
export function viewProblems(view: unknown, kind: 'modal' | 'home'): string[] {
  const problems = problemsOf(kind === 'modal' ? modal : home, view, '/view');
  if (problems.length > 0 || !isObject(view)) return problems;
  const blocks = objectsOf(view.blocks);
  if (kind === 'modal' && view.submit === undefined && blocks.some((block) => block.type === 'input')) {
    problems.push('missing required field: submit [json-pointer:/view]');
  }
  const focused = blocks.flatMap(elementsIn).filter((element) => element.focus_on_load === true);
  if (focused.length > 1)
    problems.push('only one element can have focus_on_load [json-pointer:/view/blocks]');
  return [...problems, ...doubledIds(blocks, '/view')];
}

/**
 * What Slack weighs against its undocumented limit near 13,200 (`msg_blocks_too_long`): all texts together and
 * some 25 for each block and element. Measured by others: one text alone passes up to 13,297, many small ones
 * fail earlier (bolt-js issues 2509 and 2867).
 */
export function messageWeight(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + messageWeight(item), 0);
  if (!isObject(value)) return 0;
  const own = typeof value.text === 'string' ? value.text.length : 0;
  const container = value.type === 'plain_text' || value.type === 'mrkdwn' ? 0 : 25;
  return Object.values(value).reduce((sum: number, item) => sum + messageWeight(item), own + container);
}

/** The most a message may weigh. */
export const MAX_MESSAGE_WEIGHT = 13_200;

/** The blocks with the block and action ids that Slack makes up where the app gave none. */
export function withIds(blocks: unknown): JsonObject[] {
  const named = (element: JsonObject) => ({ ...element, action_id: element.action_id ?? randomId('act') });
  return objectsOf(structuredClone(blocks)).map((block) => {
    const whole: JsonObject = { ...block, block_id: block.block_id ?? randomId('blk') };
    if (block.type === 'actions') whole.elements = objectsOf(block.elements).map(named);
    if (isObject(block.element)) whole.element = named(block.element);
    if (isObject(block.accessory) && block.accessory.type !== 'image')
      whole.accessory = named(block.accessory);
    return whole;
  });
}
