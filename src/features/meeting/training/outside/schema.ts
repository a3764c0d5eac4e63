/** Input of a course that somebody else gives, and its limits. */
import { isCalendarDate, type JapanDate, japanDate } from '../../../../lib/jst.ts';
import { done, type Result, refused } from '../../../../lib/result.ts';
import { type FormValues, listValue, textValue } from '../../../../slack/form.ts';
import {
  applyFault,
  type FieldErrors,
  MAX_PLACE,
  MAX_TITLE,
  textFault,
  urlFault,
} from '../offering/schema.ts';
import { offeringText } from '../offering/text.ts';

export interface CourseForm {
  title: string;
  provider: string;
  url: string | null;
  place: string | null;
  on: JapanDate;
  applyBy: JapanDate;
  professions: readonly string[];
}

/** Reads the form by field; every fault is told beside its field. */
export function readCourseForm(values: FormValues, now: Date): Result<CourseForm, FieldErrors> {
  const on = textValue(values, 'on') ?? '';
  const applyBy = textValue(values, 'applyBy') ?? '';
  const { errors } = offeringText;
  const faults: FieldErrors = {
    ...textFault(values, 'title', MAX_TITLE, true),
    ...textFault(values, 'provider', MAX_TITLE, true),
    ...textFault(values, 'place', MAX_PLACE, false),
    ...urlFault(values, 'url'),
    ...(isCalendarDate(on) ? {} : { on: errors.notDate }),
    ...(isCalendarDate(on) && on < japanDate(now) ? { on: errors.past } : {}),
    ...applyFault(applyBy, on, now),
  };
  if (Object.keys(faults).length > 0) return refused(faults);
  return done({
    title: textValue(values, 'title')?.trim() ?? '',
    provider: textValue(values, 'provider')?.trim() ?? '',
    url: textValue(values, 'url')?.trim() ?? null,
    place: textValue(values, 'place')?.trim() ?? null,
    on,
    applyBy,
    professions: listValue(values, 'professions'),
  });
}
