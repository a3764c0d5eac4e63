/** Inputs of the form of minutes: label, hint and fault are tied to the input. */
import type { Child } from 'hono/jsx';

export interface FieldProps {
  name: string;
  label: string;
  hint?: string | undefined;
  value: string;
  fault: string | undefined;
}

function idOf(name: string): string {
  return name.replaceAll(/[^\w-]/g, '-');
}

function shared({ name, hint, fault }: FieldProps) {
  const id = idOf(name);
  const about = [hint ? `${id}-hint` : '', fault ? `${id}-fault` : ''].filter(Boolean).join(' ');
  return {
    id,
    name,
    ...(about === '' ? {} : { 'aria-describedby': about }),
    ...(fault === undefined ? {} : { 'aria-invalid': 'true' as const }),
  };
}

function Framed({ props, children }: { props: FieldProps; children: Child }) {
  const id = idOf(props.name);
  return (
    <div class={props.fault === undefined ? 'field' : 'field faulty'}>
      <label for={id}>{props.label}</label>
      {props.hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      )}
      {props.fault === undefined ? null : (
        <p class="fault" id={`${id}-fault`}>
          {props.fault}
        </p>
      )}
      {children}
    </div>
  );
}

export function AreaField(props: FieldProps & { rows: number }) {
  // A textarea drops the first line break: one more keeps what was typed.
  return (
    <Framed props={props}>
      <textarea {...shared(props)} rows={props.rows}>{`\n${props.value}`}</textarea>
    </Framed>
  );
}

export function LineField(props: FieldProps & { type: 'text' | 'date' }) {
  return (
    <Framed props={props}>
      <input type={props.type} {...shared(props)} value={props.value} autocomplete="off" />
    </Framed>
  );
}

export function SelectField(
  props: FieldProps & { choices: readonly (readonly [value: string, label: string])[] },
) {
  return (
    <Framed props={props}>
      <select {...shared(props)}>
        {props.choices.map(([value, label]) => (
          <option value={value} selected={value === props.value}>
            {label}
          </option>
        ))}
      </select>
    </Framed>
  );
}
