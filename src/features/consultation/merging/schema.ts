/** What the forms of merging and linking hold. */
import { done, type Result, refused } from '../../../lib/result.ts';
import { type FormValues, textValue } from '../../../slack/form.ts';
import { readSearch } from '../finding/rules.ts';
import { type FieldErrors, MAX_BODY, readOptional } from '../schema.ts';
import { consultationText } from '../text.ts';
import { mergingText as text } from './text.ts';

export interface MergeForm {
  /** `R8-0042`. */
  into: string;
  reason: string | null;
}

/** One at a time: each changes the audit chains of two cases. */
export type LinkForm = { reference: string } | { unlinked: string };

export function readMerge(values: FormValues): Result<MergeForm, FieldErrors> {
  const into = readReference(values, 'into');
  const reason = readOptional(values, 'reason', MAX_BODY);
  if (into.ok && reason.ok) return done({ into: into.value, reason: reason.value });
  return refused({
    ...(into.ok ? {} : { into: into.refusal }),
    ...(reason.ok ? {} : { reason: reason.refusal }),
  });
}

export function readReason(values: FormValues): Result<string | null, FieldErrors> {
  const reason = readOptional(values, 'reason', MAX_BODY);
  return reason.ok ? reason : refused({ reason: reason.refusal });
}

export function readLink(values: FormValues): Result<LinkForm, FieldErrors> {
  const unlinked = textValue(values, 'unlinked');
  if (unlinked === null) {
    const reference = readReference(values, 'reference');
    return reference.ok ? done({ reference: reference.value }) : refused({ reference: reference.refusal });
  }
  return textValue(values, 'reference') === null
    ? done({ unlinked })
    : refused({ reference: text.errors.oneAtATime });
}

/** A reference in any width, case and number of zeros (`ｒ８ー４２`). */
function readReference(values: FormValues, field: string): Result<string, string> {
  const typed = textValue(values, field);
  if (typed === null) return refused(consultationText.errors.required);
  const search = readSearch(typed);
  return search.by === 'reference' ? done(search.reference) : refused(text.errors.notReference);
}
