/** As many entries as wanted, from the seed's sentences put together anew: the words keep the frequencies that they have in real ones. */
import type { SearchableEntry } from '../../../src/features/faq/search/rules.ts';

/** Lehmer's generator: the same entries in every run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

export function manyEntries(seed: readonly SearchableEntry[], count: number): SearchableEntry[] {
  const random = randomFrom(20_261_123);
  const sentences = seed.map(({ answer }) => answer.match(/[^。]+。?/gu) ?? []);
  const pick = <Value>(values: readonly Value[]) => values[random(values.length)];
  return Array.from({ length: count }, (_, i) => {
    const first = random(seed.length);
    const second = random(seed.length);
    const halves = [seed[first]?.question ?? '', seed[second]?.question ?? ''].map((question) =>
      question.split(/[、は]/u),
    );
    const own = sentences[first] ?? [];
    const other = sentences[second] ?? [];
    return {
      id: `M-${i}`,
      externalId: `M-${i}`,
      question: `${pick(halves[0] ?? []) ?? ''}、${halves[1]?.at(-1) ?? ''}`,
      aliases: seed[first]?.aliases.slice(0, random(2)) ?? [],
      answer: [...own.filter(() => random(3) > 0), ...other.filter(() => random(3) > 0)].join(''),
      topics: seed[second]?.topics ?? [],
      isCoreOnly: random(20) === 0,
      learnt: [],
    };
  });
}
