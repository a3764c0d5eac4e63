/** What the forms about files hold. */
import * as v from 'valibot';
import { fold } from '../../../lib/japanese.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { readText } from '../schema.ts';
import type { FileFault } from './rules.ts';

const MAX_REASON = 500;

/** Made for each form that is shown. */
const FormId = v.pipe(v.string(), v.uuid());

export interface AttachedForm {
  formId: string;
  file: File;
}

/** A browser sends a file field that was left empty as a file without name and content. */
export function readAttached(form: FormData): Result<AttachedForm, FileFault> {
  const formId = v.safeParse(FormId, form.get('view_id'));
  const file = form.get('file');
  if (!formId.success || file === null || typeof file === 'string' || (file.name === '' && file.size === 0))
    return refused('nothing');
  return done({ formId: formId.output, file });
}

/** Browsers send line breaks as CRLF. */
export function typedReason(form: FormData): string {
  const value = form.get('reason');
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n') : '';
}

/** The reason, or the sentence beside its field. */
export function readReason(typed: string): Result<string, string> {
  return readText({ reason: fold(typed) === '' ? null : typed }, 'reason', MAX_REASON);
}
