/** Texts in the form in which they are compared, and the letter pairs by which they are found. */
import { commonKanji } from '../../../lib/kanji-variants.ts';

/** Runs of what can be searched; all else (marks, emoji, halves of characters) only parts them. */
const RUNS = /[\p{L}\p{N}\p{M}々〆]+/gu;
const LATIN = /^[a-z0-9]+$/u;
const KANJI = /[\p{Script=Han}]/u;

/**
 * NFKC, lower case, common kanji for old ones, katakana without the long marks that people set or leave out
 * (ケアマネージャー → ケアマネジャ), a space for every mark.
 */
export function foldForSearch(text: string): string {
  return (foldLetters(text).match(RUNS) ?? []).join(' ');
}

/** The same with its marks and line breaks. */
export function foldLetters(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\p{Cf}\p{Variation_Selector}]/gu, '')
    .replaceAll(/\p{Script=Han}/gu, commonKanji)
    .replaceAll(/[ァ-ヺー]{4,}/gu, (run) => run.replaceAll('ー', ''));
}

/** Latin letters and digits stay whole, since a part of `8050` means nothing; everything else is cut in letters. */
function unitsOf(run: string): string[][] {
  return (run.match(/[a-z0-9]+|[^a-z0-9]+/gu) ?? []).map((part) => (LATIN.test(part) ? [part] : [...part]));
}

/** Pairs of neighbouring letters, in order; a letter that stands alone, and a Latin word or number, is its own. Requires a folded text. */
export function pairsOf(folded: string): string[] {
  return folded
    .split(' ')
    .flatMap(unitsOf)
    .flatMap((letters) =>
      letters.length === 1 ? letters : letters.slice(1).map((letter, i) => `${letters[i]}${letter}`),
    );
}

/** Its kanji, one by one, in order. */
export function kanjiOf(folded: string): string[] {
  return folded.match(/\p{Script=Han}/gu) ?? [];
}

export function isKanji(letter: string): boolean {
  return KANJI.test(letter);
}

/** How FTS5 is asked for a word: its pairs, side by side. Requires a folded word; undefined when nothing of it is indexed. */
export function phraseOf(word: string): string | undefined {
  const pairs = pairsOf(word);
  return pairs.length > 0 ? `"${pairs.join(' ')}"` : undefined;
}
