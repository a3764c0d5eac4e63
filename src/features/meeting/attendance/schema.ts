/** Input of an answer, and its limits. */
import * as v from 'valibot';
import { done, type Result, refused } from '../../../lib/result.ts';
import { type FormValues, textValue } from '../../../slack/form.ts';
import { ATTENDANCES, type Attendance } from '../words.ts';
import { attendanceText as text } from './text.ts';

/** A name with its office fits; a story does not. */
export const MAX_DEPUTY_NAME = 60;

export interface WantedAnswer {
  /** As `data.seatKey` names it; null: the actor's own, else her center's. */
  seat: string | null;
  answer: Attendance;
  /** Of a center's seat: who comes from there. Undefined: whoever is named stays; where nobody is, the actor. */
  person?: string | null;
  /** Of the seat's center; or a name that the directory does not have. */
  deputy: string | null;
  deputyName: string | null;
}

export type AnswerErrors = Partial<Record<'answer' | 'person' | 'deputy' | 'deputyName', string>>;

/**
 * Reads the form of one seat. A deputy is read only where 代理出席 is chosen: what was chosen earlier stands in the list and cannot be
 * taken out of it.
 * @param asksPerson whether the form asks who comes
 */
export function readAnswerForm(
  values: FormValues,
  asksPerson: boolean,
): Result<Omit<WantedAnswer, 'seat'>, AnswerErrors> {
  const answer = v.safeParse(v.picklist(ATTENDANCES), textValue(values, 'answer'));
  if (!answer.success) return refused({ answer: text.errors.required });
  const isDeputy = answer.output === 'deputy';
  const deputy = isDeputy ? textValue(values, 'deputy') : null;
  const deputyName = isDeputy ? (textValue(values, 'deputyName')?.trim() ?? null) : null;
  if (deputyName !== null && deputyName.length > MAX_DEPUTY_NAME)
    return refused({ deputyName: text.errors.tooLong(MAX_DEPUTY_NAME) });
  if (deputy !== null && deputyName !== null) return refused({ deputyName: text.errors.deputyTwice });
  return done({
    answer: answer.output,
    ...(asksPerson ? { person: textValue(values, 'person') } : {}),
    deputy,
    deputyName,
  });
}
