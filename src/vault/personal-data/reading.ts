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
  const folded = written.normalize('NFKC').replaceAll(/[\p{Cf}\p{Variation_Selector}]/gu, '');
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

/** The same, with the dashes that Japanese keyboards put between digits (ー ‐ – — −) as ASCII. */
export function withAsciiDashes(reading: Reading): Reading {
  return { ...reading, text: reading.text.replaceAll(/(?<=[\d)] ?)[ー‐-―−](?= ?[\d(])/gu, '-') };
}

/** A place of the reading (`start` before `end`) as a finding in the original. */
export function findingAt(reading: Reading, kind: FindingKind, start: number, end: number): Finding {
  const first = reading.starts[start];
  const last = reading.ends[end - 1];
  if (first === undefined || last === undefined) throw new RangeError('a place outside the text');
  return { kind, start: first, end: last };
}
