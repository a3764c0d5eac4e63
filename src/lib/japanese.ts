/** Folding of what Japanese keyboards give for the same thing. */
import { commonKanji } from './kanji-variants.ts';

/** Full-width letters and digits, half-width kana, and spaces at the ends; zero-width characters go. */
export function fold(text: string): string {
  const folded = text
    .replaceAll(/[\u200B-\u200D\u2060\uFEFF]/gu, '')
    .normalize('NFKC')
    .trim();
  // What stood apart (a space, a voice mark) may meet only now.
  return folded === text ? folded : fold(folded);
}

/** Digits with the dashes that Japanese keyboards offer in their place (ー ‐ – — − ｰ), as ASCII. */
export function foldNumber(text: string): string {
  return fold(text).replaceAll(/[\u30FC\u2010-\u2015\u2212\uFF70]/gu, '-');
}

/** Katakana as hiragana; everything else stays. */
export function toHiragana(text: string): string {
  return text.replaceAll(/[\u30A1-\u30F6]/gu, (letter) =>
    String.fromCodePoint((letter.codePointAt(0) ?? 0) - 0x60),
  );
}

/** Sounds that the modern spelling writes with one kana, and names with either (しづ, よしゑ, みさを). */
const modernKana: Readonly<Record<string, string>> = { ゐ: 'い', ゑ: 'え', を: 'お', ぢ: 'じ', づ: 'ず' };

/** What 々, ゝ and ゞ repeat, written out. Nothing stands before one that begins a text: it stays. */
function expandRepetitions(text: string): string {
  return text
    .replaceAll(/(\p{Script=Han})(々+)/gu, (_, kanji: string, marks: string) =>
      kanji.repeat(marks.length + 1),
    )
    .replaceAll(/([\u3041-\u3096])([ゝゞ]+)/gu, (_, kana: string, marks: string) => {
      const plain = kana.normalize('NFD').charAt(0);
      const repeated = [...marks].map((mark) => (mark === 'ゞ' ? `${plain}\u3099` : plain));
      return `${kana}${repeated.join('')}`.normalize('NFC');
    });
}

/**
 * A personal name so that equal people compare equal, however it was typed: full- and half-width, katakana as hiragana, without
 * spaces, ・, invisible characters and variation selectors, old and register shapes of kanji in their common form (髙﨑 → 高崎),
 * repetition marks written out (佐々木 → 佐佐木), the ヶ ケ が after a kanji as が, Latin in lower case. Never shown to people.
 */
export function foldName(name: string): string {
  const plain = name.normalize('NFKC').replaceAll(/[\s・·‧\p{Cf}\p{Variation_Selector}]/gu, '');
  const hiragana = toHiragana(plain.toLowerCase()).replaceAll(/[ヽヾ]/gu, (mark) =>
    mark === 'ヽ' ? 'ゝ' : 'ゞ',
  );
  const kanji = expandRepetitions([...hiragana].map(commonKanji).join(''));
  const folded = kanji
    .replaceAll(/(?<=\p{Script=Han})[ゖけ]/gu, 'が')
    .replaceAll(/[ゐゑをぢづ]/gu, (kana) => modernKana[kana] ?? kana);
  // What stood apart (a space, a voice mark) may meet only now.
  return folded === name ? folded : foldName(folded);
}

const shortestKey = 2;
/** Nobody types more than this to find a name; a longer one is found by its beginning or whole. */
const longestKey = 12;

function beginnings(folded: string): string[] {
  const letters = [...folded];
  const count = Math.min(letters.length, longestKey) - shortestKey + 1;
  const prefixes = Array.from({ length: Math.max(0, count) }, (_, i) =>
    letters.slice(0, i + shortestKey).join(''),
  );
  return folded === '' ? prefixes : [...prefixes, folded];
}

/**
 * The keys by which a name is found: the whole name, each of its parts (they stand apart by a space), and the beginnings of these
 * from 2 to 12 characters, all folded with `foldName`; so a part of one character (林 花子) is a key of its own.
 * Fold what people type with `foldName` before comparing.
 */
export function nameKeys(name: string, kana?: string): string[] {
  const spellings = kana === undefined ? [name] : [name, kana];
  return [
    ...new Set(
      spellings
        .flatMap((spelling) => [spelling, ...spelling.split(/\s+/u)])
        .flatMap((part) => beginnings(foldName(part))),
    ),
  ];
}

/** How many characters a person counts: `𠮷` is one. */
export function characterCount(text: string): number {
  return [...text].length;
}

/** Cuts a text into pieces of at most `max` UTF-16 units (Slack counts these), never inside a character. */
export function cutText(text: string, max: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of text) {
    if (piece.length + character.length > max) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return piece || pieces.length === 0 ? [...pieces, piece] : pieces;
}
