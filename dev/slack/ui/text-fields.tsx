/** Inputs that are typed into: text, number, mail, URL, rich text. */
import { useRef, useState } from 'hono/jsx/dom';
import { isJson, type Json, labelAt, numberAt, objectAt, objectsAt, stringsAt, textAt } from './json.ts';
import { plain } from './mrkdwn.tsx';
import { ariaOf, enteredIn, type FieldProps } from './surface.ts';

const INPUT_TYPES: Record<string, { type: string; inputmode?: 'numeric' | 'decimal' }> = {
  email_text_input: { type: 'email' },
  url_text_input: { type: 'url' },
  number_input: { type: 'text', inputmode: 'numeric' },
};

/** plain_text_input, number_input, email_text_input, url_text_input. */
export function TextField(props: FieldProps) {
  const { id, element, start } = props;
  const type = textAt(element, 'type');
  const startText = textAt(start, 'value');
  const [length, setLength] = useState(startText.length);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const max = numberAt(element, 'max_length');
  const moments = stringsAt(objectAt(element, 'dispatch_action_config'), 'trigger_actions_on');
  const actsOn = moments.length ? moments : ['on_enter_pressed'];

  const onInput = (event: Event) => {
    const value = { type, value: enteredIn(event) || null };
    setLength(enteredIn(event).length);
    props.onValue(value);
    if (!props.onAct || !actsOn.includes('on_character_entered')) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => props.onAct?.(value), 300);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.isComposing || event.shiftKey) return;
    if (!props.onAct || !actsOn.includes('on_enter_pressed')) return;
    event.preventDefault();
    props.onAct({ type, value: enteredIn(event) || null });
  };
  const common = {
    id,
    class: 'control',
    value: startText,
    placeholder: plain(labelAt(element, 'placeholder')),
    'data-focus': element.focus_on_load === true ? 'true' : undefined,
    onInput,
    onKeyDown,
    ...ariaOf(props),
  };
  return (
    <>
      {element.multiline === true ? (
        <textarea rows={4} {...common} />
      ) : (
        <input autocomplete="off" {...(INPUT_TYPES[type] ?? { type: 'text' })} {...common} />
      )}
      {max !== undefined && (
        <span class={length > max ? 'counter is-over' : 'counter'}>
          {length} / {max}
        </span>
      )}
    </>
  );
}

/** The plain words of a rich_text value. */
function richTextOf(value: Json): string {
  return objectsAt(value, 'elements')
    .map((part) => textAt(part, 'text') || richTextOf(part))
    .join('');
}

const toRichText = (words: string): Json => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: words }] }],
});

/** rich_text_input: plain words here, sent as a rich_text value. */
export function RichTextField(props: FieldProps) {
  const { id, element, start } = props;
  const startText = isJson(start.rich_text_value) ? richTextOf(start.rich_text_value) : '';
  const onInput = (event: Event) => {
    const words = enteredIn(event);
    props.onValue({ type: 'rich_text_input', rich_text_value: words ? toRichText(words) : null });
  };
  return (
    <textarea
      id={id}
      rows={4}
      class="control"
      value={startText}
      placeholder={plain(labelAt(element, 'placeholder'))}
      data-focus={element.focus_on_load === true ? 'true' : undefined}
      onInput={onInput}
      {...ariaOf(props)}
    />
  );
}
