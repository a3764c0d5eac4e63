/** The page of 緊急閲覧. */
import { type Context, Hono } from 'hono';
import { fold } from '../../../../lib/japanese.ts';
import type { FormValues } from '../../../../slack/form.ts';
import { FormToken, showPage } from '../../../../web/frame.tsx';
import type { PageEnv } from '../../../../web/page-env.ts';
import { webText } from '../../../../web/text.ts';
import { actorOfPage } from '../../../directory/page-gate.ts';
import { recordRefusal } from '../../mutations.ts';
import { casePath, EMERGENCY_PATH } from '../../pages/paths.ts';
import type { FieldErrors } from '../../schema.ts';
import { BREAK_GLASS, openInEmergency } from './mutations.ts';
import { mayAskForEmergency } from './rules.ts';
import { readEmergency } from './schema.ts';
import { emergencyText as text } from './text.ts';

export function emergencyPages(): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();

  pages.use(EMERGENCY_PATH, async (c, next) => {
    const actor = actorOfPage(c);
    if (mayAskForEmergency(actor)) return next();
    await recordRefusal(c.get('scope'), actor, { id: '', loaded: undefined }, BREAK_GLASS, 'not-manager');
    return c.notFound();
  });

  pages.get(EMERGENCY_PATH, (c) => showForm(c, { reference: '', reason: '' }, {}));

  pages.post(EMERGENCY_PATH, async (c) => {
    const form = await c.req.formData();
    const typed = { reference: typedIn(form, 'reference'), reason: typedIn(form, 'reason') };
    const read = readEmergency(valuesOf(typed));
    if (!read.ok) return showForm(c, typed, read.refusal);
    const opened = await openInEmergency(c.get('scope'), actorOfPage(c), read.value);
    if (!opened.ok) return showForm(c, typed, { reference: text.notFound });
    return c.redirect(casePath(opened.value.reference), 303);
  });

  return pages;
}

interface Typed {
  reference: string;
  reason: string;
}

/** Browsers send line breaks as CRLF. */
function typedIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n') : '';
}

/** A text of spaces and invisible characters only is an empty one, as in a modal. */
function valuesOf(typed: Typed): FormValues {
  const textOf = (value: string) => (fold(value) === '' ? null : value);
  return { reference: textOf(typed.reference), reason: textOf(typed.reason) };
}

function showForm(c: Context<PageEnv>, typed: Typed, faults: FieldErrors): Promise<Response> {
  const isFault = Object.keys(faults).length > 0;
  return showPage(c, {
    title: text.title,
    isFault,
    status: isFault ? 422 : 200,
    body: (
      <>
        <p>{text.lead}</p>
        <ul>
          {text.rules.map((rule) => (
            <li>{rule}</li>
          ))}
        </ul>
        <form method="post" action={EMERGENCY_PATH}>
          <FormToken c={c} />
          <Labelled name="reference" {...text.reference} fault={faults.reference}>
            <input
              type="text"
              id="reference"
              name="reference"
              value={typed.reference}
              autocomplete="off"
              aria-required="true"
              {...described('reference', faults.reference)}
            />
          </Labelled>
          <Labelled name="reason" {...text.reason} fault={faults.reason}>
            {/* A textarea drops the first line break: one more keeps what was typed. */}
            <textarea
              id="reason"
              name="reason"
              rows={5}
              aria-required="true"
              {...described('reason', faults.reason)}
            >{`\n${typed.reason}`}</textarea>
          </Labelled>
          <button class="button danger" type="submit">
            {text.submit}
          </button>
        </form>
      </>
    ),
  });
}

interface LabelledProps {
  name: string;
  label: string;
  hint: string;
  fault: string | undefined;
  children?: unknown;
}

function Labelled({ name, label, hint, fault, children }: LabelledProps) {
  return (
    <div class={fault ? 'field faulty' : 'field'}>
      <label for={name}>
        {label}
        <span class="mark required">{webText.required}</span>
      </label>
      <p class="hint" id={`${name}-hint`}>
        {hint}
      </p>
      {fault ? (
        <p class="fault" id={`${name}-fault`} role="alert">
          {fault}
        </p>
      ) : null}
      {children}
    </div>
  );
}

function described(name: string, fault: string | undefined) {
  return {
    'aria-describedby': fault ? `${name}-hint ${name}-fault` : `${name}-hint`,
    ...(fault ? { 'aria-invalid': 'true' as const } : {}),
  };
}
