/** What of a labelled set the detector finds, and what it takes for personal data where none is. */
import type { Detector } from '../../../../src/vault/personal-data/detector.ts';
import { fromPatterns, handWritten } from './negatives.ts';
import {
  findingKindOf,
  type LabelledKind,
  labelledKinds,
  makePositives,
  type Positive,
} from './positives.ts';
import type { Half } from './random.ts';

/** The shares that issue 4 asks for. */
export const targets: { recall: Readonly<Record<LabelledKind, number>>; falseAlarms: number } = {
  recall: {
    phone: 1,
    my_number: 1,
    insured_number: 1,
    mail: 1,
    address: 0.95,
    birth_date: 1,
    titled_name: 0.9,
    full_name: 0.9,
  },
  falseAlarms: 0.01,
};

export const SEEDS: Readonly<Record<Half, number>> = { open: 1, 'held-out': 2 };
export const COUNT_OF_A_KIND = 500;

/** What a finding may hold beyond the value: a particle, a bracket. */
const MAX_BEYOND = 2;

/** One finding of the right kind covers the whole value, and little more. */
export function isFound(detector: Detector, { kind, text, start, end }: Positive): boolean {
  return detector
    .find(text)
    .some(
      (finding) =>
        finding.kind === findingKindOf[kind] &&
        finding.start <= start &&
        finding.end >= end &&
        finding.end - finding.start <= end - start + MAX_BEYOND,
    );
}

export interface Measured {
  recall: { kind: LabelledKind; positives: number; found: number }[];
  falseAlarms: { negatives: number; wrong: number; handWritten: number; wrongHandWritten: number };
}

/** @param count how many positives of each kind */
export function measureHalf(detector: Detector, seed: number, half: Half, count: number): Measured {
  const positives = makePositives(seed, half, count);
  const isFalseAlarm = (text: string) => detector.find(text).length > 0;
  const byHand = handWritten(half);
  const wrongHandWritten = byHand.filter(isFalseAlarm).length;
  const filled = fromPatterns(seed, half);
  return {
    recall: labelledKinds.map((kind) => {
      const ofKind = positives.filter((positive) => positive.kind === kind);
      const found = ofKind.filter((positive) => isFound(detector, positive)).length;
      return { kind, positives: ofKind.length, found };
    }),
    falseAlarms: {
      negatives: byHand.length + filled.length,
      wrong: wrongHandWritten + filled.filter(isFalseAlarm).length,
      handWritten: byHand.length,
      wrongHandWritten,
    },
  };
}
