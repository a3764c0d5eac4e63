/** A text as it is searched: folded character by character, with the way back to where each stood in the original. */
import { commonKanji } from '../../lib/kanji-variants.ts';
import type { Finding, FindingKind } from './finding.ts';

/** `starts` and `ends` hold, for each UTF-16 unit of `text`, where the original began and ended that gave it. */
export interface Reading {
  text: string;
  starts: number[];
  ends: number[];
}

/** A character with what belongs to it: combining marks, variation selectors, half-width voice marks. */
const unit = /.[\p{M}\uFF9E\uFF9F]*/gsu;
/** NFKC leaves these as they are (but for ゛ ゜ ゟ ヿ); most texts hold little else. */
const plainKanaOrAscii = /^[\n!-~ぁ-ゖァ-ヾ]$/u;

function foldUnit(written: string): string {
  if (plainKanaOrAscii.test(written)) return written;
  const folded = written.normalize('NFKC').replaceAll(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '');
  return [...folded]
    .map((letter) => (letter !== '\n' && /\s/u.test(letter) ? ' ' : commonKanji(letter)))
    .join('');
}

/** Width, invisible characters and the shapes of kanji are folded; kana, spaces and lines stay. `refold` may change or drop more. */
export function readText(original: string, refold?: (letter: string, before: string) => string): Reading {
  const reading: Reading = { text: '', starts: [], ends: [] };
  let before = '';
  for (const match of original.matchAll(unit)) {
    for (const letter of foldUnit(match[0])) {
      const kept = refold ? refold(letter, before) : letter;
      if (kept === '') continue;
      before = kept;
      reading.text += kept;
      for (let i = 0; i < kept.length; i += 1) {
        reading.starts.push(match.index);
        reading.ends.push(match.index + match[0].length);
      }
    }
  }
  return reading;
}

/** The same without what `pattern` matches, or without those matches that `isDropped` wants to go. */
function without(reading: Reading, pattern: RegExp, isDropped = (_nth: number) => true): Reading {
  const kept: Reading = { text: '', starts: [], ends: [] };
  const keep = (from: number, to: number) => {
    kept.text += reading.text.slice(from, to);
    for (let i = from; i < to; i += 1) {
      kept.starts.push(reading.starts[i] ?? 0);
      kept.ends.push(reading.ends[i] ?? 0);
    }
  };
  let end = 0;
  for (const [nth, match] of [...reading.text.matchAll(pattern)].entries()) {
    if (!isDropped(nth)) continue;
    keep(end, match.index);
    end = match.index + match[0].length;
  }
  keep(end, reading.text.length);
  return kept;
}

const lineBreak = / *\n\s*/gu;
/** The same as one line: for what a mail program or a narrow column has broken. */
export const joinLines = (reading: Reading): Reading => without(reading, lineBreak);
/** Each line with its neighbour only: what stands behind a broken name stays apart from it. */
export const joinOddLines = (reading: Reading): Reading =>
  without(reading, lineBreak, (nth) => nth % 2 === 0);
export const joinEvenLines = (reading: Reading): Reading =>
  without(reading, lineBreak, (nth) => nth % 2 === 1);

const japanese = '[\\p{Script=Han}ぁ-ゖァ-ヺー・]';
const spaceInWord = new RegExp(
  `(?<=(?:^|[ \\n])\\S) +(?=\\S)|(?<=\\S) +(?=\\S(?:[ \\n]|$))|(?<=${japanese}) +(?=${japanese})`,
  'gu',
);

/** The same without spaces between letters that stand alone (０ ９ ０, 山 田 花 子) and between Japanese words. */
export const closeUp = (reading: Reading): Reading => without(reading, spaceInWord);

/** The same, with the dashes that Japanese keyboards put between digits (ー ‐ – — − 〜) as ASCII and nothing around them. */
export function withAsciiDashes(reading: Reading): Reading {
  const text = reading.text
    .replaceAll(/(?<=[\d)] ?)[ー‐-―−⁃─━](?= ?[\d(])/gu, '-')
    .replaceAll(/(?<=\d)([〜~])\d+\1(?=\d)/gu, (match) => match.replaceAll(/[〜~]/gu, '-'));
  return without({ ...reading, text }, /(?<=\d) (?=-[ \d(])|(?<=\d ?-) (?=\d)/gu);
}

/** A place of the reading (`start` before `end`) as a finding in the original. */
export function findingAt(reading: Reading, kind: FindingKind, start: number, end: number): Finding {
  const first = reading.starts[start];
  const last = reading.ends[end - 1];
  if (first === undefined || last === undefined) throw new RangeError('a place outside the text');
  return { kind, start: first, end: last };
}
