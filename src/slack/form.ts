/** Reading a modal's state: `view.state.values` as plain values by block id. */
import * as v from 'valibot';
import { fold } from '../lib/japanese.ts';

const Option = v.object({ value: v.string() });

/** The parts of Slack's state values that our inputs use; what a person left empty is null or missing. */
const StateValue = v.object({
  value: v.nullish(v.string()),
  selected_option: v.nullish(Option),
  selected_options: v.nullish(v.array(Option)),
  selected_date: v.nullish(v.string()),
  selected_time: v.nullish(v.string()),
  selected_user: v.nullish(v.string()),
  selected_users: v.nullish(v.array(v.string())),
});
const State = v.record(v.string(), v.record(v.string(), StateValue));

/** By block id: a text (trimmed, null when empty) or the chosen values of a list. */
export type FormValues = Record<string, string | string[] | null>;

/** Every block of our modals holds one input. Throws on a state that Slack cannot have sent. */
export function readForm(state: unknown): FormValues {
  const values: FormValues = {};
  for (const [blockId, actions] of Object.entries(v.parse(State, state))) {
    const [input] = Object.values(actions);
    if (input)
      values[blockId] =
        input.selected_options?.map((option) => option.value) ?? input.selected_users ?? textOf(input);
  }
  return values;
}

/** The text or single choice of a block; null when it is empty or not in the form. */
export function textValue(values: FormValues, blockId: string): string | null {
  const value = values[blockId];
  return typeof value === 'string' ? value : null;
}

export function listValue(values: FormValues, blockId: string): string[] {
  const value = values[blockId];
  return Array.isArray(value) ? value : [];
}

function textOf(input: v.InferOutput<typeof StateValue>): string | null {
  const text =
    input.value ??
    input.selected_option?.value ??
    input.selected_date ??
    input.selected_time ??
    input.selected_user ??
    '';
  // A text of spaces and invisible characters only is an empty one.
  return fold(text) === '' ? null : text;
}
