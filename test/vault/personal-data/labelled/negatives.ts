/** Office prose without personal data, more than 1,000 texts of each half: whatever is found in one is a false alarm. */
import { workMessages } from '../work-messages.ts';
import { compounds, sentencesOfCompounds } from './prose-compounds.ts';
import { proseOfCases } from './prose-of-cases.ts';
import { proseOfOffices } from './prose-of-offices.ts';
import { patterns, patternWords } from './prose-patterns.ts';
import { between, type Half, halfOf, linesOf, pick, startDraws } from './random.ts';

const FORMS_OF_A_PATTERN = 20;

const words = new Map(
  Object.entries(patternWords).map(([name, list]) => [name, list.split(/ (?=\S)/u)] as const),
);
const numbers: Readonly<Record<string, () => number>> = {
  n: () => between(10, 99),
  d: () => between(1, 9),
  big: () => between(100, 9999),
  ext: () => between(1000, 9999),
};

function fill(pattern: string): string {
  return pattern.replaceAll('\\n', '\n').replaceAll(/\{(\w+)\}/gu, (_, name: string) => {
    const list = words.get(name);
    const number = numbers[name];
    if (list) return pick(list);
    if (number) return String(number());
    throw new RangeError(`no words for ${name}`);
  });
}

/** Written by hand, each once. */
export const handWritten = (half: Half): string[] =>
  halfOf([...linesOf(proseOfCases), ...linesOf(proseOfOffices), ...workMessages], half);

/** Filled in from patterns. The same for the same seed and half. */
export function fromPatterns(seed: number, half: Half): string[] {
  startDraws(seed);
  const filled = halfOf(linesOf(patterns), half).flatMap((pattern) =>
    Array.from({ length: FORMS_OF_A_PATTERN }, () => fill(pattern)),
  );
  const ofCompounds = halfOf(compounds, half).map((word) =>
    pick(linesOf(sentencesOfCompounds)).replace('※', word),
  );
  return [...new Set([...filled, ...ofCompounds])];
}
