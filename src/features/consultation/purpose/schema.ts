/** What the form of a purpose takes. */
import { done, type Result, refused } from '../../../lib/result.ts';
import { type FormValues, textValue } from '../../../slack/form.ts';
import { type FieldErrors, readOptional } from '../schema.ts';
import { consultationText } from '../text.ts';
import { codesOf, PURPOSES, type Purpose } from '../words.ts';
import { purposeText as text } from './text.ts';

/** A sentence or two: it is no place for a report. */
export const MAX_WORDS = 500;

export interface StatedPurpose {
  purpose: Purpose;
  words: string | null;
}

/** その他 says nothing by itself: it needs words. */
export function readPurpose(values: FormValues): Result<StatedPurpose, FieldErrors> {
  const chosen = textValue(values, 'purpose');
  const purpose = codesOf(PURPOSES).find((code) => code === chosen);
  const words = readOptional(values, 'purposeWords', MAX_WORDS);
  const isMissing = purpose === 'other' && words.ok && words.value === null;
  if (purpose && words.ok && !isMissing) return done({ purpose, words: words.value });
  return refused({
    ...(purpose ? {} : { purpose: consultationText.errors.choose }),
    ...(words.ok ? {} : { purposeWords: words.refusal }),
    ...(isMissing ? { purposeWords: text.wordsNeeded } : {}),
  });
}
