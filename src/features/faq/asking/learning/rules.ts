/** Which words of a question are worth learning. Pure. */

import type { NameBook } from '../../../../vault/personal-data/name-book.ts';
import { maskText } from '../../../../vault/personal-data/text.ts';
import { readQuestion } from '../../search/question.ts';

const SHORTEST = 2;
/** Longer ones are run together by nobody but machines. */
const LONGEST = 20;
/** A number of three digits or more may be somebody's. */
const NUMBER = /^\d{3,}$/;

/** @param masked what was asked, with what looks like personal data covered. The words come folded, each once. */
export function wordsToLearn(masked: string): string[] {
  const bare = Object.values(maskText).reduce((text, mark) => text.replaceAll(mark, ' '), masked);
  return readQuestion(bare).words.filter((word) => {
    const length = [...word].length;
    return length >= SHORTEST && length <= LONGEST && !NUMBER.test(word);
  });
}

/** Whether a word could be somebody's name, or a part of one: colleagues ask about the same resident. */
export function mayBeName(word: string, book: NameBook): boolean {
  return (
    book.isSurname(word) ||
    book.isShortSurname(word) ||
    book.isMadeLikeSurname(word) ||
    book.isGivenName(word) ||
    book.isShortGivenName(word) ||
    book.isMixedGivenName(word) ||
    book.isFullName(word) ||
    book.isNameInKana(word) ||
    book.isMadeLikeSurnameInKana(word)
  );
}
