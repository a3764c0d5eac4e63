/**
 * What people typed into open modals and Home tabs, kept outside the drawn page: a view that is pushed over, or updated
 * by the app, keeps what was typed for each block_id + action_id, as Slack does.
 */
import type { ViewState } from '../client-api.ts';
import { type Json, numberAt, objectAt, objectsAt, stringsAt, textAt } from './json.ts';

/** The values typed so far in one view. */
export interface Form {
  /** Undefined: not touched, the element's initial value counts. */
  read(blockId: string, actionId: string): Json | undefined;
  write(blockId: string, actionId: string, value: Json): void;
  /** Forgets the inputs that the view no longer has: when they come back, they begin anew. */
  keepOnly(blocks: Json[]): void;
}

type Values = Map<string, Json>;

const modals = new Map<string, Values>();
/** By person: a Home tab stays when it is out of sight. */
const homes = new Map<string, Values>();

const keyOf = (blockId: string, actionId: string) => JSON.stringify([blockId, actionId]);

/** The form of one modal; made when first asked for. */
export const formOf = (viewId: string): Form => formIn(modals, viewId);

/** The form of a person's Home tab. */
export const homeFormOf = (userId: string): Form => formIn(homes, userId);

function formIn(forms: Map<string, Values>, id: string): Form {
  const values = forms.get(id) ?? new Map<string, Json>();
  forms.set(id, values);
  return {
    read: (blockId, actionId) => values.get(keyOf(blockId, actionId)),
    write: (blockId, actionId, value) => void values.set(keyOf(blockId, actionId), value),
    keepOnly: (blocks) => {
      const kept = new Set(
        blocks.flatMap((block, index) =>
          elementsOf(block).map((element) => keyOf(blockIdOf(block, index), textAt(element, 'action_id'))),
        ),
      );
      for (const key of values.keys()) if (!kept.has(key)) values.delete(key);
    },
  };
}

/** Forgets the forms of modals that are closed. */
export function keepOnly(viewIds: string[]): void {
  for (const id of modals.keys()) if (!viewIds.includes(id)) modals.delete(id);
}

const INITIAL: Record<string, (element: Json) => Json> = {
  plain_text_input: (e) => ({ value: textAt(e, 'initial_value') || null }),
  number_input: (e) => ({ value: textAt(e, 'initial_value') || null }),
  email_text_input: (e) => ({ value: textAt(e, 'initial_value') || null }),
  url_text_input: (e) => ({ value: textAt(e, 'initial_value') || null }),
  rich_text_input: (e) => ({ rich_text_value: e.initial_value ?? null }),
  static_select: (e) => ({ selected_option: e.initial_option ?? null }),
  external_select: (e) => ({ selected_option: e.initial_option ?? null }),
  radio_buttons: (e) => ({ selected_option: e.initial_option ?? null }),
  multi_static_select: (e) => ({ selected_options: objectsAt(e, 'initial_options') }),
  multi_external_select: (e) => ({ selected_options: objectsAt(e, 'initial_options') }),
  checkboxes: (e) => ({ selected_options: objectsAt(e, 'initial_options') }),
  users_select: (e) => ({ selected_user: e.initial_user ?? null }),
  multi_users_select: (e) => ({ selected_users: stringsAt(e, 'initial_users') }),
  conversations_select: (e) => ({ selected_conversation: e.initial_conversation ?? null }),
  multi_conversations_select: (e) => ({ selected_conversations: stringsAt(e, 'initial_conversations') }),
  channels_select: (e) => ({ selected_channel: e.initial_channel ?? null }),
  multi_channels_select: (e) => ({ selected_channels: stringsAt(e, 'initial_channels') }),
  datepicker: (e) => ({ selected_date: e.initial_date ?? null }),
  timepicker: (e) => ({ selected_time: e.initial_time ?? null }),
  datetimepicker: (e) => ({ selected_date_time: numberAt(e, 'initial_date_time') ?? null }),
  file_input: () => ({ files: [] }),
};

/** The value of an element that nobody touched, as in view.state.values; undefined for elements without one (buttons). */
export function initialValue(element: Json): Json | undefined {
  const type = textAt(element, 'type');
  const make = INITIAL[type];
  return make && { type, ...make(element) };
}

/** What counts now: the typed value while the element still offers it, else the initial one. */
export function currentValue(form: Form, blockId: string, element: Json): Json | undefined {
  const typed = form.read(blockId, textAt(element, 'action_id'));
  return typed && typed.type === element.type && isOffered(element, typed) ? typed : initialValue(element);
}

function isOffered(element: Json, value: Json): boolean {
  const grouped = objectsAt(element, 'option_groups').flatMap((group) => objectsAt(group, 'options'));
  const offered = [...objectsAt(element, 'options'), ...grouped].map((option) => option.value);
  const picked = [objectAt(value, 'selected_option'), ...objectsAt(value, 'selected_options')];
  return (
    offered.length === 0 ||
    picked.every((option) => option.value === undefined || offered.includes(option.value))
  );
}

/** Slack makes up missing block ids; the place in the list is as good, for blocks keep their order. */
export const blockIdOf = (block: Json, index: number): string =>
  textAt(block, 'block_id') || `block-${index}`;

/** The interactive elements of a block. */
function elementsOf(block: Json): Json[] {
  if (block.type === 'input') return [objectAt(block, 'element')];
  if (block.type === 'section') return [objectAt(block, 'accessory')];
  return block.type === 'actions' ? objectsAt(block, 'elements') : [];
}

/** The whole view.state.values of a view. */
export function viewState(form: Form, blocks: Json[]): ViewState {
  const state: ViewState = {};
  blocks.forEach((block, index) => {
    const blockId = blockIdOf(block, index);
    for (const element of elementsOf(block)) {
      const value = currentValue(form, blockId, element);
      if (value) state[blockId] = { ...state[blockId], [textAt(element, 'action_id')]: value };
    }
  });
  return state;
}
