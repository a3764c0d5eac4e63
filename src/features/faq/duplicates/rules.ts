/** Which questions look as if they asked the same. Pure: it proposes, people decide. */

export interface Asked {
  id: string;
  /** The question and the other ways to ask it. */
  ways: readonly string[];
}

export interface LikelyPair {
  one: string;
  other: string;
  /** 0 to 1. */
  likeness: number;
}

/** Below this, pairs that people took for the same became rare. */
const LIKELY = 0.5;
/** A pair of letters in more questions than this (です, ます) tells nothing, and following it takes long. */
const COMMON_SHARE = 0.2;
const COMMON_LEAST = 20;
const COMMON_MOST = 200;

/** Endings and questions (できますか, のときは) are in hiragana, and say less than what is asked about. */
const HIRAGANA = /^\p{Script=Hiragana}+$/u;
const ENDING_WEIGHT = 0.2;

/** Letters that carry meaning, in one form. */
function lettersOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{P}\p{S}]/gu, '');
}

/** Pairs of neighbouring letters: they need no dictionary. */
function pairsOf(text: string): Set<string> {
  const letters = [...lettersOf(text)];
  if (letters.length === 1) return new Set(letters);
  return new Set(letters.slice(1).map((letter, i) => `${letters[i]}${letter}`));
}

interface Way {
  id: string;
  pairs: ReadonlySet<string>;
}

/** What weighs how much: a pair of letters that few questions have says most. */
interface Letters {
  /** Where each pair stands, by the position of the way to ask. */
  holding: ReadonlyMap<string, readonly number[]>;
  weightOf(pair: string): number;
}

/**
 * The pairs of some entries with all entries that look alike, the likeliest first. Takes time in proportion to the rare letters that
 * questions share.
 * @param some ids whose neighbours are sought
 */
export function likelyPairs(all: readonly Asked[], some: ReadonlySet<string>): LikelyPair[] {
  const ways = all.flatMap(({ id, ways: texts }) => texts.map((each): Way => ({ id, pairs: pairsOf(each) })));
  const letters = lettersIn(ways);
  const weights = ways.map(({ pairs }) => [...pairs].reduce((sum, pair) => sum + letters.weightOf(pair), 0));
  const best = new Map<string, LikelyPair>();
  for (const [index, way] of ways.entries()) {
    if (!some.has(way.id)) continue;
    for (const [other, shared] of sharedWith(way.pairs, letters)) {
      const whole = (weights[index] ?? 0) + (weights[other] ?? 0);
      keepBest(best, way.id, ways[other]?.id ?? way.id, (2 * shared) / whole);
    }
  }
  return [...best.values()].toSorted((a, b) => b.likeness - a.likeness || (a.one < b.one ? -1 : 1));
}

function lettersIn(ways: readonly Way[]): Letters {
  const holding = new Map<string, number[]>();
  for (const [index, { pairs }] of ways.entries())
    for (const pair of pairs) {
      const known = holding.get(pair);
      if (known) known.push(index);
      else holding.set(pair, [index]);
    }
  const common = Math.max(COMMON_LEAST, Math.min(ways.length * COMMON_SHARE, COMMON_MOST));
  const weightOf = (pair: string) => {
    const count = holding.get(pair)?.length ?? 0;
    if (count > common) return 0;
    const rarity = Math.log(1 + ways.length / Math.max(1, count)) ** 2;
    return HIRAGANA.test(pair) ? rarity * ENDING_WEIGHT : rarity;
  };
  return { holding, weightOf };
}

/** What stands at another place shares, by that place: always more than nothing. */
function sharedWith(pairs: ReadonlySet<string>, { holding, weightOf }: Letters): Map<number, number> {
  const shared = new Map<number, number>();
  for (const pair of pairs) {
    const weight = weightOf(pair);
    if (weight === 0) continue;
    for (const index of holding.get(pair) ?? []) shared.set(index, (shared.get(index) ?? 0) + weight);
  }
  return shared;
}

function keepBest(best: Map<string, LikelyPair>, id: string, otherId: string, likeness: number): void {
  if (id === otherId || likeness < LIKELY) return;
  const [one, other] = orderedPair(id, otherId);
  const key = `${one}/${other}`;
  if ((best.get(key)?.likeness ?? 0) < likeness) best.set(key, { one, other, likeness });
}

/** As a pair is stored: the smaller id first. */
export function orderedPair(id: string, otherId: string): [one: string, other: string] {
  return id < otherId ? [id, otherId] : [otherId, id];
}
