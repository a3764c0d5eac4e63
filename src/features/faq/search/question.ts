/** What was asked, taken apart: the words that it is about, in the forms in which an answer may have them. */
import { foldForSearch, isKanji, kanjiOf, pairsOf } from './folding.ts';
import { ASKING, FAINT_KANJI, JOINING } from './words.ts';

/** Nobody asks longer questions; what follows is not looked at. In UTF-16 units. */
const LONGEST_QUESTION = 240;

export interface Question {
  /** Folded, without the words that only ask. */
  text: string;
  /** In order, folded; single kanji among them. */
  words: string[];
  pairs: string[];
  kanji: string[];
}

let segmenter: Intl.Segmenter | undefined;

/** The words of a text, as the runtime's dictionary cuts it. */
export function segment(text: string): string[] {
  segmenter ??= new Intl.Segmenter('ja', { granularity: 'word' });
  return [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
}

const ONLY_HIRAGANA = /^[\p{Script=Hiragana}ー]+$/u;

/** Any text; an empty question when there is nothing to look for. */
export function readQuestion(text: string): Question {
  const plain = text.slice(0, LONGEST_QUESTION).toWellFormed().normalize('NFKC');
  const stripped = plain.replaceAll(ASKING, ' ');
  const asked = foldForSearch(stripped) === '' ? plain : stripped;
  const words = segment(asked);
  const telling = words.filter((word) => !JOINING.has(word));
  const kept = (telling.length > 0 ? telling : words).map(foldForSearch).filter(Boolean);
  const folded = foldForSearch(asked);
  return {
    text: folded,
    words: unique(kept),
    pairs: unique(tellingPairs(folded)),
    kanji: unique(kanjiOf(folded)),
  };
}

/** Pairs of hiragana belong to endings and particles, as a rule; they count only where nothing else was typed. */
function tellingPairs(folded: string): string[] {
  const pairs = pairsOf(folded);
  const telling = pairs.filter((pair) => !ONLY_HIRAGANA.test(pair));
  return telling.length > 0 ? telling : pairs;
}

/** A kanji that stands in nearly every sentence. */
export function isFaint(text: string): boolean {
  return text.length === 1 && isKanji(text) && FAINT_KANJI.has(text);
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
