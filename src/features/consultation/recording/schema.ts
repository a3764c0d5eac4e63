/** What the forms of 活動 take. */
import { addDays, type JapanDate } from '../../../lib/jst.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { type FormValues, listValue, textValue } from '../../../slack/form.ts';
import { type DayLimits, type FieldErrors, MAX_BODY, readDay, readOptional } from '../schema.ts';
import { consultationText } from '../text.ts';
import { ACTIVITY_KINDS, type ActivityKind, BODIES, type Body, codesOf } from '../words.ts';
import type { Held } from './rules.ts';
import { recordingText } from './text.ts';

/** What lies further away belongs to another case, or is a slip. */
const MAX_DAYS = 366;

export const NEW_STATES = ['done', 'planned'] as const;
export type NewState = (typeof NEW_STATES)[number];

/** When, who and with whom. */
export interface Meeting extends Held {
  people: string[];
}

export interface NewActivity extends Meeting {
  kind: ActivityKind;
  state: NewState;
  bodies: Body[];
  summary: string | null;
}

export type Finished = Omit<NewActivity, 'kind' | 'state'>;
export type Moved = Meeting & { reason: string | null };

/** What a form is read with: who may be named, and which day it is. */
export interface Reading {
  values: FormValues;
  today: JapanDate;
  /** Slack ids of those who may be named. */
  staff: readonly string[];
}

export function readNewActivity(reading: Reading): Result<NewActivity, FieldErrors> {
  const { values } = reading;
  const { choose } = consultationText.errors;
  const kind = codesOf(ACTIVITY_KINDS).find((code) => code === textValue(values, 'kind'));
  const state = NEW_STATES.find((code) => code === textValue(values, 'state'));
  const rest = readFinished(reading, state ?? 'done');
  if (kind && state && rest.ok) return done({ kind, state, ...rest.value });
  return refused({
    ...(kind ? {} : { kind: choose }),
    ...(state ? {} : { state: choose }),
    ...(rest.ok ? {} : rest.refusal),
  });
}

/** What was done lies in the past, what is planned ahead. */
export function readFinished(reading: Reading, state: NewState = 'done'): Result<Finished, FieldErrors> {
  const meeting = readMeeting(reading, state);
  const summary = readOptional(reading.values, 'summary', MAX_BODY);
  const bodies = codesOf(BODIES).filter((code) => listValue(reading.values, 'bodies').includes(code));
  if (meeting.ok && summary.ok) return done({ ...meeting.value, bodies, summary: summary.value });
  return refused({
    ...(meeting.ok ? {} : meeting.refusal),
    ...(summary.ok ? {} : { summary: summary.refusal }),
  });
}

export function readMoved(reading: Reading): Result<Moved, FieldErrors> {
  const meeting = readMeeting(reading, 'planned');
  const reason = readOptional(reading.values, 'reason', MAX_BODY);
  if (meeting.ok && reason.ok) return done({ ...meeting.value, reason: reason.value });
  return refused({
    ...(meeting.ok ? {} : meeting.refusal),
    ...(reason.ok ? {} : { reason: reason.refusal }),
  });
}

export function readReason(values: FormValues): Result<string | null, FieldErrors> {
  const reason = readOptional(values, 'reason', MAX_BODY);
  return reason.ok ? reason : refused({ reason: reason.refusal });
}

function readMeeting({ values, today, staff }: Reading, state: NewState): Result<Meeting, FieldErrors> {
  const heldOn = readDay(values, 'heldOn', limitsOf(state, today), today);
  const time = readTime(textValue(values, 'startsAt'));
  const people = listValue(values, 'people');
  const areKnown = people.every((person) => staff.includes(person));
  if (heldOn.ok && time.ok && areKnown)
    return done({ heldOn: heldOn.value, startsAtTime: time.value, people: [...new Set(people)] });
  return refused({
    ...(heldOn.ok ? {} : { heldOn: heldOn.refusal }),
    ...(time.ok ? {} : { startsAt: time.refusal }),
    ...(areKnown ? {} : { people: recordingText.errors.people }),
  });
}

function limitsOf(state: NewState, today: JapanDate): DayLimits {
  return state === 'done'
    ? { first: addDays(today, -MAX_DAYS), last: today }
    : { first: today, last: addDays(today, MAX_DAYS) };
}

function readTime(time: string | null): Result<string | null, string> {
  return time === null || /^([01]\d|2[0-3]):[0-5]\d$/.test(time)
    ? done(time)
    : refused(recordingText.errors.time);
}
