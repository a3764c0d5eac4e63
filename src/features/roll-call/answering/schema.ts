/** Input of an answer, and its limits. */
import * as v from 'valibot';
import { fold } from '../../../lib/japanese.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { type FormValues, textValue } from '../../../slack/form.ts';
import { COMINGS, type Coming, FAMILIES, PLACES, SAFETIES } from '../words.ts';
import type { Answer } from './rules.ts';
import { answeringText as text } from './text.ts';

/** Of a choice that says nothing: a radio button cannot be taken back. */
export const UNSAID = 'unsaid';
/** Ten hours: who needs longer does not come today. */
const MAX_MINUTES = 600;

export const ANSWER_FIELDS = ['safety', 'place', 'coming', 'minutes', 'family'] as const;
export type AnswerErrors = Partial<Record<(typeof ANSWER_FIELDS)[number], string>>;

const Minutes = v.pipe(
  v.string(),
  v.transform((typed) => fold(typed).replace(/\s*分$/, '')),
  v.regex(/^\d{1,4}$/),
  v.transform(Number),
  v.minValue(1),
  v.maxValue(MAX_MINUTES),
);

/** Reads the form of an answer; minutes are read only of who can come. Every fault is told, beside its field. */
export function readAnswer(values: FormValues): Result<Answer, AnswerErrors> {
  const safety = v.safeParse(v.picklist(SAFETIES), textValue(values, 'safety'));
  const coming = choiceOf(COMINGS, textValue(values, 'coming'));
  const minutes = readMinutes(coming, textValue(values, 'minutes'));
  const errors: AnswerErrors = {
    ...(safety.success ? {} : { safety: text.errors.required }),
    ...(minutes.ok ? {} : minutes.refusal),
  };
  if (!safety.success || !minutes.ok) return refused(errors);
  return done({
    safety: safety.output,
    place: choiceOf(PLACES, textValue(values, 'place')),
    coming,
    comingMinutes: minutes.value,
    family: choiceOf(FAMILIES, textValue(values, 'family')),
  });
}

function choiceOf<Word extends string>(words: readonly Word[], chosen: string | null): Word | null {
  return words.find((word) => word === chosen) ?? null;
}

function readMinutes(coming: Coming | null, typed: string | null): Result<number | null, AnswerErrors> {
  if (coming === null && typed !== null) return refused({ coming: text.errors.comingMissing });
  if (coming !== 'able') return done(null);
  if (typed === null) return refused({ minutes: text.errors.minutesMissing });
  const minutes = v.safeParse(Minutes, typed);
  return minutes.success ? done(minutes.output) : refused({ minutes: text.errors.minutesWrong });
}
