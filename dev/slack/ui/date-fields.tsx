/** Dates and times; the browser's own pickers, read as Japanese time. */
import { localOfSeconds, secondsOfLocal } from './dates.ts';
import { type Json, numberAt, textAt } from './json.ts';
import { ariaOf, enteredIn, type FieldProps } from './surface.ts';

interface Kind {
  inputType: 'date' | 'time' | 'datetime-local';
  start(value: Json): string;
  read(entered: string): Json;
}

const KINDS: Record<string, Kind> = {
  datepicker: {
    inputType: 'date',
    start: (value) => textAt(value, 'selected_date'),
    read: (entered) => ({ type: 'datepicker', selected_date: entered || null }),
  },
  timepicker: {
    inputType: 'time',
    start: (value) => textAt(value, 'selected_time'),
    read: (entered) => ({ type: 'timepicker', selected_time: entered || null }),
  },
  datetimepicker: {
    inputType: 'datetime-local',
    start: (value) => {
      const seconds = numberAt(value, 'selected_date_time');
      return seconds === undefined ? '' : localOfSeconds(seconds);
    },
    read: (entered) => ({ type: 'datetimepicker', selected_date_time: secondsOfLocal(entered) }),
  },
};

/** datepicker, timepicker, datetimepicker. */
export function DateField(props: FieldProps) {
  const kind = KINDS[textAt(props.element, 'type')];
  if (!kind) return null;
  const onChange = (event: Event) => {
    const value = kind.read(enteredIn(event));
    props.onValue(value);
    if (enteredIn(event)) props.onAct?.(value);
  };
  return (
    <input
      id={props.id}
      type={kind.inputType}
      class="control is-date"
      value={kind.start(props.start)}
      onChange={onChange}
      {...ariaOf(props)}
    />
  );
}
