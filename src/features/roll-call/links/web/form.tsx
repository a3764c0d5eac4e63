/** The forms of an answer, for oneself and for others: large targets, no typing but minutes. */
import type { Child } from 'hono/jsx';
import type { RollCall } from '../../data.ts';
import { instructionsOf } from '../../data.ts';
import { rollCallText } from '../../text.ts';
import {
  COMING_CHOICES,
  COMINGS,
  FAMILIES,
  FAMILY_WORDS,
  INSTRUCTION_WORDS,
  PLACE_WORDS,
  PLACES,
  SAFETIES,
  SAFETY_WORDS,
} from '../../words.ts';
import { type Faults, textOf } from './schema.ts';
import { safetyText as text } from './text.ts';

/** What is chosen in a form: what counts now, or what was sent and could not be taken. */
export type Chosen = Partial<
  Record<'safety' | 'place' | 'coming' | 'minutes' | 'family' | 'person' | 'by', string>
>;

export function chosenIn(form: FormData): Chosen {
  const of = (field: keyof Chosen) => ({ [field]: textOf(form, field) });
  return {
    ...of('safety'),
    ...of('place'),
    ...of('coming'),
    ...of('minutes'),
    ...of('family'),
    ...of('person'),
    ...of('by'),
  };
}

/** A form of the page. With script it is kept until the server has it. */
export function KeptForm({ action, children }: { action: string; children: Child }) {
  return (
    <form method="post" action={action} data-keep="">
      <input type="hidden" name="key" value={crypto.randomUUID()} />
      <input type="hidden" name="at" value="" />
      {children}
    </form>
  );
}

/** One tap. */
export function SafeForm({ action }: { action: string }) {
  return (
    <KeptForm action={action}>
      <input type="hidden" name="safety" value="safe" />
      <input type="hidden" name="only" value="safety" />
      <button class="big" type="submit">
        {text.safe}
      </button>
    </KeptForm>
  );
}

/** @param of tells two forms of one page apart */
export function AnswerFields({ of, chosen, faults }: { of: string; chosen: Chosen; faults: Faults }) {
  const minutes = `minutes-${of}`;
  return (
    <>
      <Options
        name="safety"
        legend={text.safety}
        words={SAFETIES.map((each) => [each, SAFETY_WORDS[each]])}
        chosen={chosen.safety}
        fault={faults.safety}
        isRequired
      />
      <Options
        name="place"
        legend={text.place}
        words={PLACES.map((each) => [each, PLACE_WORDS[each]])}
        chosen={chosen.place}
      />
      <Options
        name="coming"
        legend={text.coming}
        words={COMINGS.map((each) => [each, COMING_CHOICES[each]])}
        chosen={chosen.coming}
      />
      <fieldset>
        <label class="label" for={minutes}>
          {text.minutes}
        </label>
        {faults.minutes === undefined ? null : <p class="fault">{faults.minutes}</p>}
        <p class="quiet">{text.minutesHint}</p>
        <input
          id={minutes}
          type="text"
          name="minutes"
          inputmode="numeric"
          autocomplete="off"
          maxlength={6}
          value={chosen.minutes ?? ''}
        />
      </fieldset>
      <Options
        name="family"
        legend={text.family}
        words={FAMILIES.map((each) => [each, FAMILY_WORDS[each]])}
        chosen={chosen.family}
      />
      <button type="submit">{text.send}</button>
    </>
  );
}

export function Options({
  name,
  legend,
  words,
  chosen,
  fault,
  isRequired = false,
}: {
  name: string;
  legend: string;
  words: readonly (readonly [string, string])[];
  chosen: string | undefined;
  fault?: string | undefined;
  /** Else nothing need be said. */
  isRequired?: boolean;
}) {
  const all = isRequired ? words : [...words, ['', text.unsaid] as const];
  return (
    <fieldset>
      <legend>{legend}</legend>
      {fault === undefined ? null : <p class="fault">{fault}</p>}
      {all.map(([value, label]) => (
        <label class="option">
          <input
            type="radio"
            name={name}
            value={value}
            required={isRequired}
            checked={value === (chosen ?? (isRequired ? undefined : ''))}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

/** Whose answer it is, chosen by name. */
export function PersonChoice({
  of,
  people,
  chosen,
  fault,
}: {
  of: string;
  people: readonly { person: string; name: string }[];
  chosen: string | undefined;
  fault: string | undefined;
}) {
  const id = `person-${of}`;
  return (
    <fieldset>
      <label class="label" for={id}>
        {text.who}
      </label>
      {fault === undefined ? null : <p class="fault">{fault}</p>}
      <select id={id} name="person" required>
        <option value="">{text.choose}</option>
        {people.map(({ person, name }) => (
          <option value={person} selected={person === chosen}>
            {name}
          </option>
        ))}
      </select>
    </fieldset>
  );
}

/** What a roll-call asks of people. @param note what was typed, opened */
export function Asked({ rollCall, note }: { rollCall: RollCall; note: string | null }) {
  return (
    <>
      <p class={rollCall.kind === 'drill' ? 'kind drill' : 'kind'}>
        {rollCall.kind === 'drill' ? text.isDrill : text.isActual}
      </p>
      {rollCall.startedAt === null ? null : <p>{rollCallText.startedAt(rollCall.startedAt)}</p>}
      <h2>{text.asked}</h2>
      <ul>
        {instructionsOf(rollCall).map((each) => (
          <li>{INSTRUCTION_WORDS[each]}</li>
        ))}
      </ul>
      {note === null ? null : (
        <>
          <h2>{text.note}</h2>
          <p class="typed">{note}</p>
        </>
      )}
    </>
  );
}
