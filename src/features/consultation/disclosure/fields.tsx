/** Inputs of the forms of requests: label, hint and fault are tied to the input. */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { FormToken } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import { FORM_ID } from './schema.ts';
import { disclosureText } from './text.ts';

interface FieldProps {
  name: string;
  label: string;
  hint?: string;
  isOptional?: boolean;
  value: string | undefined;
  fault: string | undefined;
}

function describedBy({ name, hint, fault }: FieldProps): string | undefined {
  return [hint ? `${name}-hint` : '', fault ? `${name}-fault` : ''].filter(Boolean).join(' ') || undefined;
}

function shared(props: FieldProps) {
  const about = describedBy(props);
  return {
    id: props.name,
    name: props.name,
    ...(props.isOptional ? {} : { 'aria-required': 'true' as const }),
    ...(about ? { 'aria-describedby': about } : {}),
    ...(props.fault ? { 'aria-invalid': 'true' as const } : {}),
  };
}

function Mark({ isOptional }: { isOptional: boolean | undefined }) {
  return (
    <span class={isOptional ? 'mark' : 'mark required'}>
      {isOptional ? disclosureText.optional : disclosureText.required}
    </span>
  );
}

function About({ name, hint, fault }: FieldProps) {
  return (
    <>
      {hint ? (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      ) : null}
      {fault ? (
        <p class="fault" id={`${name}-fault`}>
          {fault}
        </p>
      ) : null}
    </>
  );
}

function Framed({ props, children }: { props: FieldProps; children: Child }) {
  return (
    <div class={props.fault ? 'field faulty' : 'field'}>
      <label for={props.name}>
        {props.label}
        <Mark isOptional={props.isOptional} />
      </label>
      <About {...props} />
      {children}
    </div>
  );
}

export function TextField(props: FieldProps & { type: 'text' | 'date' }) {
  return (
    <Framed props={props}>
      <input type={props.type} {...shared(props)} value={props.value ?? ''} autocomplete="off" />
    </Framed>
  );
}

export function AreaField(props: FieldProps) {
  // A textarea drops the first line break: one more keeps what was typed.
  return (
    <Framed props={props}>
      <textarea {...shared(props)} rows={4}>{`\n${props.value ?? ''}`}</textarea>
    </Framed>
  );
}

export function ChoiceField(
  props: FieldProps & { choices: readonly (readonly [value: string, label: string])[] },
) {
  const about = describedBy(props);
  return (
    <fieldset
      class={props.fault ? 'field faulty' : 'field'}
      {...(about ? { 'aria-describedby': about } : {})}
    >
      <legend>
        {props.label}
        <Mark isOptional={props.isOptional} />
      </legend>
      <About {...props} />
      <div class="choices">
        {props.choices.map(([value, label]) => (
          <label>
            <input type="radio" name={props.name} value={value} checked={props.value === value} />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** What every form here carries: it is of this session, and takes effect once. */
export function OwnFields({ c }: { c: Context<PageEnv> }) {
  return (
    <>
      <FormToken c={c} />
      <input type="hidden" name={FORM_ID} value={crypto.randomUUID()} />
    </>
  );
}
