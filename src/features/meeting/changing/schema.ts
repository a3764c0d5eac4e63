/** Input of a change, and its limits. */
import * as v from 'valibot';
import { fold } from '../../../lib/japanese.ts';
import { addDays, isCalendarDate, type JapanDate, japanDate } from '../../../lib/jst.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { type FormValues, textValue } from '../../../slack/form.ts';
import { instantAt } from '../calling/rules.ts';
import type { Changeable } from './rules.ts';
import { CANCEL_REASONS, type CancelReason, changingText as text } from './text.ts';

export const LIMITS = { title: 80, place: 200, url: 500 } as const;
/** A day: longer ones are several meetings. */
const MAX_MINUTES = 1440;
const MIN_MINUTES = 5;
const MAX_DAYS_AHEAD = 550;

export const CHANGE_FIELDS = [
  'on',
  'at',
  'minutes',
  'place',
  'url',
  'papersUrl',
  'title',
  'answerBy',
  'agendaBy',
] as const;
export type ChangeField = (typeof CHANGE_FIELDS)[number];
export type ChangeErrors = Partial<Record<ChangeField, string>>;

/**
 * Reads the form; every fault is told beside its field.
 * @param before the meeting as it stands: a time that is not changed may be near, one that is must lie ahead
 */
export function readChangeForm(
  values: FormValues,
  before: Changeable,
  now: Date,
): Result<Changeable, ChangeErrors> {
  const errors: ChangeErrors = {};
  const span =
    before.startsAt === null ? { startsAt: null, endsAt: null } : readSpan(values, before, now, errors);
  const line = (field: 'place' | 'title', max: number) => {
    const typed = textValue(values, field)?.trim().replaceAll(/\s+/gu, ' ') ?? null;
    if (typed !== null && typed.length > max) errors[field] = text.errors.tooLong(max);
    return typed;
  };
  const after: Changeable = {
    ...span,
    place: line('place', LIMITS.place),
    url: readUrl(values, 'url', errors),
    papersUrl: readUrl(values, 'papersUrl', errors),
    title: line('title', LIMITS.title),
    answerBy: readDeadline(values, 'answerBy', { before, span, now }, errors),
    agendaBy: readDeadline(values, 'agendaBy', { before, span, now }, errors),
  };
  const isMoved = span.startsAt?.getTime() !== before.startsAt?.getTime();
  if (isMoved && after.answerBy !== null && after.answerBy < japanDate(now))
    errors.answerBy ??= text.errors.answerByOver;
  return Object.keys(errors).length > 0 ? refused(errors) : done(after);
}

type Span = Pick<Changeable, 'startsAt' | 'endsAt'>;

function readSpan(values: FormValues, before: Span, now: Date, errors: ChangeErrors): Span {
  const on = textValue(values, 'on') ?? '';
  const startsAt = instantAt(on, textValue(values, 'at') ?? '');
  const typed = fold(textValue(values, 'minutes') ?? '').replace(/分$/, '');
  const minutes = /^\d{1,4}$/.test(typed) ? Number(typed) : Number.NaN;
  if (!isCalendarDate(on)) errors.on = text.errors.notDate;
  else if (startsAt === undefined) errors.at = text.errors.notTime;
  else if (startsAt.getTime() !== before.startsAt?.getTime() && startsAt <= now) errors.on = text.errors.past;
  else if (on > addDays(japanDate(now), MAX_DAYS_AHEAD)) errors.on = text.errors.tooFar;
  if (!(minutes >= MIN_MINUTES && minutes <= MAX_MINUTES)) errors.minutes = text.errors.notMinutes;
  if (startsAt === undefined || Number.isNaN(minutes)) return before;
  const endsAt = new Date(startsAt.getTime() + minutes * 60_000);
  if (endsAt <= now && errors.on === undefined) errors.minutes ??= text.errors.past;
  return { startsAt, endsAt };
}

function readUrl(values: FormValues, field: 'url' | 'papersUrl', errors: ChangeErrors): string | null {
  const typed = textValue(values, field)?.trim() ?? null;
  if (typed === null) return null;
  if (typed.length > LIMITS.url) errors[field] = text.errors.tooLong(LIMITS.url);
  else if (!/^https?:$/.test(URL.parse(typed)?.protocol ?? '')) errors[field] = text.errors.notUrl;
  return typed;
}

/** A deadline that is past may stay as it is; a new one may not. */
function readDeadline(
  values: FormValues,
  field: 'answerBy' | 'agendaBy',
  { before, span, now }: { before: Changeable; span: Span; now: Date },
  errors: ChangeErrors,
): JapanDate | null {
  const on = textValue(values, field);
  if (on === null) return null;
  if (!isCalendarDate(on)) errors[field] = text.errors.notDate;
  else if (on !== before[field] && on < japanDate(now)) errors[field] = text.errors.beforeToday;
  else if (span.startsAt !== null && on > japanDate(span.startsAt)) errors[field] = text.errors.afterMeeting;
  return on;
}

/** Undefined for what is none of our reasons. */
export function readReason(values: FormValues): CancelReason | undefined {
  const read = v.safeParse(v.picklist(CANCEL_REASONS), textValue(values, 'reason'));
  return read.success ? read.output : undefined;
}
