/** What is taken of a question, and how much of an answer is shown before it is read whole. Pure. */
import { cutText, fold } from '../../../lib/japanese.ts';
import type { Actor } from '../../directory/actor.ts';

/** More than anybody types; what follows is left out without a word. In UTF-16 units. */
const LONGEST_ASKED = 5000;
/** Of a question as it stands in a list, and of the answer below it. */
const LONGEST_QUESTION = 300;
const LONGEST_EXCERPT = 140;
/** So many answers are shown; more nobody reads. */
export const MOST_SHOWN = 5;
/** Beside a form that is being filled in. */
export const MOST_BESIDE = 3;
/** Asked again within it, it is the same question. */
export const SAME_WITHIN_MS = 60 * 60_000;

/** What was typed, as much of it as is taken; undefined when nothing can be looked for. */
export function readAsked(typed: string): string | undefined {
  // A page takes megabytes: only the beginning is looked at.
  const [first = ''] = cutText(typed.slice(0, 4 * LONGEST_ASKED).trim(), LONGEST_ASKED);
  return fold(first) === '' ? undefined : first;
}

/** So that the same question compares equal, however it was typed. @param isOfCase beside a consultation: another one, of which less is kept */
export function sameness(person: string, asked: string, isOfCase: boolean): string {
  return `${person}\n${isOfCase ? 'case' : ''}\n${fold(asked).toLowerCase().replaceAll(/\s+/gu, ' ')}`;
}

/** A question in one line. */
export function lineOf(question: string): string {
  return shorten(question, LONGEST_QUESTION);
}

/** The first lines of an answer, in one line. */
export function excerptOf(answer: string): string {
  return shorten(answer, LONGEST_EXCERPT);
}

function shorten(text: string, longest: number): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  const [first = ''] = cutText(line, longest);
  return first.length < line.length ? `${[...first].slice(0, -1).join('')}…` : line;
}

/** The city's section reads the FAQ, but sends no consultations. */
export function mayConsult({ center }: { center: Pick<Actor['center'], 'kind'> }): boolean {
  return center.kind !== 'city';
}

/** Links that a person may press: nothing that a browser would run. */
export function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url);
}
