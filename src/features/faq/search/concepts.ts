/** A question as what it is about: words, what means the same, what is near it, and the letters that they are written with. Pure. */
import { toHiragana } from '../../../lib/japanese.ts';
import { foldForSearch, pairsOf } from './folding.ts';
import { isFaint, type Question } from './question.ts';
import { explainRun, readingKeys, readingsOf, wordsReadAs } from './readings/rules.ts';
import { relatedTo } from './related/rules.ts';

export interface Variant {
  /** Folded. */
  text: string;
  weight: number;
}

/** One thing that was asked about. An entry has it when it has one of its variants. */
export interface Concept {
  kind: 'word' | 'related' | 'pair' | 'kanji';
  weight: number;
  variants: readonly Variant[];
}

/** Words that the index knows to mean the same as a part of the question. */
export interface Synonyms {
  word: string;
  words: readonly string[];
}

/** How words of the index are read. */
export interface Sound {
  reading: string;
  word: string;
}

const SYNONYM_WEIGHT = 0.6;
/** Of a word that was taken for another one that sounds alike. */
const SLIP_WEIGHT = 0.6;
const FAINT_WEIGHT = 0.3;
const LONGEST_SYNONYM = 16;
const KANA = /^[\p{Script=Hiragana}\p{Script=Katakana}ー]+$/u;

/** All parts of a question that the table of synonyms may know. */
export function synonymKeys(question: Question): string[] {
  const keys = new Set<string>();
  for (const run of wordingsOf(question).join(' ').split(' ')) {
    const letters = [...run];
    for (let from = 0; from < letters.length; from += 1)
      for (let to = from + 2; to <= Math.min(letters.length, from + LONGEST_SYNONYM); to += 1)
        keys.add(letters.slice(from, to).join(''));
  }
  return [...keys];
}

/** All readings that the index may know words for. */
export function soundKeys(question: Question): string[] {
  return [...new Set([...kanaRuns(question).flatMap(readingKeys), ...question.pairs.flatMap(readingsOf)])];
}

/** What an entry should have, given what the index said to `synonymKeys` and `soundKeys`. */
export function conceptsOf(
  question: Question,
  synonyms: readonly Synonyms[],
  sounds: readonly Sound[],
): Concept[] {
  const known = soundTable(sounds);
  return [
    ...wordConcepts(question, synonyms),
    ...relatedTo(wordingsOf(question).join(' ')).flatMap((written) => {
      const others = written.filter((word) => !question.text.includes(word));
      return others.length > 0 ? [{ kind: 'related' as const, weight: 1, variants: others.map(plain) }] : [];
    }),
    ...slipConcepts(question, known),
    ...kanaRuns(question).flatMap((run) => kanaConcepts(run, known)),
    ...question.pairs.map((pair) => single('pair', pair)),
    ...question.kanji.map((letter) => single('kanji', letter, isFaint(letter) ? FAINT_WEIGHT : 1)),
  ];
}

function plain(text: string): Variant {
  return { text, weight: 1 };
}

function single(kind: Concept['kind'], text: string, weight = 1): Concept {
  return { kind, weight, variants: [plain(text)] };
}

/** Terms of the synonyms' table first, the longest ones, so that 地域包括支援センター is one thing; then what else the question has. */
function wordConcepts(question: Question, synonyms: readonly Synonyms[]): Concept[] {
  const groups = new Map<string, Set<string>>();
  for (const { word, words: others } of synonyms)
    groups.set(word, new Set([...(groups.get(word) ?? []), ...others]));
  const longestFirst = [...groups].sort(
    ([one], [other]) => other.length - one.length || (one < other ? -1 : 1),
  );
  const concepts: Concept[] = [];
  let rest = wordingsOf(question).join(' ');
  for (const [word, others] of longestFirst) {
    if (!rest.includes(word)) continue;
    rest = rest.replaceAll(word, '\n');
    const same = [...others].filter((other) => other !== word);
    concepts.push({
      kind: 'word',
      weight: 1,
      variants: [plain(word), ...same.map((other) => ({ text: other, weight: SYNONYM_WEIGHT }))],
    });
  }
  const terms = concepts.map(({ variants: [first] }) => first?.text ?? '');
  const others = question.words.filter((word) => !terms.some((term) => term.includes(word)));
  return [
    ...concepts,
    ...others.map((word) =>
      single(word.length === 1 ? 'kanji' : 'word', word, isFaint(word) ? FAINT_WEIGHT : 1),
    ),
  ];
}

function soundTable(sounds: readonly Sound[]): ReadonlyMap<string, readonly string[]> {
  const table = new Map<string, string[]>();
  for (const { reading, word } of sounds) {
    const words = table.get(reading);
    if (words) words.push(word);
    else table.set(reading, [word]);
  }
  return table;
}

/** Pairs that no entry has, as pairs that sound alike: 介後 was meant for 介護. */
function slipConcepts({ pairs }: Question, known: ReadonlyMap<string, readonly string[]>): Concept[] {
  return pairs.flatMap((pair) => {
    const alike = new Set(readingsOf(pair).flatMap((reading) => known.get(reading) ?? []));
    if (alike.size === 0 || alike.has(pair)) return [];
    return [{ kind: 'word' as const, weight: SLIP_WEIGHT, variants: [...alike].map(plain) }];
  });
}

/** Hiragana runs of a question that has only kana: how somebody types who does not convert. */
function kanaRuns({ text }: Question): string[] {
  const runs = text.split(' ').filter(Boolean);
  return runs.every((run) => KANA.test(run)) ? runs.map(toHiragana) : [];
}

/** What was asked, and, of a question in kana, the same in katakana: かすはら is カスハラ. */
function wordingsOf(question: Question): string[] {
  return [question.text, ...kanaRuns(question).map((run) => foldForSearch(toKatakana(run)))];
}

/** What a run of kana may stand for in kanji, and the same in katakana (ねぐれくと). */
function kanaConcepts(run: string, known: ReadonlyMap<string, readonly string[]>): Concept[] {
  const table = new Map(known);
  for (const key of readingKeys(run)) {
    const more = wordsReadAs(key);
    if (more.length > 0) table.set(key, [...(table.get(key) ?? []), ...more]);
  }
  const katakana = foldForSearch(toKatakana(run));
  return [
    ...explainRun(run, table).map((words) => ({
      kind: 'word' as const,
      weight: 1,
      variants: words.map(plain),
    })),
    single('word', katakana),
    ...pairsOf(katakana).map((pair) => single('pair', pair)),
  ];
}

function toKatakana(text: string): string {
  return text.replaceAll(/[\u3041-\u3096]/gu, (letter) =>
    String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0x60),
  );
}
