/** Input of the forms of a year's plan. */
import * as v from 'valibot';
import { isCalendarDate, type JapanDate } from '../../../lib/jst.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { type FormValues, textValue } from '../../../slack/form.ts';
import { planningText as text } from './text.ts';

/** The form has at most as many. */
const MAX_DATES = 50;

const State = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ year: v.number(), kindId: v.optional(v.string(), ''), seen: v.string() }),
);

/** What a form remembers; of one that is none of ours, a year that nobody can plan. */
export function readState(metadata: string): { year: number; kindId: string; seen: string } {
  const read = v.safeParse(State, metadata);
  return read.success ? read.output : { year: 0, kindId: '', seen: '' };
}

/** A date as the form has it. */
export interface WantedDate {
  on: JapanDate;
  starts: string;
}

/** The block ids of the date and the time at a position. */
export function fieldsAt(position: number): { date: string; time: string } {
  return { date: `date.${position}`, time: `time.${position}` };
}

export type DateErrors = Record<string, string>;

/** The dates of the form with their positions in it. What was emptied is left out. */
export function readDates(
  values: FormValues,
): Result<{ wanted: WantedDate[]; positions: number[] }, DateErrors> {
  const errors: DateErrors = {};
  const wanted: WantedDate[] = [];
  const positions: number[] = [];
  for (let position = 0; position < MAX_DATES; position += 1) {
    const fields = fieldsAt(position);
    const on = textValue(values, fields.date);
    if (on === null) continue;
    const starts = textValue(values, fields.time) ?? '';
    if (!isCalendarDate(on)) errors[fields.date] = text.errors.notDate;
    if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(starts)) errors[fields.time] = text.errors.timeMissing;
    wanted.push({ on, starts });
    positions.push(position);
  }
  return Object.keys(errors).length > 0 ? refused(errors) : done({ wanted, positions });
}
