/** What the form of a closing may hold. */
import { done, type Result, refused } from '../../../lib/result.ts';
import { type FormValues, listValue, textValue } from '../../../slack/form.ts';
import { type FieldErrors, MAX_BODY, readOptional, readText } from '../schema.ts';
import { consultationText } from '../text.ts';
import { codesOf, ISSUE_TAGS, type IssueTag, OUTCOMES, type Outcome } from '../words.ts';

export interface ClosingForm {
  outcome: Outcome;
  issueTags: IssueTag[];
  wantsFaqDraft: boolean;
  lessons: string | null;
  /** 苦情・カスハラ only. */
  measures: string | null;
  prevention: string | null;
}

/** The value of the form's one checkbox. */
export const FAQ_CHECKED = 'faq';

/** @param isIncident whether what was done and what keeps it from happening again must be told */
export function readClosing(values: FormValues, isIncident: boolean): Result<ClosingForm, FieldErrors> {
  const faults: FieldErrors = {};
  const keep = (field: string, read: Result<string | null, string>): string | null => {
    if (read.ok) return read.value;
    faults[field] = read.refusal;
    return null;
  };
  const chosen = textValue(values, 'outcome');
  const outcome = codesOf(OUTCOMES).find((code) => code === chosen);
  if (!outcome) faults.outcome = consultationText.errors.choose;
  const lessons = keep('lessons', readOptional(values, 'lessons', MAX_BODY));
  const measures = isIncident ? keep('measures', readText(values, 'measures', MAX_BODY)) : null;
  const prevention = isIncident ? keep('prevention', readText(values, 'prevention', MAX_BODY)) : null;
  if (!outcome || Object.keys(faults).length > 0) return refused(faults);
  const tags = listValue(values, 'issueTags');
  return done({
    outcome,
    issueTags: codesOf(ISSUE_TAGS).filter((code) => tags.includes(code)),
    wantsFaqDraft: listValue(values, 'faq').includes(FAQ_CHECKED),
    lessons,
    measures,
    prevention,
  });
}
