/** What the record of the case itself holds (name, kana, address, numbers), found in any spelling. */
import type { Finding } from './finding.ts';
import { findingAt, type Reading, readText } from './reading.ts';

const modernKana: Readonly<Record<string, string>> = {
  ...{ ゐ: 'い', ゑ: 'え', を: 'お', ぢ: 'じ', づ: 'ず', ヽ: 'ゝ', ヾ: 'ゞ' },
  // 竹ヶ原, 竹ケ原 and 竹が原 are one; so けい and がい are too, which does no harm here.
  ...{ ゖ: 'が', け: 'が' },
};
const separators = /[\s・·‧‐-―−]/u;
const separatorsOfDigits = /[-ー()./]/u;

/** Kana, spaces and dashes folded; alone what stands before a letter may change it, so that a value is found inside a text. */
function squeeze(letter: string, before: string): string {
  if (separators.test(letter)) return '';
  if (/\d/u.test(before) && separatorsOfDigits.test(letter)) return '';
  if (letter === '々' && /\p{Script=Han}/u.test(before)) return before;
  const hiragana = /[ァ-ヶ]/u.test(letter)
    ? String.fromCodePoint((letter.codePointAt(0) ?? 0) - 0x60)
    : letter.toLowerCase();
  const kana = modernKana[hiragana] ?? hiragana;
  const plain = before.normalize('NFD').charAt(0);
  if (/[ぁ-ゖ]/u.test(before) && kana === 'ゝ') return plain;
  if (/[ぁ-ゖ]/u.test(before) && kana === 'ゞ') return `${plain}\u3099`.normalize('NFC');
  return kana;
}

const squeezed = (text: string): Reading => readText(text, squeeze);

const shortestPart = 2;
/** よしこ is looked for, はな is not: it stands in too many words. */
const shortestKanaPart = 3;

/** A name also by its parts, which stand apart by a space. */
function withParts(value: string): string[] {
  if (/\d/u.test(value.normalize('NFKC'))) return [value];
  const parts = value.split(/[\s・]+/u).filter((part) => {
    const isKana = /^[ぁ-ゖァ-ヺー]+$/u.test(part.normalize('NFKC'));
    return [...part].length >= (isKana ? shortestKanaPart : shortestPart);
  });
  return [value, ...parts];
}

/** @param except squeezed like the values: those that are also names of colleagues are no findings. */
export function findKnownValues(
  text: string,
  known: readonly string[],
  colleagues: readonly string[],
): Finding[] {
  const isColleague = new Set(colleagues.flatMap(withParts).map((name) => squeezed(name).text));
  const values = new Set(known.flatMap(withParts).map((value) => squeezed(value).text));
  const reading = squeezed(text);
  return [...values].flatMap((value) => {
    if ([...value].length < shortestPart || isColleague.has(value)) return [];
    const found: Finding[] = [];
    for (let at = reading.text.indexOf(value); at >= 0; at = reading.text.indexOf(value, at + value.length))
      found.push(findingAt(reading, 'known_value', at, at + value.length));
    return found;
  });
}
