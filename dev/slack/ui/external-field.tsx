/** external_select and multi_external_select: the app gives the options while a person types. */
import { useRef, useState } from 'hono/jsx/dom';
import { Chips } from './choice-fields.tsx';
import { type Choice, choiceOf, pickMany, pickOne } from './choices.ts';
import { isJson, labelAt, numberAt, objectsAt, textAt } from './json.ts';
import { plain } from './mrkdwn.tsx';
import { ariaOf, enteredIn, type FieldProps } from './surface.ts';
import { text } from './text.ts';

const PAUSE_MILLIS = 250;

/** A box to type into with the app's options below; what is picked stands in the box, or above it for several. */
export function ExternalField(props: FieldProps) {
  const { id, element, start } = props;
  const isMulti = textAt(element, 'type').startsWith('multi_');
  const box = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const [offered, setOffered] = useState<Choice[]>([]);
  const [picked, setPicked] = useState(() => {
    const one = isJson(start.selected_option) ? [start.selected_option] : [];
    return [...one, ...objectsAt(start, 'selected_options')].map(choiceOf);
  });

  const set = (choices: Choice[]) => {
    setPicked(choices);
    const value = isMulti ? pickMany(element, choices) : pickOne(element, choices[0]);
    props.onValue(value);
    if (choices.length > 0) props.onAct?.(value);
  };
  const pick = (choice: Choice) => {
    if (box.current) box.current.value = isMulti ? '' : choice.label;
    setOffered([]);
    box.current?.focus();
    const others = picked.filter(({ value }) => value !== choice.value);
    set(isMulti ? [...others, choice] : [choice]);
  };
  /** Slack asks for choices from three characters on, where the app does not say otherwise. */
  const least = numberAt(element, 'min_query_length') ?? 3;
  const offer = async (typed: string) => {
    setOffered(typed.length >= least ? (await props.suggest(typed)).map(choiceOf) : []);
  };
  const onInput = (event: Event) => {
    const typed = enteredIn(event);
    // Words that were typed over a choice are no choice.
    if (!isMulti && picked.length > 0) set([]);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void offer(typed), PAUSE_MILLIS);
  };
  const onFocus = (event: Event) => {
    if (least === 0 && enteredIn(event) === '') void offer('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    if (offered[0]) pick(offered[0]);
  };
  return (
    <div class="external">
      {isMulti && picked.length > 0 && (
        <Chips
          choices={picked}
          onRemove={(value) => set(picked.filter((choice) => choice.value !== value))}
        />
      )}
      <input
        ref={box}
        id={id}
        class="control"
        autocomplete="off"
        aria-autocomplete="list"
        value={isMulti ? '' : (choiceOfStart(start)?.label ?? '')}
        placeholder={plain(labelAt(element, 'placeholder')) || text.externalSearch}
        onInput={onInput}
        onFocus={onFocus}
        onKeyDown={onKeyDown}
        {...ariaOf(props)}
      />
      {offered.length > 0 && (
        <div class="offered" role="listbox" aria-label={text.options}>
          {offered.map((choice) => (
            <button
              key={choice.value}
              type="button"
              role="option"
              aria-selected={picked.some(({ value }) => value === choice.value) ? 'true' : 'false'}
              onClick={() => pick(choice)}
            >
              {choice.label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

const choiceOfStart = (start: FieldProps['start']): Choice | undefined =>
  isJson(start.selected_option) ? choiceOf(start.selected_option) : undefined;
