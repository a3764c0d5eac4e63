/** What is typed of 優先安否確認: the number, and lines of the list. */
import { characterCount, fold } from '../../../lib/japanese.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { priorityText } from './text.ts';

const text = priorityText.list;

const MAX_NAME = 60;
const MAX_CONTACT = 200;
const SEPARATOR = /[、,，\t]/u;
/** A form that is longer than any list can be. */
const MAX_LINES = 2000;

export interface ResidentLine {
  name: string;
  contact: string | null;
}

/** 0 to 9999 in any width; undefined for anything else. */
export function readTotal(typed: string): number | undefined {
  const digits = fold(typed);
  return /^\d{1,4}$/.test(digits) ? Number(digits) : undefined;
}

/** One person a line, `名前、連絡先`. A fault is told with its line, never with what stands there. */
export function readLines(typed: string): Result<ResidentLine[], string> {
  const residents: ResidentLine[] = [];
  for (const [i, line] of typed.split(/\r?\n/, MAX_LINES).entries()) {
    if (fold(line) === '') continue;
    const [name = '', ...rest] = line.split(SEPARATOR).map((each) => each.trim());
    const contact = rest.join('、');
    if (fold(name) === '') return refused(text.noName(i + 1));
    if (characterCount(name) > MAX_NAME) return refused(text.nameTooLong(i + 1, MAX_NAME));
    if (characterCount(contact) > MAX_CONTACT) return refused(text.contactTooLong(i + 1, MAX_CONTACT));
    residents.push({ name, contact: fold(contact) === '' ? null : contact });
  }
  return residents.length === 0 ? refused(text.nothing) : done(residents);
}
