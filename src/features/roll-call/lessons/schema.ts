/** Input of a 気づき and of a promise, and its limits. */
import { characterCount } from '../../../lib/japanese.ts';
import { addYears, isCalendarDate, type JapanDate } from '../../../lib/jst.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { type FormValues, textValue } from '../../../slack/form.ts';
import { lessonsText as text } from './text.ts';

export const MAX_BODY = 2000;
export const MAX_PROMISE = 500;
const LATEST_YEARS = 2;

/** Beside each field. */
type Faults = Record<string, string>;

export function readLesson(values: FormValues): Result<string, Faults> {
  return readText(values, 'body', MAX_BODY);
}

export interface PromiseInput {
  what: string;
  /** Slack id; whether that person works here is asked where it is stored. */
  who: string;
  dueOn: JapanDate;
}

/** @param today the first day that may be promised */
export function readPromise(values: FormValues, today: JapanDate): Result<PromiseInput, Faults> {
  const what = readText(values, 'what', MAX_PROMISE);
  const who = textValue(values, 'who');
  const dueOn = textValue(values, 'due');
  const isDay =
    dueOn !== null && isCalendarDate(dueOn) && dueOn >= today && dueOn <= addYears(today, LATEST_YEARS);
  if (!what.ok || who === null || !isDay)
    return refused({
      ...(what.ok ? {} : what.refusal),
      ...(who === null ? { who: text.errors.who } : {}),
      ...(isDay ? {} : { due: text.errors.due }),
    });
  return done({ what: what.value, who, dueOn });
}

function readText(values: FormValues, field: string, max: number): Result<string, Faults> {
  const typed = textValue(values, field);
  if (typed === null) return refused({ [field]: text.errors.required });
  if (characterCount(typed) > max) return refused({ [field]: text.errors.tooLong(max) });
  return done(typed);
}
