/** What the form of an offer may hold. */
import { addDays, isCalendarDate, type JapanDate } from '../../../lib/jst.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { type FormValues, textValue } from '../../../slack/form.ts';
import { type FieldErrors, MAX_BODY, readOptional } from '../schema.ts';
import { consultationText } from '../text.ts';
import type { HandoverKind } from '../words.ts';
import { handoverText } from './text.ts';

/** 前方支援 is for a while: longer than a year is a transfer. */
const MAX_FRONT_DAYS = 365;

export interface OfferForm {
  kind: HandoverKind;
  /** 移管: the center that was chosen; that it can be is asked when it is stored. */
  center: string | null;
  /** 前方支援. */
  returnByOn: JapanDate | null;
  message: string | null;
}

/** @param kinds those that the form offers */
export function readOffer(
  values: FormValues,
  kinds: readonly HandoverKind[],
  today: JapanDate,
): Result<OfferForm, FieldErrors> {
  const kind = kinds.find((each) => each === textValue(values, 'kind'));
  const message = readOptional(values, 'message', MAX_BODY);
  const center = textValue(values, 'center');
  const returnByOn = textValue(values, 'returnByOn');
  const faults: FieldErrors = {};
  if (!kind) faults.kind = consultationText.errors.choose;
  if (!message.ok) faults.message = message.refusal;
  if (kind === 'transfer' && center === null) faults.center = handoverText.errors.centerNeeded;
  const dateFault = kind === 'front_support' ? faultOfReturn(returnByOn, today) : undefined;
  if (dateFault) faults.returnByOn = dateFault;
  if (!kind || !message.ok || Object.keys(faults).length > 0) return refused(faults);
  return done({
    kind,
    center: kind === 'transfer' ? center : null,
    returnByOn: kind === 'front_support' ? returnByOn : null,
    message: message.value,
  });
}

function faultOfReturn(on: string | null, today: JapanDate): string | undefined {
  if (on === null) return handoverText.errors.dateNeeded;
  const isInRange = isCalendarDate(on) && on > today && on <= addDays(today, MAX_FRONT_DAYS);
  return isInRange ? undefined : handoverText.errors.dateRange;
}
