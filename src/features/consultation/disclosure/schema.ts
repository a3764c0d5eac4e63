/** What is typed about a resident's request. */
import * as v from 'valibot';
import { fold } from '../../../lib/japanese.ts';
import { isCalendarDate, type JapanDate } from '../../../lib/jst.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import type { FormValues } from '../../../slack/form.ts';
import { readSearch } from '../finding/rules.ts';
import { OUTCOMES } from './rules.ts';
import { disclosureText } from './text.ts';
import type { REQUEST_KINDS, RequestKind, RequestState } from './words.ts';

const MOST_CHARACTERS = 1_000;

/** What was typed, by field, for the form that is shown again; and what is wrong with it. */
export interface FormFaults {
  typed: Readonly<Record<string, string>>;
  faults: Readonly<Record<string, string>>;
}

export const NO_FAULTS: FormFaults = { typed: {}, faults: {} };

export interface NewRequest {
  reference: string;
  kind: RequestKind;
  receivedOn: JapanDate;
  note: string | null;
}

export interface Settlement {
  state: Exclude<RequestState, 'open' | 'extended'>;
  settledOn: JapanDate;
  words: string | null;
}

const text = disclosureText.errors;

export function readNewRequest(form: FormData, today: JapanDate): Result<NewRequest, FormFaults> {
  const typed = typedIn(form);
  const { reference = '', kind: code = '', receivedOn = '', note = '' } = typed;
  const faults: Record<string, string> = {};
  const search = readSearch(reference);
  const kind = kindOf(code);
  if (search.by !== 'reference') faults.reference = text.reference;
  if (!kind) faults.kind = text.kind;
  addFault(faults, 'receivedOn', dayFault(receivedOn, today));
  addFault(faults, 'note', lengthFault(note));
  if (search.by !== 'reference' || !kind || Object.keys(faults).length > 0) return refused({ typed, faults });
  return done({ reference: search.reference, kind, receivedOn, note: note.trim() || null });
}

export function readSettlement(form: FormData, today: JapanDate): Result<Settlement, FormFaults> {
  const typed = typedIn(form);
  const { state: code = '', settledOn = '', words = '' } = typed;
  const faults: Record<string, string> = {};
  const state = OUTCOMES.find((each) => each === code);
  if (!state) faults.state = text.state;
  addFault(faults, 'settledOn', dayFault(settledOn, today));
  addFault(faults, 'words', lengthFault(words));
  if (state && state !== 'granted' && fold(words) === '') faults.words = text.whyNot;
  if (!state || Object.keys(faults).length > 0) return refused({ typed, faults });
  return done({ state, settledOn, words: words.trim() || null });
}

/** Why the decision is put off. */
export function readReason(form: FormData): Result<string, FormFaults> {
  const typed = typedIn(form);
  const { reason = '' } = typed;
  const fault = fold(reason) === '' ? text.reason : lengthFault(reason);
  return fault ? refused({ typed, faults: { reason: fault } }) : done(reason.trim());
}

function kindOf(code: string): RequestKind | undefined {
  const kinds = [
    'disclosure',
    'correction',
    'use_stop',
  ] as const satisfies readonly (keyof typeof REQUEST_KINDS)[];
  return kinds.find((kind) => kind === code);
}

/** Made for each form that is shown. */
export const FORM_ID = 'view_id';
const FormId = v.pipe(v.string(), v.uuid());

/** Which form it is, and what it holds: sent twice, it takes effect once. A form without an id of its own is one of its own. */
export function submittedBy(person: string, form: FormData): { key: string; values: FormValues } {
  const id = v.safeParse(FormId, form.get(FORM_ID));
  return { key: `${person}/${id.success ? id.output : crypto.randomUUID()}`, values: typedIn(form) };
}

/** What stands in the fields, for a form that is shown again. */
export function typedIn(form: FormData): Record<string, string> {
  const typed: Record<string, string> = {};
  for (const [name, value] of form)
    if (typeof value === 'string' && ![FORM_ID, 'form_token'].includes(name))
      typed[name] = value.replaceAll('\r\n', '\n');
  return typed;
}

function addFault(faults: Record<string, string>, field: string, fault: string | undefined): void {
  if (fault !== undefined) faults[field] = fault;
}

function dayFault(on: string, today: JapanDate): string | undefined {
  if (!isCalendarDate(on)) return text.day;
  return on > today ? text.future : undefined;
}

function lengthFault(typed: string): string | undefined {
  return [...typed].length > MOST_CHARACTERS ? text.tooLong(MOST_CHARACTERS) : undefined;
}
