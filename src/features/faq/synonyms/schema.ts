/** The form of a group of words that mean the same, and its limits. */
import { characterCount, fold } from '../../../lib/japanese.ts';
import { synonymsText as text } from './text.ts';

export const FEWEST_WORDS = 2;
export const MOST_WORDS = 12;
/** A single letter stands in half of all words. */
const SHORTEST = 2;
const LONGEST = 30;
/** What is read of a form: a group of the longest words, and some. */
const MOST_TYPED = 2000;

export interface GroupForm {
  /** As it was typed. */
  typed: string;
  words: string[];
  /** Of the group as the form showed it. */
  version: number;
}

export function readGroup(form: FormData): GroupForm {
  const typed = typedIn(form, 'words').replaceAll('\r\n', '\n').slice(0, MOST_TYPED);
  const version = Number(typedIn(form, 'version'));
  const words = typed.split(/[\n、，,]/u).map((word) => word.replaceAll(/\s+/gu, ' ').trim());
  return {
    typed,
    words: words.filter((word) => fold(word) !== ''),
    version: Number.isSafeInteger(version) ? version : 0,
  };
}

/** What stands against a group; undefined when nothing does. */
export function groupFault(words: readonly string[]): string | undefined {
  const { errors } = text;
  if (words.length < FEWEST_WORDS) return errors.few;
  if (words.length > MOST_WORDS) return errors.many;
  const odd = words.find((word) => {
    const letters = characterCount(fold(word));
    return letters < SHORTEST || letters > LONGEST;
  });
  if (odd !== undefined) return errors.length(odd);
  const twice = words.find((word, at) => words.findIndex((other) => isSameWord(word, other)) < at);
  return twice === undefined ? undefined : errors.twice(twice);
}

/** Width and case do not matter to the search. */
export function isSameWord(one: string, other: string): boolean {
  return fold(one).toLowerCase() === fold(other).toLowerCase();
}

interface Group {
  id: number;
  words: readonly string[];
}

/** The words of a group that other groups have, too, with the first of these. */
export function doubledWords(group: Group, all: readonly Group[]): { word: string; id: number }[] {
  return group.words.flatMap((word) => {
    const other = all.find(
      ({ id, words }) => id !== group.id && words.some((each) => isSameWord(each, word)),
    );
    return other ? [{ word, id: other.id }] : [];
  });
}

/** Groups that hold what was typed, in any of their words. */
export function holding<G extends Group>(groups: readonly G[], typed: string): G[] {
  const wanted = fold(typed).toLowerCase();
  if (wanted === '') return [...groups];
  return groups.filter(({ words }) => words.some((word) => fold(word).toLowerCase().includes(wanted)));
}

export function typedIn(form: FormData, field: string): string {
  const value = form.get(field);
  return typeof value === 'string' ? value : '';
}
