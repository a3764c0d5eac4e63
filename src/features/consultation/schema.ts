/** Limits and readers that all forms of 相談 share. */
import { characterCount } from '../../lib/japanese.ts';
import { done, type Result, refused } from '../../lib/result.ts';
import { type FormValues, textValue } from '../../slack/form.ts';
import { consultationText } from './text.ts';

/** What staff write on paper forms fits; a consultation is not a case file. Slack's own limit of an input is 3,000 as well. */
export const MAX_BODY = 3000;

/** Block id of the field → sentence, as Slack takes it in `response_action: errors`. */
export type FieldErrors = Record<string, string>;

/** Reads a required text of a form. */
export function readText(values: FormValues, field: string, max: number): Result<string, string> {
  const text = textValue(values, field);
  return text ? atMost(text, max) : refused(consultationText.errors.required);
}

/** Counts as people do: an emoji or `𠮷` is one character. */
export function atMost(text: string, max: number): Result<string, string> {
  const length = characterCount(text);
  return length <= max ? done(text) : refused(consultationText.errors.tooLong(max, length));
}
