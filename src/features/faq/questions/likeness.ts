/**
 * Whether two questions ask the same. Pure. Two that ask the same and stand apart cost the core center a look; two that stand together and
 * do not ask the same cost an asker the answer: so it says yes only where nearly every word is in both. Fewer words in common tell nothing: among the
 * questions of `dev/bench/faq`, those that share half their words ask differently as a rule.
 */
import { commonKanji } from '../../../lib/kanji-variants.ts';

/** What a question is about, in a form that can be compared. */
export interface AskKey {
  /** Folded, without what only asks. */
  text: string;
  words: ReadonlySet<string>;
  /** 「できる」 and 「できない」 ask differently. */
  isNegated: boolean;
}

/** Words that mean the same, longest first. */
export type Synonyms = readonly { word: string; concept: number }[];

/** Nobody asks longer questions; what follows is not compared. In UTF-16 units. */
const LONGEST = 400;
const COVERED = /［[^］]*］/gu;
/** Ask, and say nothing of what about. Longer ones first. */
const ASKING =
  /教えて(?:ください|下さい|ほしい|欲しい)?|知りたい(?:です)?|(?:どう|どのように|どうやって)(?:したら|すれば|やれば|対応)?(?:いい|よい|良い)?(?:のか|んですか|でしょうか|ですか)?|やり方|方法|何を(?:したら|すれば)(?:いい|よい|良い)?|でしょうか|のですか|んですか|ですか|ますか|ません(?:でしょうか|か)|お願い(?:します|いたします)?|について|に関して|わから(?:ない|なく|ず)|分から(?:ない|なく|ず)|困って(?:いる|います|る)|困りました/gu;
const NEGATION = /ない|なく|なかっ|ません|せず|れず|えず|かず|らず|拒|否/u;
/** Ask for something of their own, though they are written in hiragana. */
const ASKED_FOR: readonly (readonly [kind: string, words: RegExp])[] = [
  ['?when', /いつ|何日|何月|期限|締切|締め切り/u],
  ['?where', /どこ|何処|窓口/u],
  ['?who', /だれ|誰/u],
  ['?how-much', /いくら|費用|料金|金額/u],
  ['?why', /なぜ|どうして|何故/u],
];
/** Stand in many questions and say little. */
const FAINT: ReadonlySet<string> = new Set(
  '方 人 者 時 事 件 等 際 場合 何 様 的 中 今 他 必要 対応 相談 質問 利用者 対象者 本人 高齢者 何処 誰 何日 何月 何故 期限 締切 窓口 費用 料金 金額'.split(
    ' ',
  ),
);
/** 「鍵が開かない」 is no word: in its place nothing would be left of 「鍵」. */
const PHRASE = /[がをにでのは]/u;
/** One word more in four is let pass. */
const WORDS_FOR_ONE_MORE = 3;
const SAME_TEXT = 0.85;

let segmenter: Intl.Segmenter | undefined;

/** @param groups of words that mean the same */
export function synonymsOf(groups: readonly (readonly string[])[]): Synonyms {
  return groups
    .flatMap((words, concept) => words.map((word) => ({ word: foldAsk(word), concept })))
    .filter(({ word }) => word.length > 1 && !PHRASE.test(word))
    .toSorted((a, b) => b.word.length - a.word.length || a.concept - b.concept);
}

/** @param text what was asked, with what looks like personal data covered */
export function keyOfAsk(text: string, synonyms: Synonyms = []): AskKey {
  const folded = foldAsk(text.slice(0, LONGEST).replaceAll(COVERED, ' '));
  const stripped = folded.replaceAll(ASKING, ' ');
  const words = new Set(ASKED_FOR.filter(([, asked]) => asked.test(folded)).map(([kind]) => kind));
  let rest = stripped;
  for (const { word, concept } of synonyms) {
    if (!rest.includes(word)) continue;
    words.add(`=${concept}`);
    rest = rest.replaceAll(word, ' ');
  }
  for (const word of wordsOf(rest)) words.add(word);
  return { text: stripped.replaceAll(/[^\p{L}\p{N}]/gu, ''), words, isNegated: NEGATION.test(stripped) };
}

/** Whether both ask the same, as far as their words tell. */
export function isAskedAlike(one: AskKey, other: AskKey): boolean {
  if (one.text !== '' && one.text === other.text) return true;
  if (one.isNegated !== other.isNegated) return false;
  const [few, many] = one.words.size <= other.words.size ? [one, other] : [other, one];
  // A single word is what many questions are about.
  if (few.words.size < 2) return shareOfPairs(one.text, other.text) >= SAME_TEXT;
  const isWithin = [...few.words].every((word) => many.words.has(word));
  return isWithin && many.words.size - few.words.size <= Math.floor(few.words.size / WORDS_FOR_ONE_MORE);
}

/** Of all words of both, those that are in both, 0 to 1: for people to look at, since it proves nothing. 0 with fewer than two in common. */
export function shareOfWords(one: AskKey, other: AskKey): number {
  const common = [...one.words].filter((word) => other.words.has(word)).length;
  return common < 2 ? 0 : common / (one.words.size + other.words.size - common);
}

function foldAsk(text: string): string {
  const plain = text.toWellFormed().normalize('NFKC').toLowerCase();
  return [...plain]
    .map(commonKanji)
    .join('')
    .replaceAll(/(?<=[ァ-ヺ]{2}ー*[ァ-ヺ])ー(?![ァ-ヺ])/gu, '');
}

/** Words by what is not hiragana in them: 開かない and 開かず are both 開. */
function wordsOf(text: string): string[] {
  segmenter ??= new Intl.Segmenter('ja', { granularity: 'word' });
  return [...segmenter.segment(text)].flatMap(({ segment, isWordLike }) => {
    const stem = segment.replaceAll(/\p{Script=Hiragana}/gu, '');
    return isWordLike && stem !== '' && !FAINT.has(stem) ? [stem] : [];
  });
}

/** Of the pairs of letters of both, those that are in both (Dice), 0 to 1. */
function shareOfPairs(one: string, other: string): number {
  const [a, b] = [pairsOf(one), pairsOf(other)];
  if (a.size === 0 || b.size === 0) return 0;
  const common = [...a].filter((pair) => b.has(pair)).length;
  return (2 * common) / (a.size + b.size);
}

function pairsOf(text: string): ReadonlySet<string> {
  const letters = [...text];
  return new Set(letters.slice(1).map((letter, i) => `${letters[i]}${letter}`));
}
