/** What a press or a choice adds to the action: nothing for a button, else what the menu holds afterwards. */
import { choicesOf } from '../block-kit/choices.ts';
import type { Directory } from '../directory.ts';
import { type JsonObject, objectsOf } from '../json.ts';
import { valueInWords, type Words } from './choose.ts';
import { type Control, findOption } from './controls.ts';
import type { OptionsResult } from './suggestions.ts';

/** Asks the app for the choices of an external menu when this is typed into it. */
export type AskOptions = (control: Control, typed: string) => Promise<OptionsResult>;

/** The value that these words leave in the control. Throws what is offered instead, or what Slack's client says. */
export async function valueOfWords(
  control: Control,
  words: Words,
  directory: Directory,
  ask: AskOptions,
): Promise<JsonObject> {
  if (!control.type.endsWith('external_select')) return valueInWords(control, words, directory);
  const found: JsonObject[] = [];
  for (const typed of [words ?? []].flat().map(String)) {
    const asked = await ask(control, typed);
    if (!asked.ok) throw new Error(asked.message);
    found.push(findOption(asked.options, typed));
  }
  return control.type === 'external_select'
    ? { selected_option: found[0] ?? null }
    : { selected_options: found };
}

/**
 * The value after a press on this label without further words: of a button nothing, of an overflow menu or radio button
 * the option of that name, of a checkbox what is ticked then. `held` is what the control holds before.
 */
export function valueOfPress(control: Control, label: string, held: JsonObject | undefined): JsonObject {
  switch (control.type) {
    case 'button':
      return {};
    case 'overflow':
    case 'radio_buttons':
      return { selected_option: findOption(choicesOf(control.element), label) };
    case 'checkboxes': {
      const ticked = objectsOf(held?.selected_options);
      const pressed = findOption(choicesOf(control.element), label);
      const others = ticked.filter((option) => option.value !== pressed.value);
      return { selected_options: others.length < ticked.length ? others : [...ticked, pressed] };
    }
    default:
      throw new Error(`「${label}」 is a ${control.type}: say what to choose in it`);
  }
}
