/** Where blocks are drawn (a message, a modal, the home tab), and what pressing something there does. */
import type { Form } from './form-state.ts';
import type { Json } from './json.ts';

export interface Surface {
  /** Unique on the page; element ids begin with it. */
  id: string;
  /** Only in a view, where what was entered outlasts updates; elsewhere an update shows its own initial values. */
  form?: Form;
  /** block_id → what is wrong with it. */
  errors: Record<string, string>;
  /** Tells the app of a press or a choice; ends when the server has answered. */
  send(blockId: string, actionId: string, value: Json): Promise<unknown>;
  /** The app's options for what is typed into an external select. */
  suggest?(blockId: string, actionId: string, typed: string): Promise<Json[]>;
  /** Called when a person changes a field. */
  touch?(blockId: string): void;
}

/** What every kind of input needs to draw itself and to report what was entered. */
export interface FieldProps {
  id: string;
  element: Json;
  /** The accessible name where no `<label>` or `<legend>` stands beside the field; '' where one does. */
  label: string;
  /** Ids of the hint and the error; '' for none. */
  describedBy: string;
  isInvalid: boolean;
  /** The value when first drawn: fields are uncontrolled, so that caret and IME are left alone. */
  start: Json;
  onValue(value: Json): void;
  suggest(typed: string): Promise<Json[]>;
  /** Present where the app wants to hear of each choice (dispatch_action, or outside an input block). */
  onAct: ((value: Json) => void) | undefined;
}

/** The ARIA attributes that tie a field to its hint and error. */
export const ariaOf = ({ label, describedBy, isInvalid }: FieldProps) => ({
  'aria-label': label || undefined,
  'aria-describedby': describedBy || undefined,
  'aria-invalid': isInvalid ? 'true' : undefined,
});

/** The ARIA attributes of a group of controls; inside an input block its fieldset has them already. */
export const groupAriaOf = ({ label }: FieldProps) => (label ? { role: 'group', 'aria-label': label } : {});

/** The text in the input, textarea or select that an event came from. */
export function enteredIn(event: Event): string {
  const { target } = event;
  const isField =
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement;
  return isField ? target.value : '';
}

/** An id safe to be used in aria-describedby, which splits at spaces. */
export const elementId = (...parts: string[]): string => parts.join('-').replace(/[^\w-]/g, '_');
