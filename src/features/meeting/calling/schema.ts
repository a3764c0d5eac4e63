/** Input of a call, and its limits: read by field, every fault told beside its field. */
import * as v from 'valibot';
import { fold } from '../../../lib/japanese.ts';
import { addDays, isCalendarDate, type JapanDate, japanDate } from '../../../lib/jst.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { MailAddress } from '../../../mail/schema.ts';
import { type FormValues, listValue, textValue } from '../../../slack/form.ts';
import { type Candidate, instantAt, MAX_CANDIDATES, readCandidates } from './rules.ts';
import { callingText as text } from './text.ts';

export const WAYS = ['poll', 'fixed'] as const;
export type Way = (typeof WAYS)[number];

/** What the second form was opened for. `closed`: the days that its person knows the city to be closed on. */
const MetadataSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ kind: v.string(), way: v.picklist(WAYS), closed: v.array(v.string()) }),
);
export type CallMetadata = v.InferOutput<typeof MetadataSchema>;

export function writeMetadata(metadata: CallMetadata): string {
  return JSON.stringify(metadata);
}

/** Undefined for whatever is none of ours. */
export function readMetadata(metadata: string): CallMetadata | undefined {
  const parsed = v.safeParse(MetadataSchema, metadata);
  return parsed.success ? parsed.output : undefined;
}

export const LIMITS = { title: 80, place: 200, url: 500, dates: 1500, guests: 3000, minutes: 4 } as const;
const MAX_GUESTS = 30;
/** A day: longer ones are several meetings. */
const MAX_MINUTES = 1440;
const MIN_MINUTES = 5;
const MAX_DAYS_AHEAD = 550;
/** Slack shows the fault of a field in a few lines. */
const SHOWN_LINES = 8;

export interface CallForm {
  title: string | null;
  place: string | null;
  url: string | null;
  papersUrl: string | null;
  answerBy: JapanDate | null;
  agendaBy: JapanDate | null;
  isPrivate: boolean;
  people: readonly string[];
  centers: readonly string[];
  guests: readonly { name: string; email: string }[];
  /** One when the date is fixed; else the candidates, in order. */
  dates: readonly Candidate[];
  /** Of the poll; null when the date is fixed. */
  closesAt: Date | null;
}

export type CallErrors = Record<string, string>;

/** @returns the form, or a sentence beside each faulty field; dates on which the city is closed are no fault */
export function readCallForm(
  values: FormValues,
  way: Way,
  kind: { minutes: number },
  now: Date,
): Result<CallForm, CallErrors> {
  const errors: CallErrors = {};
  const note = <Value>(field: string, read: Read<Value>): Value | undefined => {
    if (!read.ok) errors[field] = read.refusal;
    return read.ok ? read.value : undefined;
  };
  const dates = way === 'poll' ? note('dates', readDates(values, kind, now)) : readFixed(values, now, errors);
  const closesAt = way === 'poll' ? readClosing(values, now, dates?.[0], errors) : null;
  const span = { dates, closesAt: closesAt ?? null, now };
  const title = note('title', readLine(values, 'title', LIMITS.title));
  const place = note('place', readLine(values, 'place', LIMITS.place));
  const url = note('url', readUrl(values, 'url'));
  const papersUrl = note('papersUrl', readUrl(values, 'papersUrl'));
  const answerBy = note('answerBy', readBy(values, 'answerBy', span));
  const agendaBy = note('agendaBy', readBy(values, 'agendaBy', span));
  const guests = note('guests', readGuests(textValue(values, 'guests') ?? ''));
  if (Object.keys(errors).length > 0 || !dates || !guests || closesAt === undefined) return refused(errors);
  return done({
    title: title ?? null,
    place: place ?? null,
    url: url ?? null,
    papersUrl: papersUrl ?? null,
    answerBy: answerBy ?? null,
    agendaBy: agendaBy ?? null,
    isPrivate: listValue(values, 'privacy').length > 0,
    people: listValue(values, 'people'),
    centers: listValue(values, 'centers'),
    guests,
    dates,
    closesAt,
  });
}

type Read<Value> = Result<Value, string>;

function readFixed(values: FormValues, now: Date, errors: CallErrors): Candidate[] | undefined {
  const on = textValue(values, 'on') ?? '';
  const startsAt = instantAt(on, textValue(values, 'at') ?? '');
  const minutes = readMinutes(textValue(values, 'minutes') ?? '');
  if (!isCalendarDate(on)) errors.on = text.errors.notDate;
  else if (startsAt === undefined) errors.at = text.errors.notTime;
  else if (startsAt <= now) errors.on = text.errors.past;
  else if (on > addDays(japanDate(now), MAX_DAYS_AHEAD)) errors.on = text.errors.tooFar;
  if (minutes === undefined) errors.minutes = text.errors.notMinutes;
  if (startsAt === undefined || minutes === undefined) return undefined;
  return [{ startsAt, endsAt: new Date(startsAt.getTime() + minutes * 60_000) }];
}

function readMinutes(typed: string): number | undefined {
  const folded = fold(typed).replace(/分$/, '');
  const minutes = /^\d{1,4}$/.test(folded) ? Number(folded) : Number.NaN;
  return minutes >= MIN_MINUTES && minutes <= MAX_MINUTES ? minutes : undefined;
}

function readDates(values: FormValues, { minutes }: { minutes: number }, now: Date): Read<Candidate[]> {
  const typed = textValue(values, 'dates');
  if (typed === null) return refused(text.errors.required);
  const { candidates, faults } = readCandidates(typed, { minutes, now, today: japanDate(now) });
  if (faults.length > 0) {
    const lines = faults.slice(0, SHOWN_LINES).map(({ line, fault }) => text.errors.line(line, fault));
    const more = faults.length - lines.length;
    return refused([...lines, ...(more > 0 ? [text.errors.moreLines(more)] : [])].join('\n'));
  }
  if (candidates.length > MAX_CANDIDATES) return refused(text.errors.tooMany(MAX_CANDIDATES));
  return done(candidates);
}

/** The deadline of a poll, before the first candidate. Undefined when it is none, which `errors` then says. */
function readClosing(
  values: FormValues,
  now: Date,
  first: Candidate | undefined,
  errors: CallErrors,
): Date | undefined {
  const on = textValue(values, 'closesOn') ?? '';
  const closesAt = instantAt(on, textValue(values, 'closesAt') ?? '');
  if (!isCalendarDate(on)) errors.closesOn = text.errors.notDate;
  else if (closesAt === undefined) errors.closesAt = text.errors.notTime;
  else if (closesAt <= now) errors.closesOn = text.errors.closesPast;
  else if (first && closesAt >= first.startsAt) errors.closesOn = text.errors.closesLate;
  return closesAt;
}

/** A date until which people answer: not over, not before the poll closes, and not after the (last) meeting. */
function readBy(
  values: FormValues,
  field: string,
  { dates, closesAt, now }: { dates: readonly Candidate[] | undefined; closesAt: Date | null; now: Date },
): Read<JapanDate | null> {
  const on = textValue(values, field);
  if (on === null) return done(null);
  if (!isCalendarDate(on)) return refused(text.errors.notDate);
  if (on < japanDate(now)) return refused(text.errors.beforeToday);
  if (closesAt && on < japanDate(closesAt)) return refused(text.errors.beforeClosing);
  const last = dates?.at(-1);
  return last && on > japanDate(last.startsAt) ? refused(text.errors.afterMeeting) : done(on);
}

function readLine(values: FormValues, field: string, max: number): Read<string | null> {
  const typed = textValue(values, field)?.trim() ?? null;
  if (typed !== null && typed.length > max) return refused(text.errors.tooLong(max));
  return done(typed === null ? null : typed.replaceAll(/\s+/gu, ' '));
}

function readUrl(values: FormValues, field: string): Read<string | null> {
  const read = readLine(values, field, LIMITS.url);
  if (!read.ok || read.value === null) return read;
  const protocol = URL.parse(read.value)?.protocol;
  return protocol === 'https:' || protocol === 'http:' ? read : refused(text.errors.notUrl);
}

/** `氏名 <mail>`, one a line; the same address twice is one guest. */
export function readGuests(typed: string): Read<{ name: string; email: string }[]> {
  const guests = new Map<string, { name: string; email: string }>();
  const faulty: number[] = [];
  for (const [index, line] of typed.split(/\r?\n/).entries()) {
    const folded = fold(line);
    if (folded === '') continue;
    const [, name = '', address = ''] = /^([^<>,;]{1,60}?)\s*<\s*([^<>\s]+)\s*>$/u.exec(folded) ?? [];
    const parsed = v.safeParse(MailAddress, address);
    if (name === '' || !parsed.success) faulty.push(index + 1);
    else guests.set(parsed.output.toLowerCase(), { name, email: parsed.output });
  }
  if (faulty.length > 0) return refused(faulty.slice(0, SHOWN_LINES).map(text.errors.guestLine).join('\n'));
  if (guests.size > MAX_GUESTS) return refused(text.errors.tooManyGuests(MAX_GUESTS));
  return done([...guests.values()]);
}
