/** The form of a center's report, read: what was left alone is 未確認. */
import * as v from 'valibot';
import { characterCount, fold } from '../../../lib/japanese.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { type FormValues, listValue, textValue } from '../../../slack/form.ts';
import { BUILDINGS, DAMAGES, NEEDS, SERVICES, SUPPLIES } from '../words.ts';
import { type Status, withRestFine } from './rules.ts';
import { reportingText as text } from './text.ts';

export const MAX_NOTE = 1000;
const MAX_COUNT = 9999;
/** Of a choice: not looked at yet. */
export const UNSEEN = 'unknown';
/** Of 必要な支援: none. */
export const NO_NEEDS = 'none';
/** Of まとめて: whatever is left at 未確認 is fine. */
export const FINE = 'fine';

export interface ReportInput {
  status: Status;
  note: string | null;
}

export type ReportErrors = Record<string, string>;

/** Every fault is told beside its field. */
export function readReportForm(values: FormValues): Result<ReportInput, ReportErrors> {
  const errors: ReportErrors = {};
  const status = readStatus(values, errors);
  const note = textValue(values, 'note');
  if (note !== null && characterCount(note) > MAX_NOTE) errors.note = text.errors.noteTooLong(MAX_NOTE);
  return Object.keys(errors).length > 0 ? refused(errors) : done({ status, note });
}

/** The items as far as they can be read, so that a form is shown again with what was typed. */
export function readStatus(values: FormValues, errors: ReportErrors = {}): Status {
  const one = <const Word extends string>(field: string, known: readonly Word[]): Word | null => {
    const chosen = v.safeParse(v.picklist(known), textValue(values, field));
    return chosen.success ? chosen.output : null;
  };
  const count = (field: string): number | null => readCount(values, field, errors);
  const status: Status = {
    damage: one('damage', DAMAGES),
    building: one('building', BUILDINGS),
    power: one('power', SUPPLIES),
    water: one('water', SUPPLIES),
    gas: one('gas', SUPPLIES),
    telecom: one('telecom', SUPPLIES),
    service: one('service', SERVICES),
    gathered: count('gathered'),
    checksDone: count('checksDone'),
    checksTotal: count('checksTotal'),
    ...readNeeds(values),
  };
  const { checksDone, checksTotal } = status;
  if (checksDone !== null && checksTotal !== null && checksDone > checksTotal)
    errors.checksDone = text.errors.overTotal;
  return textValue(values, 'quick') === FINE ? withRestFine(status) : status;
}

function readCount(values: FormValues, field: string, errors: ReportErrors): number | null {
  const typed = textValue(values, field);
  if (typed === null) return null;
  const digits = fold(typed);
  if (/^\d{1,4}$/.test(digits) && Number(digits) <= MAX_COUNT) return Number(digits);
  errors[field] = text.errors.number;
  return null;
}

/** What is needed goes before 支援は要らない, which stands ticked from the last report: nobody is turned back who asks for help. */
function readNeeds(values: FormValues) {
  const chosen = listValue(values, 'needs');
  if (chosen.length === 0) return { needsPeople: null, needsGoods: null, needsVehicles: null };
  const needs = NEEDS.filter((need) => chosen.includes(need));
  return {
    needsPeople: needs.includes('people'),
    needsGoods: needs.includes('goods'),
    needsVehicles: needs.includes('vehicles'),
  };
}
