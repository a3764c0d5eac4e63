/** Finds buttons, menus and inputs by what a person sees: label, placeholder, option text, neighbouring text. */
import { elementsIn } from '../block-kit/blocks.ts';
import { choicesOf } from '../block-kit/choices.ts';
import { type JsonObject, objectOf, objectsOf, stringOf } from '../json.ts';

export interface Control {
  blockId: string;
  actionId: string;
  type: string;
  element: JsonObject;
  /** The name shown first: label, button text, placeholder. */
  label: string;
  /** Everything it may be called by. */
  names: string[];
  /** The text it stands with: its block's own, else that of the block above. */
  context: string;
  isInput: boolean;
}

/** Every control of a surface, in the order seen. */
export function controlsOf(blocks: unknown): Control[] {
  let above = '';
  return objectsOf(blocks).flatMap((block) => {
    const own = block.type === 'input' ? '' : textsOf(block);
    const context = block.type === 'actions' ? above : own;
    if (block.type !== 'actions' && own !== '') above = own;
    return elementsIn(block).map((element) => toControl(block, element, context));
  });
}

/** The control that is called so: exactly, else the only one whose name contains it. Throws what there is instead. */
export function findControl(blocks: unknown, name: string, where?: string): Control {
  const all = controlsOf(blocks);
  const nearby = where === undefined ? all : all.filter((control) => control.context.includes(where));
  const found = pick(nearby, name, (control) => control.names);
  const seen = all.map((control) => `「${control.label}」`).join(' ') || 'nothing';
  const place = where === undefined ? '' : ` beside "${where}"`;
  if (found.length === 0) throw new Error(`no control "${name}"${place}; there is: ${seen}`);
  if (found.length > 1) throw new Error(`${found.length} controls "${name}"${place}; there is: ${seen}`);
  return firstOf(found);
}

/** What can be pressed on a surface, in words: buttons, and the options of overflow menus. */
export function pressable(blocks: unknown): string[] {
  return controlsOf(blocks).flatMap(({ type, label, element }) => {
    if (type === 'overflow') return optionWords(element);
    return type === 'button' ? [label] : [];
  });
}

/** The option that is called so; by text, else by value. Throws what is offered instead. */
export function findOption(options: JsonObject[], name: string): JsonObject {
  const found = pick(options, name, (option) => [
    stringOf(objectOf(option.text).text),
    stringOf(option.value),
  ]);
  const offered =
    options.map((option) => `「${stringOf(objectOf(option.text).text)}」`).join(' ') || 'nothing';
  if (found.length === 0) throw new Error(`no option "${name}"; offered: ${offered}`);
  if (found.length > 1) throw new Error(`${found.length} options "${name}"; offered: ${offered}`);
  return firstOf(found);
}

/** All text that a person can read in blocks, line by line. */
export function textsOf(value: unknown): string {
  const lines: string[] = [];
  const walk = (part: unknown) => {
    if (Array.isArray(part)) return part.forEach(walk);
    const { type, text, ...rest } = objectOf(part);
    if (typeof text === 'string') lines.push(text);
    else if (text !== undefined) walk(text);
    const isReadable = (key: string) =>
      !['value', 'action_id', 'block_id', 'confirm', 'private_metadata'].includes(key);
    for (const [key, inner] of Object.entries(rest)) {
      if (isReadable(key) && typeof inner === 'object' && inner !== null) walk(inner);
    }
  };
  walk(value);
  return lines.join('\n');
}

function toControl(block: JsonObject, element: JsonObject, context: string): Control {
  const label = stringOf(objectOf(block.label).text);
  const text = stringOf(objectOf(element.text).text);
  const placeholder = stringOf(objectOf(element.placeholder).text);
  const beside = block.type === 'section' ? stringOf(objectOf(block.text).text) : '';
  const isPressedByOption =
    element.type === 'overflow' ||
    (block.type !== 'input' && ['radio_buttons', 'checkboxes'].includes(stringOf(element.type)));
  const options = isPressedByOption ? optionWords(element) : [];
  const names = [label, text, placeholder, beside, ...options, stringOf(element.action_id)].filter(Boolean);
  return {
    blockId: stringOf(block.block_id),
    actionId: stringOf(element.action_id),
    type: stringOf(element.type),
    element,
    label: names[0] ?? '',
    names,
    context,
    isInput: block.type === 'input',
  };
}

function optionWords(element: JsonObject): string[] {
  return choicesOf(element).map((option) => stringOf(objectOf(option.text).text));
}

function pick<Item>(items: Item[], name: string, namesOf: (item: Item) => string[]): Item[] {
  const exact = items.filter((item) => namesOf(item).includes(name));
  return exact.length > 0 ? exact : items.filter((item) => namesOf(item).some((one) => one.includes(name)));
}

function firstOf<Item>(items: Item[]): Item {
  const [first] = items;
  if (first === undefined) throw new Error('nothing found');
  return first;
}
