/** What a page's form holds, in the shape that the features' forms take: by block id, as from a modal. */
import { fold } from '../../lib/japanese.ts';
import type { FormValues } from '../../slack/form.ts';
import type { InputBlock, PageView } from './view.ts';

/** Names of inputs in the page's form; other names belong to the page itself. */
export function inputName(blockId: string): string {
  return `field:${blockId}`;
}

/** Reads the inputs that the view has. What was left empty is null, as in a modal. */
export function readValues(view: PageView, form: FormData): FormValues {
  const values: FormValues = {};
  for (const block of view.blocks) {
    if (block.type !== 'input') continue;
    const entries = form.getAll(inputName(block.block_id)).filter((each) => typeof each === 'string');
    values[block.block_id] = isList(block) ? entries : textOf(entries[0]);
  }
  return values;
}

/** What an input shows: what was typed, else what the form begins with. */
export function shownValue(block: InputBlock, values: FormValues): string {
  const typed = values[block.block_id];
  if (block.block_id in values) return typeof typed === 'string' ? typed : '';
  const { element } = block;
  switch (element.type) {
    case 'plain_text_input':
      return element.initial_value;
    case 'datepicker':
      return element.initial_date;
    case 'timepicker':
      return element.initial_time;
    case 'static_select':
    case 'radio_buttons':
      return element.initial_option?.value ?? '';
    default:
      return '';
  }
}

/** Which of a list are chosen. */
export function shownList(block: InputBlock, values: FormValues): readonly string[] {
  const chosen = values[block.block_id];
  if (block.block_id in values) return Array.isArray(chosen) ? chosen : [];
  const { element } = block;
  return 'initial_options' in element ? element.initial_options.map(({ value }) => value) : [];
}

function isList({ element }: InputBlock): boolean {
  return element.type === 'multi_static_select' || element.type === 'checkboxes';
}

/** Browsers send line breaks as CRLF; a text of invisible characters only is an empty one. */
function textOf(typed: string | undefined): string | null {
  const text = (typed ?? '').replaceAll('\r\n', '\n');
  return fold(text) === '' ? null : text;
}
