/** Inputs that are chosen from: selects, multi selects, checkboxes, radio buttons. */
import { useState } from 'hono/jsx/dom';
import {
  type Choice,
  type ChoiceGroup,
  choiceGroups,
  pickedValues,
  pickMany,
  pickOne,
  placeholderOf,
} from './choices.ts';
import { isJson, numberAt, objectAt, textAt } from './json.ts';
import { Mrkdwn, plain } from './mrkdwn.tsx';
import { ariaOf, enteredIn, type FieldProps, groupAriaOf } from './surface.ts';
import { text } from './text.ts';

/** Above this many options a person looks for a word rather than through a list. */
const FILTER_FROM = 9;

/** Every single select; the browser's own, because it is the best one on a phone. */
export function SelectField(props: FieldProps) {
  const { id, element } = props;
  const groups = choiceGroups(element);
  const [picked] = pickedValues(element, props.start);
  const onChange = (event: Event) => {
    const entered = enteredIn(event);
    const choice = groups.flatMap((group) => group.choices).find(({ value }) => value === entered);
    const value = pickOne(element, choice);
    props.onValue(value);
    if (choice) props.onAct?.(value);
  };
  const drawn = ({ label, choices }: ChoiceGroup) => {
    const options = choices.map((choice) => (
      <option key={choice.value} value={choice.value} selected={choice.value === picked}>
        {choice.label}
      </option>
    ));
    return label ? <optgroup label={label}>{options}</optgroup> : options;
  };
  return (
    <select id={id} class="control" onChange={onChange} {...ariaOf(props)}>
      <option value="">{placeholderOf(element)}</option>
      {groups.map(drawn)}
    </select>
  );
}

/** Every multi select: a list of checkboxes to scroll, with a filter and the chosen ones on top when it is long. */
export function MultiSelectField(props: FieldProps) {
  const { id, element } = props;
  const groups = choiceGroups(element);
  const all = groups.flatMap((group) => group.choices);
  const [picked, setPicked] = useState(() => pickedValues(element, props.start));
  const [wanted, setWanted] = useState('');
  const max = numberAt(element, 'max_selected_items') ?? Number.POSITIVE_INFINITY;
  const isLong = all.length >= FILTER_FROM;
  const set = (values: string[]) => {
    setPicked(values);
    props.onValue(
      pickMany(
        element,
        all.filter((choice) => values.includes(choice.value)),
      ),
    );
  };
  const toggle = (value: string) =>
    set(picked.includes(value) ? picked.filter((other) => other !== value) : [...picked, value]);
  const decide = () =>
    props.onAct?.(
      pickMany(
        element,
        all.filter((choice) => picked.includes(choice.value)),
      ),
    );
  const fits = ({ label }: Choice) => label.normalize('NFKC').toLowerCase().includes(wanted);
  const shown = groups
    .map((group) => ({ ...group, choices: group.choices.filter(fits) }))
    .filter((group) => group.choices.length > 0);
  return (
    <div class="multi" {...groupAriaOf(props)}>
      <p class="multi-count" aria-live="polite">
        {Number.isFinite(max) ? text.chosenOf(picked.length, max) : text.chosen(picked.length)}
      </p>
      {isLong && picked.length > 0 && (
        <Chips choices={all.filter((c) => picked.includes(c.value))} onRemove={toggle} />
      )}
      {isLong && (
        <input
          type="search"
          class="control"
          aria-label={text.filter}
          placeholder={text.filter}
          onInput={(event: Event) => setWanted(enteredIn(event).normalize('NFKC').toLowerCase())}
          onKeyDown={(event: KeyboardEvent) => {
            if (event.key === 'Enter') event.preventDefault();
          }}
        />
      )}
      <div class="multi-list">
        {shown.length === 0 && <p class="faint">{text.noOption}</p>}
        {shown.map((group) => (
          <div key={group.label} {...(group.label ? { role: 'group', 'aria-label': group.label } : {})}>
            {group.label && <p class="multi-group">{group.label}</p>}
            {group.choices.map((choice) => (
              <label key={choice.value} class="tick">
                <input
                  type="checkbox"
                  id={`${id}-${choice.value}`}
                  checked={picked.includes(choice.value)}
                  disabled={!picked.includes(choice.value) && picked.length >= max}
                  onChange={() => toggle(choice.value)}
                />
                <span>{choice.label}</span>
              </label>
            ))}
          </div>
        ))}
      </div>
      {props.onAct && (
        <button type="button" class="button" onClick={decide}>
          {text.decide}
        </button>
      )}
    </div>
  );
}

/** The picked choices, each with a way to take it out. */
export function Chips({ choices, onRemove }: { choices: Choice[]; onRemove: (value: string) => void }) {
  return (
    <p class="chips">
      {choices.map(({ value, label }) => (
        <button
          key={value}
          type="button"
          class="chip"
          aria-label={text.remove(label)}
          onClick={() => onRemove(value)}
        >
          {label} <span aria-hidden="true">×</span>
        </button>
      ))}
    </p>
  );
}

/** checkboxes and radio_buttons, with their descriptions. */
export function TicksField(props: FieldProps) {
  const { id, element } = props;
  const isRadio = element.type === 'radio_buttons';
  const choices = choiceGroups(element).flatMap((group) => group.choices);
  const [picked, setPicked] = useState(() => pickedValues(element, props.start));
  const toggle = (choice: Choice) => {
    const others = picked.filter((value) => value !== choice.value);
    const values = isRadio
      ? [choice.value]
      : picked.includes(choice.value)
        ? others
        : [...others, choice.value];
    const value = isRadio
      ? pickOne(element, choice)
      : pickMany(
          element,
          choices.filter((other) => values.includes(other.value)),
        );
    setPicked(values);
    props.onValue(value);
    props.onAct?.(value);
  };
  return (
    <div class="ticks" {...groupAriaOf(props)}>
      {choices.map((choice) => (
        <Tick
          key={choice.value}
          id={`${id}-${choice.value}`}
          name={isRadio ? id : ''}
          choice={choice}
          isPicked={picked.includes(choice.value)}
          onToggle={() => toggle(choice)}
        />
      ))}
    </div>
  );
}

interface TickProps {
  id: string;
  /** The name shared by a group of radio buttons; '' for a checkbox. */
  name: string;
  choice: Choice;
  isPicked: boolean;
  onToggle: () => void;
}

function Tick({ id, name, choice, isPicked, onToggle }: TickProps) {
  const option = isJson(choice.raw) ? choice.raw : {};
  const label = objectAt(option, 'text');
  const description = objectAt(option, 'description');
  const note = textAt(description, 'text');
  return (
    <div class="tick">
      <input
        id={id}
        type={name ? 'radio' : 'checkbox'}
        name={name || undefined}
        checked={isPicked}
        aria-describedby={note ? `${id}-note` : undefined}
        onChange={onToggle}
      />
      <label for={id}>
        {label.type === 'mrkdwn' ? <Mrkdwn source={textAt(label, 'text')} /> : plain(textAt(label, 'text'))}
      </label>
      {note && (
        <div id={`${id}-note`} class="tick-note">
          {description.type === 'mrkdwn' ? <Mrkdwn source={note} /> : plain(note)}
        </div>
      )}
    </div>
  );
}
