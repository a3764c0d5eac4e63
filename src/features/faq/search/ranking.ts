/** How well an entry answers a question: pure arithmetic over the folded texts of the entries that came near. */
import type { Concept } from './concepts.ts';

/** An entry that came near, with folded texts. */
export interface Candidate {
  id: string;
  externalId: string | null;
  /** As people wrote it. */
  shown: string;
  question: string;
  aliases: string;
  answer: string;
  topics: string;
  learnt: string;
}

/** Of all entries that are searched. */
export interface Collection {
  entries: number;
  /** In letters. */
  meanQuestion: number;
  meanAliases: number;
  meanAnswer: number;
  /** In how many entries a text stands, whatever the field. */
  documents: ReadonlyMap<string, number>;
}

export interface Scored {
  candidate: Candidate;
  score: number;
  isLikely: boolean;
}

/** Found by `npm run bench -- faq`: docs/decisions/014. `b` is how much a long text counts for less, as in BM25. */
export const WEIGHTS = {
  saturation: 2,
  question: { weight: 3, b: 0.5 },
  aliases: { weight: 2.5, b: 0.3 },
  answer: { weight: 1, b: 0.6 },
  topics: 0.5,
  learnt: 2,
  /** Rare words count for more, but less than BM25 has it: here they are often only the asker's way to speak. */
  rarityPower: 0.9,
  kinds: { word: 1, related: 0.8, pair: 0.3, kanji: 0.5 },
  /** What the second best of several related words adds. */
  second: 0.6,
};

/** Among fewer entries than this it says little how many of them have a word. */
const FEWEST = 200;

/**
 * Fitted to the tuned questions of the seed FAQ and to some ninety about other things (cooking, games, share prices): how many rare words' worth
 * an answer must have in common with the question, and how much more for a question whose words are unknown.
 */
const LIKELY = { evidence: 0.35, unknown: 0.88, covered: 0.5 };

/** A word that stands in a text more often says no more. */
const MOST_COUNTED = 8;

/** Best first; equal ones in the order of their ids. */
export function rank(
  candidates: readonly Candidate[],
  concepts: readonly Concept[],
  collection: Collection,
): Scored[] {
  const weighed = concepts.map((concept) => weigh(concept, collection));
  const isLikely = likelinessOf(weighed, collection);
  return candidates
    .map((candidate) => {
      const { score, words } = scoreOf(candidate, weighed, collection);
      return { candidate, score, isLikely: isLikely(score, words) };
    })
    .sort((one, other) => other.score - one.score || (one.candidate.id < other.candidate.id ? -1 : 1));
}

interface Weighed {
  kind: Concept['kind'];
  weight: number;
  isKnown: boolean;
  variants: readonly { text: string; weight: number; rarity: number }[];
}

/** Words that mean the same are as rare as the commonest of them; related ones each for itself. */
function weigh({ kind, weight, variants }: Concept, { documents, entries }: Collection): Weighed {
  const counts = variants.map(({ text }) => documents.get(text) ?? 0);
  const commonest = Math.max(0, ...counts);
  return {
    kind,
    weight: weight * WEIGHTS.kinds[kind],
    isKnown: commonest > 0,
    variants: variants.map((variant, i) => ({
      ...variant,
      rarity: rarityOf(kind === 'related' ? (counts[i] ?? 0) : commonest, entries),
    })),
  };
}

/** Robertson's weight, flattened; above zero, however common. */
function rarityOf(documents: number, entries: number): number {
  const all = Math.max(entries, FEWEST);
  const among = Math.min(documents, all);
  return Math.log(1 + (all - among + 0.5) / (among + 0.5)) ** WEIGHTS.rarityPower;
}

/** Judges a score, and the part of it that whole words gave. */
function likelinessOf(
  concepts: readonly Weighed[],
  { entries }: Collection,
): (score: number, words: number) => boolean {
  const words = concepts.filter(({ kind }) => kind === 'word');
  const sum = (some: readonly Weighed[]) =>
    some.reduce((total, { weight, variants }) => total + weight * (variants[0]?.rarity ?? 0), 0);
  const whole = sum(words);
  const unknown = whole > 0 ? sum(words.filter(({ isKnown }) => !isKnown)) / whole : 0;
  const rareWord = rarityOf(1, entries) * (WEIGHTS.saturation + 1);
  return (score, wordScore) =>
    score / rareWord >= LIKELY.evidence + LIKELY.unknown * unknown ||
    (unknown === 0 && whole > 0 && wordScore >= LIKELY.covered * whole * (WEIGHTS.saturation + 1));
}

interface Shortness {
  question: number;
  aliases: number;
  answer: number;
}

function scoreOf(
  candidate: Candidate,
  concepts: readonly Weighed[],
  collection: Collection,
): { score: number; words: number } {
  const shortness = {
    question: shortnessOf(candidate.question.length, collection.meanQuestion, WEIGHTS.question.b),
    aliases: shortnessOf(candidate.aliases.length, collection.meanAliases, WEIGHTS.aliases.b),
    answer: shortnessOf(candidate.answer.length, collection.meanAnswer, WEIGHTS.answer.b),
  };
  let score = 0;
  let words = 0;
  for (const { kind, variants, weight } of concepts) {
    let best = 0;
    let second = 0;
    for (const variant of variants) {
      const frequency = variant.weight * frequencyOf(candidate, variant.text, shortness);
      const value = (variant.rarity * frequency) / (frequency + WEIGHTS.saturation);
      second = Math.max(second, Math.min(best, value));
      best = Math.max(best, value);
    }
    score += weight * (best + (kind === 'related' ? WEIGHTS.second * second : 0));
    if (kind === 'word') words += weight * best;
  }
  const scale = WEIGHTS.saturation + 1;
  return { score: score * scale, words: words * scale };
}

function shortnessOf(length: number, mean: number, b: number): number {
  return mean > 0 ? 1 / (1 - b + (b * length) / mean) : 1;
}

function frequencyOf(candidate: Candidate, text: string, shortness: Shortness): number {
  return (
    WEIGHTS.question.weight * shortness.question * countOf(candidate.question, text) +
    WEIGHTS.aliases.weight * shortness.aliases * countOf(candidate.aliases, text) +
    WEIGHTS.answer.weight * shortness.answer * countOf(candidate.answer, text) +
    WEIGHTS.topics * countOf(candidate.topics, text) +
    WEIGHTS.learnt * countOf(candidate.learnt, text)
  );
}

/** How often `part` stands in `text`. */
function countOf(text: string, part: string): number {
  let count = 0;
  for (
    let at = text.indexOf(part);
    at >= 0 && count < MOST_COUNTED;
    at = text.indexOf(part, at + part.length)
  )
    count += 1;
  return count;
}
