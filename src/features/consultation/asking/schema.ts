/** What the forms of asking and waiting take. */
import { addBusinessDays, type BusinessCalendar } from '../../../lib/business-time.ts';
import { addDays, type JapanDate } from '../../../lib/jst.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { type FormValues, textValue } from '../../../slack/form.ts';
import { type FieldErrors, MAX_BODY, readDay, readText } from '../schema.ts';
import { consultationText } from '../text.ts';
import { codesOf, WAITED_FOR, type WaitedFor } from '../words.ts';

/** Offices answer each other within days; whoever needs longer chooses another date. */
const USUAL_BUSINESS_DAYS = 3;
/** A case that waits longer than this is forgotten. */
const MAX_DAYS = 366;

export interface Question {
  body: string;
  until: JapanDate;
}

export interface Waiting {
  waitedFor: WaitedFor;
  until: JapanDate;
}

export function usualUntil(calendar: BusinessCalendar, today: JapanDate): JapanDate {
  return addBusinessDays(calendar, today, USUAL_BUSINESS_DAYS);
}

export function readQuestion(values: FormValues, today: JapanDate): Result<Question, FieldErrors> {
  const body = readText(values, 'body', MAX_BODY);
  const until = readUntil(values, today);
  if (body.ok && until.ok) return done({ body: body.value, until: until.value });
  return refused({
    ...(body.ok ? {} : { body: body.refusal }),
    ...(until.ok ? {} : { until: until.refusal }),
  });
}

export function readWaiting(values: FormValues, today: JapanDate): Result<Waiting, FieldErrors> {
  const waitedFor = codesOf(WAITED_FOR).find((code) => code === textValue(values, 'waitedFor'));
  const until = readUntil(values, today);
  if (waitedFor && until.ok) return done({ waitedFor, until: until.value });
  return refused({
    ...(waitedFor ? {} : { waitedFor: consultationText.errors.choose }),
    ...(until.ok ? {} : { until: until.refusal }),
  });
}

function readUntil(values: FormValues, today: JapanDate): Result<JapanDate, string> {
  return readDay(values, 'until', { first: today, last: addDays(today, MAX_DAYS) }, today);
}
