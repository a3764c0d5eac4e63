/** Input of a training to be planned, and its limits. */
import { fold } from '../../../../lib/japanese.ts';
import { isCalendarDate, type JapanDate, japanDate } from '../../../../lib/jst.ts';
import { done, type Result, refused } from '../../../../lib/result.ts';
import { type FormValues, listValue, textValue } from '../../../../slack/form.ts';
import { readSeats } from '../applying/schema.ts';
import { offeringText } from './text.ts';

export const MAX_TITLE = 100;
export const MAX_PLACE = 200;
export const MAX_URL = 500;

export interface OfferForm {
  kind: string;
  title: string;
  startsAt: Date;
  endsAt: Date;
  place: string | null;
  url: string | null;
  seats: number | null;
  professions: readonly string[];
  applyBy: JapanDate;
}

export type FieldErrors = Record<string, string>;

const { errors } = offeringText;

/** Reads the form by field; every fault is told beside its field. */
export function readOffer(values: FormValues, now: Date): Result<OfferForm, FieldErrors> {
  const on = textValue(values, 'on') ?? '';
  const starts = textValue(values, 'starts') ?? '';
  const minutes = readMinutes(textValue(values, 'minutes'));
  const seats = readSeats(textValue(values, 'seats'));
  const applyBy = textValue(values, 'applyBy') ?? '';
  const title = textFault(values, 'title', MAX_TITLE, true);
  const startsAt = new Date(`${on}T${starts}:00+09:00`);
  const faults: FieldErrors = {
    ...title,
    ...textFault(values, 'place', MAX_PLACE, false),
    ...urlFault(values, 'url'),
    ...(isCalendarDate(on) ? {} : { on: errors.notDate }),
    ...(/^\d\d:\d\d$/.test(starts) ? {} : { starts: errors.notTime }),
    ...(minutes === undefined ? { minutes: errors.minutes } : {}),
    ...(seats === undefined ? { seats: errors.seats } : {}),
    ...(startsAt <= now ? { on: errors.past } : {}),
    ...applyFault(applyBy, on, now),
  };
  if (Object.keys(faults).length > 0 || minutes === undefined || seats === undefined) return refused(faults);
  return done({
    kind: textValue(values, 'kind') ?? '',
    title: textValue(values, 'title')?.trim() ?? '',
    startsAt,
    endsAt: new Date(startsAt.getTime() + minutes * 60_000),
    place: textValue(values, 'place')?.trim() ?? null,
    url: textValue(values, 'url')?.trim() ?? null,
    seats,
    professions: listValue(values, 'professions'),
    applyBy,
  });
}

/** What is wrong with a line of text. */
export function textFault(values: FormValues, field: string, max: number, isRequired: boolean): FieldErrors {
  const typed = textValue(values, field);
  if (typed === null) return isRequired ? { [field]: errors.required } : {};
  return typed.trim().length > max || /[\r\n]/.test(typed.trim()) ? { [field]: errors.tooLong(max) } : {};
}

/** What is wrong with an address; none is none. */
export function urlFault(values: FormValues, field: string): FieldErrors {
  const typed = textValue(values, field)?.trim();
  if (typed === undefined) return {};
  const isUrl = /^https?:\/\/[^\s<>|]+$/.test(typed) && typed.length <= MAX_URL && URL.canParse(typed);
  return isUrl ? {} : { [field]: errors.url };
}

/** What is wrong with the last day to apply for what is held on a day. */
export function applyFault(applyBy: string, on: string, now: Date): FieldErrors {
  if (!isCalendarDate(applyBy)) return { applyBy: errors.notDate };
  const isFit = applyBy >= japanDate(now) && (!isCalendarDate(on) || applyBy <= on);
  return isFit ? {} : { applyBy: errors.applyBy };
}

function readMinutes(typed: string | null): number | undefined {
  const folded = fold(typed ?? '').replace(/分$/u, '');
  const minutes = Number(folded);
  return /^\d{2,3}$/.test(folded) && minutes >= 10 && minutes <= 600 ? minutes : undefined;
}
