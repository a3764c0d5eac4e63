/** The form of minutes: everything that was typed, for the page that is shown again, and what it says. */
import { sha256Hex } from '../../../lib/bytes.ts';
import { characterCount, fold } from '../../../lib/japanese.ts';
import { isCalendarDate, type JapanDate } from '../../../lib/jst.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { ATTENDANCES, type Attendance } from '../words.ts';
import { MAX_BODY, MAX_DECISIONS, MAX_PROMISE, MAX_PROMISES } from './rules.ts';
import { minutesText as text } from './text.ts';

/** By field: what stands in it. */
export type Typed = Readonly<Record<string, string>>;
export type Faults = Readonly<Record<string, string>>;

export const FIELDS = {
  seen: 'seen',
  form: 'view_id',
  body: 'body',
  decisions: 'decisions',
  decision: 'do',
  presence: (seat: string) => `presence/${seat}`,
  what: (key: string) => `promise/${key}/what`,
  who: (key: string) => `promise/${key}/who`,
  due: (key: string) => `promise/${key}/due`,
  earlier: (id: string) => `earlier/${id}`,
} as const;

/** A new row of the form; others bear the id of their promise. */
export const NEW_ROW = 'new-';

export interface WrittenPromise {
  id: string;
  body: string;
  person: string | null;
  center: string | null;
  dueOn: JapanDate | null;
}

export interface MinutesInput {
  /** Of the minutes that the form showed, in milliseconds; 0 where there were none. */
  seen: number;
  isApproval: boolean;
  body: string;
  decisions: string;
  presences: readonly { seat: string; presence: Attendance | null }[];
  promises: readonly WrittenPromise[];
  /** Promises of these minutes whose text was taken out. */
  emptied: readonly string[];
  earlier: readonly { id: string; outcome: 'kept' | 'dropped' }[];
}

/** What stands in the fields; line breaks as people mean them. */
export function typedIn(form: FormData): Typed {
  const typed: Record<string, string> = {};
  for (const [name, value] of form)
    if (typeof value === 'string' && name !== 'form_token') typed[name] = value.replaceAll('\r\n', '\n');
  return typed;
}

/** The keys of the promises' rows, in their order. */
export function rowsOf(typed: Typed): string[] {
  return Object.keys(typed).flatMap((name) => {
    const [, key] = /^promise\/([\w-]{1,40})\/what$/.exec(name) ?? [];
    return key === undefined ? [] : [key];
  });
}

/**
 * Reads the form; every fault is told beside its field.
 * @param person whose form it is: with it, a new row has the same id each time the same form is sent
 * @param promisers whom a promise may be of
 */
export async function readMinutes(
  typed: Typed,
  person: string,
  promisers: ReadonlySet<string>,
): Promise<Result<MinutesInput, Faults>> {
  const faults: Record<string, string> = {};
  const { body = '', decisions = '' } = typed;
  addTooLong(faults, FIELDS.body, body, MAX_BODY);
  addTooLong(faults, FIELDS.decisions, decisions, MAX_DECISIONS);
  const rows = rowsOf(typed).slice(0, MAX_PROMISES);
  const written = rows.filter((key) => fold(typed[FIELDS.what(key)] ?? '') !== '');
  const promises: WrittenPromise[] = [];
  for (const key of written) promises.push(await readPromise(typed, key, { person, promisers, faults }));
  if (Object.keys(faults).length > 0) return refused(faults);
  const named = new Set(written);
  return done({
    seen: /^\d{1,16}$/.test(typed.seen ?? '') ? Number(typed.seen) : 0,
    isApproval: typed[FIELDS.decision] === 'approve',
    body,
    decisions,
    presences: chosenIn(
      typed,
      'presence/',
      (value) => ATTENDANCES.find((each) => each === value) ?? null,
    ).map(([seat, presence]) => ({ seat, presence })),
    promises,
    emptied: rows.filter((key) => !key.startsWith(NEW_ROW) && !named.has(key)),
    earlier: chosenIn(typed, 'earlier/', (value) => OUTCOMES.find((each) => each === value) ?? null).flatMap(
      ([id, outcome]) => (outcome === null ? [] : [{ id, outcome }]),
    ),
  });
}

const OUTCOMES = ['kept', 'dropped'] as const;

function chosenIn<Value>(
  typed: Typed,
  prefix: string,
  read: (value: string) => Value | null,
): [string, Value | null][] {
  return Object.entries(typed).flatMap(([name, value]) =>
    name.startsWith(prefix) ? [[name.slice(prefix.length), read(value)]] : [],
  );
}

async function readPromise(
  typed: Typed,
  key: string,
  {
    person,
    promisers,
    faults,
  }: { person: string; promisers: ReadonlySet<string>; faults: Record<string, string> },
): Promise<WrittenPromise> {
  const body = (typed[FIELDS.what(key)] ?? '').trim();
  const who = typed[FIELDS.who(key)] ?? '';
  const dueOn = typed[FIELDS.due(key)] ?? '';
  addTooLong(faults, FIELDS.what(key), body, MAX_PROMISE);
  if (!promisers.has(who)) faults[FIELDS.who(key)] = text.errors.who;
  if (dueOn !== '' && !isCalendarDate(dueOn)) faults[FIELDS.due(key)] = text.errors.due;
  const [kind, of = ''] = who.split(':');
  return {
    id: key.startsWith(NEW_ROW)
      ? (await sha256Hex(`promise/${person}/${typed[FIELDS.form] ?? ''}/${key}`)).slice(0, 32)
      : key,
    body,
    person: kind === 'person' ? of : null,
    center: kind === 'center' ? of : null,
    dueOn: dueOn === '' ? null : dueOn,
  };
}

function addTooLong(faults: Record<string, string>, field: string, typed: string, max: number): void {
  const length = characterCount(typed);
  if (length > max) faults[field] = text.errors.tooLong(max, length);
}
