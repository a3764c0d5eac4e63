/** The text's input in the form of an answer: each 定型文 that is put in gives it a new name. */
import { type FormValues, textValue } from '../../../slack/form.ts';

const FIELD = 'body';

/** Its block id in a form as submitted or pressed in. */
export function bodyField(values: FormValues): string {
  return Object.keys(values).find((field) => field === FIELD || field.startsWith(`${FIELD}.`)) ?? FIELD;
}

/** Its next block id. */
export function nextBodyField(values: FormValues): string {
  const [, count = '0'] = bodyField(values).split('.');
  return `${FIELD}.${Number(count) + 1}`;
}

/** What was typed with a template below it; a form without text takes the template alone. */
export function withTemplate(values: FormValues, template: string): string {
  const typed = textValue(values, bodyField(values));
  return typed === null ? template : `${typed}\n\n${template}`;
}
