/** The forms of one question's page: which of them was sent, and their inputs. */
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { FormToken } from '../../../web/frame.tsx';
import type { PageEnv } from '../../../web/page-env.ts';
import type { OpenQuestion } from './data.ts';
import { questionPath } from './paths.ts';

interface FormProps {
  c: Context<PageEnv>;
  question: OpenQuestion;
  what: 'plan' | 'draft' | 'answer' | 'aside' | 'reopen' | 'merge' | 'move';
  label: string;
  isPrimary?: boolean;
  children?: Child;
}

/** Says with `do` what it is for. */
export function Form({ c, question, what, label, isPrimary = false, children }: FormProps): Child {
  return (
    <form method="post" action={questionPath(question.number)}>
      <FormToken c={c} />
      <input type="hidden" name="do" value={what} />
      {children}
      <p>
        <button class={isPrimary ? 'button primary' : 'button'} type="submit">
          {label}
        </button>
      </p>
    </form>
  );
}

interface FieldProps {
  name: string;
  /** Where a name stands several times. */
  id?: string;
  label: string;
  hint?: string;
  fault: string | undefined;
  value?: string | undefined;
}

export function Field({ name, id = name, label, hint, fault, value = '' }: FieldProps): Child {
  return (
    <Wrapped name={id} label={label} {...(hint === undefined ? {} : { hint })} fault={fault}>
      <input type="text" id={id} name={name} value={value} {...described(id, fault)} />
    </Wrapped>
  );
}

/** A label, what helps and what is wrong, around an input of that id. */
export function Wrapped({
  name,
  label,
  hint,
  fault,
  children,
}: Pick<FieldProps, 'name' | 'label' | 'hint' | 'fault'> & { children?: Child }): Child {
  return (
    <div class={fault === undefined ? 'field' : 'field faulty'}>
      <label for={name}>{label}</label>
      {hint === undefined ? null : <p class="hint">{hint}</p>}
      {fault === undefined ? null : (
        <p class="fault" id={`${name}-fault`}>
          {fault}
        </p>
      )}
      {children}
    </div>
  );
}

export function described(name: string, fault: string | undefined) {
  return fault === undefined ? {} : { 'aria-invalid': 'true' as const, 'aria-describedby': `${name}-fault` };
}
