/** Draws that a seed repeats, and the two halves of every list: one to improve the detector by, one held out. */
import { faker } from '@faker-js/faker/locale/ja';

/** `held-out` shares no name, town or sentence of prose with `open`: whoever improves the detector looks at `open` alone. */
export type Half = 'open' | 'held-out';

/** Everything drawn after this follows from the seed and the order of the calls. */
export function startDraws(seed: number): void {
  faker.seed(seed);
}

export const pick = <T>(list: readonly T[]): T => faker.helpers.arrayElement(list);
export const chance = (probability: number): boolean => faker.datatype.boolean({ probability });
/** Both ends included. */
export const between = (min: number, max: number): number => faker.number.int({ min, max });
export const digits = (length: number): string => faker.string.numeric({ length, allowLeadingZeros: true });

/** FNV-1a: where a word stands in its list must not matter. */
function hash(word: string): number {
  let value = 0x811c9dc5;
  for (const unit of new TextEncoder().encode(word)) value = Math.imul(value ^ unit, 0x01000193) >>> 0;
  return value >>> 7;
}

export const belongsTo = (half: Half) => (word: string) => (hash(word) % 2 === 0) === (half === 'open');

const halves = new Map<Half, WeakMap<readonly string[], string[]>>([
  ['open', new WeakMap()],
  ['held-out', new WeakMap()],
]);

/** Each list is split once. */
export function halfOf(list: readonly string[], half: Half): string[] {
  const known = halves.get(half)?.get(list);
  if (known) return known;
  const split = list.filter(belongsTo(half));
  halves.get(half)?.set(list, split);
  return split;
}
export const wordsOf = (list: string): string[] => [...new Set(list.trim().split(/\s+/u))];
export const linesOf = (list: string): string[] => [...new Set(list.trim().split('\n'))];
