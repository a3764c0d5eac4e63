/** The form of an entry, and its limits. */
import { fold } from '../../../lib/japanese.ts';
import { addDays, addYears, isCalendarDate, type JapanDate } from '../../../lib/jst.ts';
import type { EntryContent, EntryLink } from '../rules.ts';
import { VISIBILITY_CODES, type Visibility } from '../words.ts';
import type { Field, Texts } from './rules.ts';

/** In UTF-16 units. A question is read at a glance; the rest is what two pages of paper hold. */
export const MAX_QUESTION = 500;
export const MAX_ANSWER = 20_000;
export const MAX_ALIASES = 20;
export const MAX_ALIAS = 200;
export const MAX_TOPICS = 8;
export const MAX_TOPIC = 30;
export const MAX_LINKS = 20;
export const MAX_LABEL = 100;
export const MAX_URL = 1000;
export const MAX_NOTE = 1000;

/** As it was typed, to be shown again. */
export interface EditForm {
  texts: Texts;
  visibility: Visibility;
  /** Empty for nobody. */
  owner: string;
  /** Empty: a year after it is approved. */
  reviewDueOn: string;
  /** `stampOf` what the form showed. */
  seen: string;
  /** Of a form that makes something. */
  submissionKey: string;
  isConfirmed: boolean;
  wish: 'save' | 'propose';
}

export function readEditForm(form: FormData): EditForm {
  const text = (field: Field) => typedIn(form, field).replaceAll(/\r\n?/g, '\n').trim();
  return {
    texts: {
      question: text('question').replaceAll('\n', ' '),
      aliases: text('aliases'),
      answer: text('answer'),
      topics: text('topics'),
      links: text('links'),
    },
    visibility: VISIBILITY_CODES.find((each) => each === form.get('visibility')) ?? 'core',
    owner: typedIn(form, 'owner'),
    reviewDueOn: typedIn(form, 'reviewDueOn'),
    seen: typedIn(form, 'seen'),
    submissionKey: typedIn(form, 'submissionKey'),
    isConfirmed: typedIn(form, 'confirmed') === 'yes',
    wish: typedIn(form, 'do') === 'propose' ? 'propose' : 'save',
  };
}

export type Fault =
  | { kind: 'required' | 'address' | 'person' | 'date' }
  | { kind: 'tooLong' | 'tooMany'; max: number };
export type Faults = Partial<Record<Field | 'owner' | 'reviewDueOn' | 'note', Fault>>;

/** What the form says as an entry, and what stands against it, by field. */
export function readContent({ texts }: EditForm): { content: EntryContent; faults: Faults } {
  const question = texts.question.trim();
  const aliases = linesOf(texts.aliases).filter((each) => each !== question);
  const topics = [...new Set(texts.topics.split(/[\n,、，]/).map((each) => each.trim()))].filter(isSomething);
  const links = linesOf(texts.links).map(readLink);
  return {
    content: { question, aliases, answer: texts.answer, topics, links },
    faults: {
      ...faultOf('question', requiredFault(question, MAX_QUESTION)),
      ...faultOf('answer', requiredFault(texts.answer, MAX_ANSWER)),
      ...faultOf('aliases', listFault(aliases, MAX_ALIASES, MAX_ALIAS)),
      ...faultOf('topics', listFault(topics, MAX_TOPICS, MAX_TOPIC)),
      ...faultOf('links', linksFault(links)),
    },
  };
}

/** @param coreStaff who may look after an entry */
export function careFaults(
  { owner, reviewDueOn }: Pick<EditForm, 'owner' | 'reviewDueOn'>,
  { coreStaff, today }: { coreStaff: readonly string[]; today: JapanDate },
): Faults {
  return {
    ...(owner === '' || coreStaff.includes(owner) ? {} : { owner: { kind: 'person' } }),
    ...(reviewDueOn === '' || isReviewDate(reviewDueOn, today) ? {} : { reviewDueOn: { kind: 'date' } }),
  };
}

/** From tomorrow, at most three years away. */
export function isReviewDate(on: string, today: JapanDate): boolean {
  return isCalendarDate(on) && on >= addDays(today, 1) && on <= addYears(today, 3);
}

export function readNote(form: FormData): { note: string; fault: Fault | undefined } {
  const note = typedIn(form, 'note').replaceAll(/\r\n?/g, '\n').trim();
  return { note, fault: requiredFault(note, MAX_NOTE) };
}

export function typedIn(form: FormData, field: string): string {
  const value = form.get(field);
  return typeof value === 'string' ? value : '';
}

export function numberIn(form: FormData, field: string): number {
  const value = Number(typedIn(form, field));
  return Number.isSafeInteger(value) ? value : 0;
}

function linesOf(text: string): string[] {
  return [...new Set(text.split('\n').map((each) => each.trim()))].filter(isSomething);
}

function isSomething(text: string): boolean {
  return fold(text) !== '';
}

/** `名前 https://…`; an address alone is its own name. */
function readLink(line: string): EntryLink {
  const [, label, url] = /^(.*?)\s*(\S+)$/u.exec(line) ?? [];
  return label ? { label, url: url ?? '' } : { label: line, url: line };
}

function linksFault(links: readonly EntryLink[]): Fault | undefined {
  if (links.length > MAX_LINKS) return { kind: 'tooMany', max: MAX_LINKS };
  if (links.some(({ label, url }) => label !== url && label.length > MAX_LABEL))
    return { kind: 'tooLong', max: MAX_LABEL };
  return links.every(({ url }) => isWebAddress(url)) ? undefined : { kind: 'address' };
}

/** http(s), and nothing in it that signs somebody in. */
export function isWebAddress(url: string): boolean {
  if (url.length > MAX_URL) return false;
  const parsed = URL.parse(url);
  return (
    parsed !== null && /^https?:$/.test(parsed.protocol) && parsed.username === '' && parsed.password === ''
  );
}

function requiredFault(text: string, max: number): Fault | undefined {
  if (!isSomething(text)) return { kind: 'required' };
  return text.length > max ? { kind: 'tooLong', max } : undefined;
}

function listFault(list: readonly string[], most: number, max: number): Fault | undefined {
  if (list.length > most) return { kind: 'tooMany', max: most };
  return list.some((each) => each.length > max) ? { kind: 'tooLong', max } : undefined;
}

function faultOf(field: Field, fault: Fault | undefined): Faults {
  return fault ? { [field]: fault } : {};
}
