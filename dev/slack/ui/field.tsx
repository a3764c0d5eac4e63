/** One input element of any kind, tied to its surface: what is typed is remembered, what must be told is sent. */
import { type FC, useState } from 'hono/jsx/dom';
import { MultiSelectField, SelectField, TicksField } from './choice-fields.tsx';
import { isConfirmed } from './confirm.tsx';
import { DateField } from './date-fields.tsx';
import { ExternalField } from './external-field.tsx';
import { currentValue, initialValue } from './form-state.ts';
import { type Json, textAt } from './json.ts';
import { elementId, type FieldProps, type Surface } from './surface.ts';
import { text } from './text.ts';
import { RichTextField, TextField } from './text-fields.tsx';

const FIELDS: Record<string, FC<FieldProps>> = {
  plain_text_input: TextField,
  number_input: TextField,
  email_text_input: TextField,
  url_text_input: TextField,
  rich_text_input: RichTextField,
  static_select: SelectField,
  users_select: SelectField,
  conversations_select: SelectField,
  channels_select: SelectField,
  external_select: ExternalField,
  multi_external_select: ExternalField,
  multi_static_select: MultiSelectField,
  multi_users_select: MultiSelectField,
  multi_conversations_select: MultiSelectField,
  multi_channels_select: MultiSelectField,
  checkboxes: TicksField,
  radio_buttons: TicksField,
  datepicker: DateField,
  timepicker: DateField,
  datetimepicker: DateField,
};

/** Whether the element is one control that a `<label for>` can name; the others need a fieldset. */
export const isSingleControl = (element: Json): boolean =>
  !/^(multi_(?!external)|checkboxes|radio_buttons|file_input)/.test(textAt(element, 'type'));

/** The id of an element's control. */
export const fieldId = (surface: Surface, blockId: string, element: Json): string =>
  elementId(surface.id, blockId, textAt(element, 'action_id'));

interface Props {
  surface: Surface;
  blockId: string;
  element: Json;
  /** As in FieldProps. */
  label: string;
  describedBy: string;
  /** Whether the app hears of each choice. */
  isActing: boolean;
}

/** Draws the element, or says that this kind is not known here. */
export function Field({ surface, blockId, element, label, describedBy, isActing }: Props) {
  const type = textAt(element, 'type');
  const actionId = textAt(element, 'action_id');
  const Kind = FIELDS[type];
  // Written down at once: an update with another initial value changes neither what is shown nor what is sent.
  const [kept] = useState(() => {
    const value = surface.form && currentValue(surface.form, blockId, element);
    if (value) surface.form?.write(blockId, actionId, value);
    return value;
  });
  const start = surface.form ? kept : initialValue(element);
  if (type === 'file_input') return <p class="faint">{text.noFiles}</p>;
  if (!Kind || !start) return <p class="faint">{text.unsupported(type)}</p>;
  const onAct = async (value: Json) => {
    if (await isConfirmed(element)) await surface.send(blockId, actionId, value);
  };
  return (
    <Kind
      key={surface.form ? type : JSON.stringify(start)}
      id={fieldId(surface, blockId, element)}
      element={element}
      label={label}
      describedBy={describedBy}
      isInvalid={blockId in surface.errors}
      start={start}
      onValue={(value) => {
        surface.form?.write(blockId, actionId, value);
        surface.touch?.(blockId);
      }}
      suggest={(typed) => surface.suggest?.(blockId, actionId, typed) ?? Promise.resolve([])}
      onAct={isActing ? (value) => void onAct(value) : undefined}
    />
  );
}
