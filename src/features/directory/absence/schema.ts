/** Input of an absence, and its limits. */
import { addDays, isCalendarDate, type JapanDate } from '../../../lib/jst.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { type FormValues, textValue } from '../../../slack/form.ts';
import { absenceText as text } from './text.ts';

/** The longest absence, and the furthest beginning: parental leave fits, a slip of the year does not. */
const MAX_DAYS = 365;

export const ABSENCE_FIELDS = ['person', 'fromOn', 'untilOn', 'deputy'] as const;
export type AbsenceField = (typeof ABSENCE_FIELDS)[number];

export interface AbsenceForm {
  /** Null where the form asks nobody: then it is the person's own. */
  person: string | null;
  deputy: string;
  fromOn: JapanDate;
  untilOn: JapanDate;
}

export type AbsenceErrors = Partial<Record<AbsenceField, string>>;

/** Reads the form by field; every fault is told, beside its field. An absence that is over already is none to note. */
export function readAbsenceForm(values: FormValues, today: JapanDate): Result<AbsenceForm, AbsenceErrors> {
  const person = textValue(values, 'person');
  const deputy = textValue(values, 'deputy');
  const fromOn = textValue(values, 'fromOn') ?? '';
  const untilOn = textValue(values, 'untilOn') ?? '';
  const errors: AbsenceErrors = {
    ...(isCalendarDate(fromOn) ? {} : { fromOn: text.errors.notDate }),
    ...(isCalendarDate(untilOn) ? untilFault(fromOn, untilOn, today) : { untilOn: text.errors.notDate }),
    ...(isCalendarDate(fromOn) && fromOn > addDays(today, MAX_DAYS) ? { fromOn: text.errors.tooFar } : {}),
    ...(deputy === null ? { deputy: text.errors.required } : {}),
  };
  if (deputy === null || Object.keys(errors).length > 0) return refused(errors);
  return done({ person, deputy, fromOn, untilOn });
}

function untilFault(fromOn: string, untilOn: JapanDate, today: JapanDate): AbsenceErrors {
  if (untilOn < today) return { untilOn: text.errors.over };
  if (!isCalendarDate(fromOn)) return {};
  if (untilOn < fromOn) return { untilOn: text.errors.endsBeforeItBegins };
  return untilOn > addDays(fromOn, MAX_DAYS) ? { untilOn: text.errors.tooLong } : {};
}
