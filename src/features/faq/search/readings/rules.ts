/** Kana for kanji and back: what a pair of kanji may be read as, and which words a run of kana may mean. Pure. */
import { KUN_WORDS, ON_READINGS } from './table.ts';

/** Of one pair; more are not worth their rows. */
const MOST_READINGS = 8;
export const SHORTEST_READING = 2;
const LONGEST_READING = 8;
const HARD_ENDS = /[つちくき]$/u;
const HARD_BEGINS = /^[かきくけこさしすせそたちつてと]/u;
const SOFT_BEGINS = /^[はひふへほ]/u;
const PLOSIVES: Readonly<Record<string, string>> = { は: 'ぱ', ひ: 'ぴ', ふ: 'ぷ', へ: 'ぺ', ほ: 'ぽ' };

let ofKanji: ReadonlyMap<string, readonly string[]> | undefined;
let kunWords: ReadonlyMap<string, readonly string[]> | undefined;

function onReadings(kanji: string): readonly string[] {
  if (!ofKanji) {
    const table = new Map<string, string[]>();
    for (const [, reading = '', letters = ''] of ON_READINGS.matchAll(
      /(\p{Script=Hiragana}+)(\p{Script=Han}+)/gu,
    ))
      for (const letter of letters) {
        const known = table.get(letter) ?? [];
        if (!known.includes(reading)) table.set(letter, [...known, reading]);
      }
    ofKanji = table;
  }
  return ofKanji.get(kanji) ?? [];
}

/** Words that are not read by their kanji's sounds, by their reading. */
export function wordsReadAs(reading: string): readonly string[] {
  if (!kunWords) {
    const table = new Map<string, string[]>();
    const items = KUN_WORDS.trim().split(/\s+/u);
    for (let i = 0; i + 1 < items.length; i += 2) {
      const [word = '', read = ''] = items.slice(i, i + 2);
      table.set(read, [...(table.get(read) ?? []), word]);
    }
    kunWords = table;
  }
  return kunWords.get(reading) ?? [];
}

/** がく + こう → がっこう, はつ + ひょう → はっぴょう, かん + ひ → かんぴ: what two sounds may become when they meet. */
function joined(first: string, second: string): string[] {
  const plain = `${first}${second}`;
  const plosive = `${PLOSIVES[second.charAt(0)] ?? ''}${second.slice(1)}`;
  if (first.length > 1 && HARD_ENDS.test(first) && HARD_BEGINS.test(second))
    return [plain, `${first.slice(0, -1)}っ${second}`];
  if (first.length > 1 && HARD_ENDS.test(first) && SOFT_BEGINS.test(second))
    return [plain, `${first.slice(0, -1)}っ${plosive}`];
  if (first.endsWith('ん') && SOFT_BEGINS.test(second)) return [plain, `${first}${plosive}`];
  return [plain];
}

/** How a pair of kanji may be read; empty when one of them is not in the table. */
export function readingsOf(pair: string): string[] {
  const [first = '', second = ''] = pair;
  const all = onReadings(first).flatMap((one) => onReadings(second).flatMap((other) => joined(one, other)));
  return [...new Set(all)].slice(0, MOST_READINGS);
}

/** All parts of a run of kana that could be the reading of a word. */
export function readingKeys(run: string): string[] {
  const letters = [...run];
  const keys = new Set<string>();
  for (let from = 0; from < letters.length; from += 1)
    for (let to = from + SHORTEST_READING; to <= Math.min(letters.length, from + LONGEST_READING); to += 1)
      keys.add(letters.slice(from, to).join(''));
  return [...keys];
}

/** A letter that no word explains costs more than a word, so that few and long words win. */
const UNEXPLAINED = 0.6;

/**
 * The words that a run of kana most likely stands for, in order: each an array of those that sound alike.
 * @param known words by reading
 */
export function explainRun(run: string, known: ReadonlyMap<string, readonly string[]>): string[][] {
  const letters = [...run];
  const best: { cost: number; words: string[][] }[] = [{ cost: 0, words: [] }];
  for (let end = 1; end <= letters.length; end += 1) {
    const before = best[end - 1] ?? { cost: 0, words: [] };
    let choice = { cost: before.cost + UNEXPLAINED, words: before.words };
    for (let from = Math.max(0, end - LONGEST_READING); from <= end - SHORTEST_READING; from += 1) {
      const words = known.get(letters.slice(from, end).join(''));
      const start = best[from];
      if (!words || !start) continue;
      const cost = start.cost + 1;
      if (cost < choice.cost) choice = { cost, words: [...start.words, [...words]] };
    }
    best.push(choice);
  }
  return best.at(-1)?.words ?? [];
}
