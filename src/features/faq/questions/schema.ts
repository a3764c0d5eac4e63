/** Forms around a question that nobody could answer, and their limits. */
import { characterCount, fold } from '../../../lib/japanese.ts';
import { addYears, isCalendarDate, type JapanDate } from '../../../lib/jst.ts';
import type { OpenQuestionState } from '../words.ts';
import { OPEN_QUESTION_STATES } from '../words.ts';
import { MAX_REASON, MAX_WORDS } from './rules.ts';
import { questionsText as text } from './text.ts';

/** As it was typed, to be shown again. */
export interface PlanForm {
  words: string;
  owner: string;
  dueOn: string;
  version: number;
  isConfirmed: boolean;
}

export type Faults = Partial<
  Record<'words' | 'owner' | 'dueOn' | 'entry' | 'reason' | 'merge' | 'move', string>
>;

export function readPlan(form: FormData): PlanForm {
  const version = Number(typedIn(form, 'version'));
  return {
    words: typedIn(form, 'words').replaceAll(/\s+/gu, ' ').trim(),
    owner: typedIn(form, 'owner'),
    dueOn: typedIn(form, 'dueOn'),
    version: Number.isSafeInteger(version) ? version : 0,
    isConfirmed: typedIn(form, 'confirmed') === 'yes',
  };
}

/** @param dueBefore the day that stands already: it may stay though it is over */
export function planFaults(
  { words, dueOn }: PlanForm,
  today: JapanDate,
  dueBefore: JapanDate | null,
): Faults {
  const isDay =
    dueOn === '' ||
    dueOn === dueBefore ||
    (isCalendarDate(dueOn) && dueOn >= today && dueOn <= addYears(today, 2));
  return { ...wordsFault('words', words, MAX_WORDS), ...(isDay ? {} : { dueOn: text.errors.due }) };
}

export function readReason(form: FormData): { reason: string; faults: Faults } {
  const reason = typedIn(form, 'reason').replaceAll('\r\n', '\n').trim();
  return { reason, faults: wordsFault('reason', reason, MAX_REASON) };
}

function wordsFault(field: 'words' | 'reason', typed: string, max: number): Faults {
  if (fold(typed) === '') return { [field]: text.errors.required };
  return characterCount(typed) > max ? { [field]: text.errors.tooLong(max) } : {};
}

export function readState(word: string | undefined): OpenQuestionState {
  return word !== undefined && isState(word) ? word : 'open';
}

function isState(word: string): word is OpenQuestionState {
  return Object.hasOwn(OPEN_QUESTION_STATES, word);
}

export function typedIn(form: FormData, field: string): string {
  const value = form.get(field);
  return typeof value === 'string' ? value : '';
}
