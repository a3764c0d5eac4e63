/** Input of the survey, and its limits. */
import { done, type Result, refused } from '../../../../lib/result.ts';
import { type FormValues, textValue } from '../../../../slack/form.ts';
import type { SurveyAnswer } from '../rules.ts';
import { surveyText as text } from './text.ts';

export const MAX_COMMENT = 500;

export function readSurvey(values: FormValues): Result<SurveyAnswer, Record<string, string>> {
  const understood = readMark(textValue(values, 'understood'));
  const useful = readMark(textValue(values, 'useful'));
  const comment = textValue(values, 'comment');
  const isTooLong = comment !== null && comment.length > MAX_COMMENT;
  if (understood === undefined || useful === undefined || isTooLong)
    return refused({
      ...(understood === undefined ? { understood: text.errors.required } : {}),
      ...(useful === undefined ? { useful: text.errors.required } : {}),
      ...(isTooLong ? { comment: text.errors.tooLong(MAX_COMMENT) } : {}),
    });
  return done({ understood, useful, comment });
}

function readMark(typed: string | null): number | undefined {
  return typed !== null && /^[1-5]$/.test(typed) ? Number(typed) : undefined;
}
