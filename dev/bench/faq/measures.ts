/** How good a ranking is: what the literature on finding answers reports. */

/** What a question wants: ids with grades (3 answers it, 2 helps much, 1 touches it). */
export type Relevant = Readonly<Record<string, number>>;

export interface Measures {
  questions: number;
  /** Share of questions whose first hit answers or helps much. */
  precisionAt1: number;
  /** Share of questions with such a hit among the first five. */
  successAt5: number;
  /** Mean of 1 / place of the first such hit. */
  mrr: number;
  /** Discounted gain of the first ten (2^grade - 1), by that of the best order there is. */
  ndcgAt10: number;
}

/** From this grade on a hit counts as found where only yes or no counts. */
export const HELPS = 2;
const DEPTH = 10;

function gainOf(grades: readonly number[]): number {
  return grades
    .slice(0, DEPTH)
    .reduce((sum, grade, place) => sum + (2 ** grade - 1) / Math.log2(place + 2), 0);
}

/** Of one ranking. @param ranked ids, best first */
export function measureRanking(ranked: readonly string[], relevant: Relevant): Measures {
  const grades = ranked.map((id) => relevant[id] ?? 0);
  const first = grades.findIndex((grade) => grade >= HELPS);
  const best = gainOf(Object.values(relevant).sort((one, other) => other - one));
  return {
    questions: 1,
    precisionAt1: first === 0 ? 1 : 0,
    successAt5: first >= 0 && first < 5 ? 1 : 0,
    mrr: first < 0 ? 0 : 1 / (first + 1),
    ndcgAt10: best > 0 ? gainOf(grades) / best : 0,
  };
}

/** The means over questions. */
export function meanOf(all: readonly Measures[]): Measures {
  const mean = (value: (measures: Measures) => number) =>
    all.reduce((sum, measures) => sum + value(measures), 0) / Math.max(1, all.length);
  return {
    questions: all.length,
    precisionAt1: mean(({ precisionAt1 }) => precisionAt1),
    successAt5: mean(({ successAt5 }) => successAt5),
    mrr: mean(({ mrr }) => mrr),
    ndcgAt10: mean(({ ndcgAt10 }) => ndcgAt10),
  };
}
