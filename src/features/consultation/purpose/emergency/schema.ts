/** What the page of 緊急閲覧 takes. */
import { done, type Result, refused } from '../../../../lib/result.ts';
import type { FormValues } from '../../../../slack/form.ts';
import { textValue } from '../../../../slack/form.ts';
import { readSearch } from '../../finding/rules.ts';
import { type FieldErrors, readText } from '../../schema.ts';
import { emergencyText as text } from './text.ts';

export const MAX_REASON = 500;

export interface EmergencyWish {
  reference: string;
  reason: string;
}

/** The reference in any width, case and number of zeros. */
export function readEmergency(values: FormValues): Result<EmergencyWish, FieldErrors> {
  const search = readSearch(textValue(values, 'reference') ?? '');
  const reason = readText(values, 'reason', MAX_REASON);
  if (search.by === 'reference' && reason.ok)
    return done({ reference: search.reference, reason: reason.value });
  return refused({
    ...(search.by === 'reference' ? {} : { reference: text.errors.reference }),
    ...(reason.ok ? {} : { reason: reason.refusal }),
  });
}
