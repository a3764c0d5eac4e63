/** What the form of a 定型文 takes. */
import { done, type Result, refused } from '../../../lib/result.ts';
import type { FormValues } from '../../../slack/form.ts';
import { type FieldErrors, MAX_BODY, readText } from '../schema.ts';

const MAX_TITLE = 60;
/** Slack's menus take as many; the answer form offers them in one. */
export const MAX_TEMPLATES = 100;

export interface TemplateInput {
  title: string;
  body: string;
}

/** The block ids of one opened form: Slack keeps what was typed where they stay, and none of it reaches the next form. */
export function fieldsOf(form: string) {
  return { title: `title.${form}`, body: `body.${form}` } as const;
}

export function readTemplate(values: FormValues, form: string): Result<TemplateInput, FieldErrors> {
  const fields = fieldsOf(form);
  const title = readText(values, fields.title, MAX_TITLE);
  const body = readText(values, fields.body, MAX_BODY);
  if (title.ok && body.ok) return done({ title: title.value.trim(), body: body.value });
  return refused({
    ...(title.ok ? {} : { [fields.title]: title.refusal }),
    ...(body.ok ? {} : { [fields.body]: body.refusal }),
  });
}

/** What a form remembers: the template's id (none for a new one), the version that it showed, and its own id. */
export interface FormState {
  id: string | null;
  version: number;
  form: string;
}

export function writeState({ id, version, form }: FormState): string {
  return [id ?? '', version, form].join('/');
}

export function readState(metadata: string): FormState {
  const [id = '', version = '', form = ''] = metadata.split('/');
  return { id: id === '' ? null : id, version: Number(version), form };
}
