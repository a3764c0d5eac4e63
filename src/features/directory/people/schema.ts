/** What the forms of a person and of a center hold; whether it may stand in a city file is checked with the whole file. */
import * as v from 'valibot';
import { fold } from '../../../lib/japanese.ts';
import { type FormValues, listValue, textValue } from '../../../slack/form.ts';
import type { CenterInput, PersonInput } from './rules.ts';

const Subject = v.object({ id: v.string(), mark: v.optional(v.string()) });

/** Whom or what a form is about: its id, and the mark of what it showed. A form that says neither adds somebody. */
export function readSubject(metadata: string): { id: string; mark: string | undefined } {
  try {
    const parsed = v.safeParse(Subject, JSON.parse(metadata));
    return parsed.success ? { id: parsed.output.id, mark: parsed.output.mark || undefined } : NOBODY;
  } catch {
    // Not of our making.
    return NOBODY;
  }
}

const NOBODY = { id: '', mark: undefined };

/** @param id of whom the form is about; empty for a new person, whose id was typed */
export function readPersonForm(values: FormValues, id: string): PersonInput {
  const rights = listValue(values, 'rights');
  const email = textValue(values, 'email');
  return {
    slackUserId: id || typedId(values, 'slackUserId').toUpperCase(),
    name: textValue(values, 'name') ?? '',
    center: textValue(values, 'center') ?? '',
    profession: textValue(values, 'profession') ?? '',
    role: textValue(values, 'role') ?? '',
    admin: rights.includes('admin'),
    duty: rights.includes('duty'),
    ...(email === null ? {} : { email: fold(email) }),
  };
}

/** @param code of the center that the form is about; empty for a new one, whose code was typed */
export function readCenterForm(values: FormValues, code: string): CenterInput {
  const area = textValue(values, 'area');
  const channel = typedId(values, 'channel').toUpperCase();
  return {
    code: code || typedId(values, 'code').toLowerCase(),
    kind: textValue(values, 'kind') ?? '',
    name: textValue(values, 'name') ?? '',
    short: textValue(values, 'short') ?? '',
    ...(channel ? { channel } : {}),
    ...(area === null ? {} : { area }),
  };
}

/** Full-width letters and spaces around an id are slips of a keyboard. */
function typedId(values: FormValues, field: string): string {
  return fold(textValue(values, field) ?? '');
}
