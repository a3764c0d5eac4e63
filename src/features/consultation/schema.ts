/** Limits and readers that all forms of 相談 share. */
import { characterCount } from '../../lib/japanese.ts';
import { isCalendarDate, type JapanDate } from '../../lib/jst.ts';
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

/** Reads a form of one required text. */
export function readOne(values: FormValues, field: string, max: number): Result<string, FieldErrors> {
  const text = readText(values, field, max);
  return text.ok ? text : refused({ [field]: text.refusal });
}

/** Reads a text that may be left out. */
export function readOptional(values: FormValues, field: string, max: number): Result<string | null, string> {
  const text = textValue(values, field);
  return text === null ? done(null) : atMost(text, max);
}

/** The days that a form takes, both included. */
export interface DayLimits {
  first: JapanDate;
  last: JapanDate;
}

/** Reads a required day. */
export function readDay(
  values: FormValues,
  field: string,
  { first, last }: DayLimits,
  today: JapanDate,
): Result<JapanDate, string> {
  const { errors } = consultationText;
  const on = textValue(values, field);
  if (on === null || !isCalendarDate(on)) return refused(errors.notDate);
  if (on < first) return refused(first === today ? errors.past : errors.tooFar);
  if (on > last) return refused(last === today ? errors.future : errors.tooFar);
  return done(on);
}

/** Counts as people do: an emoji or `𠮷` is one character. */
export function atMost(text: string, max: number): Result<string, string> {
  const length = characterCount(text);
  return length <= max ? done(text) : refused(consultationText.errors.tooLong(max, length));
}
