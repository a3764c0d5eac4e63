/** Whether words stand in a text, however either was typed, and where. Pure. */
import { fold, toHiragana } from '../../../lib/japanese.ts';

/** More words than these nobody types; the rest are left out. */
const MAX_WORDS = 8;

/** A letter with its marks, and with those that half-width kana write after it: folded, they become one. */
const LETTER = /[\s\S][\p{M}\uFF9E\uFF9F]*/gu;

/** Full and half width, katakana and hiragana, upper and lower case as one. */
function foldWhole(typed: string): string {
  return toHiragana(typed.normalize('NFKC')).toLowerCase();
}

/** The words of a search, folded, each once. All of them must be found. */
export function readWords(typed: string): string[] {
  const words = fold(typed)
    .split(/\s+/u)
    .map((word) => foldText(word).text)
    .filter((word) => word !== '');
  return [...new Set(words)].slice(0, MAX_WORDS);
}

export interface FoldedText {
  text: string;
  /** For each UTF-16 unit of the folded text: where its letter begins in the text as it was typed; and the end at the end. */
  places: readonly number[];
}

/** Folds letter by letter, so that what is found can be shown where it was typed. */
export function foldText(typed: string): FoldedText {
  let text = '';
  const places: number[] = [];
  for (const found of typed.matchAll(LETTER)) {
    const folded = foldWhole(found[0]);
    for (let i = 0; i < folded.length; i += 1) places.push(found.index);
    text += folded;
  }
  places.push(typed.length);
  return { text, places };
}

/** Which of the words stand in a text. Folded at once: letter by letter takes some ten times as long. */
export function wordsIn(typed: string, words: readonly string[]): string[] {
  const text = foldWhole(typed);
  return words.filter((word) => text.includes(word));
}

/** A line in pieces: what was found is marked. */
export interface Piece {
  text: string;
  isFound: boolean;
}

/** The line as it was typed, cut at what was found; overlapping words are one. */
export function markWords(line: string, words: readonly string[]): Piece[] {
  const { text, places } = foldText(line);
  const isMarked = new Array<boolean>(line.length).fill(false);
  for (const word of words)
    for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1))
      isMarked.fill(true, places[at] ?? 0, endOf(places, at + word.length));
  const pieces: Piece[] = [];
  for (let i = 0; i < line.length; i += 1) {
    const isFound = isMarked[i] ?? false;
    const last = pieces.at(-1);
    if (last && last.isFound === isFound) last.text += line.charAt(i);
    else pieces.push({ text: line.charAt(i), isFound });
  }
  return pieces;
}

/** Where the letter before a place of the folded text ends: one letter may fold to several. */
function endOf(places: readonly number[], at: number): number {
  const last = places[at - 1] ?? 0;
  return places.slice(at).find((place) => place > last) ?? places.at(-1) ?? last;
}

/** Lines longer than this are shown around what was found. */
const MOST_SHOWN = 160;

/** The line, or the part of it around the first word. */
export function excerptOf(line: string, words: readonly string[]): string {
  if (line.length <= MOST_SHOWN) return line;
  const { text, places } = foldText(line);
  const first = Math.min(...words.map((word) => text.indexOf(word)).filter((at) => at !== -1));
  const from = Math.max(0, (places[Number.isFinite(first) ? first : 0] ?? 0) - MOST_SHOWN / 4);
  const letters = [...line.slice(from)];
  return letters.slice(0, MOST_SHOWN).join('');
}
