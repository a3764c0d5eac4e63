/**
 * What the detector of personal data finds of a labelled set, and how often it takes office prose for personal data.
 *
 * The set is made in test/vault/personal-data/labelled: eight kinds of values in sentences of daily writing, three in five of
 * them spelled in another way (full or half width, invisible characters, other dashes, spaces, broken lines). Numbers, mails, dates
 * and addresses are drawn from their rules; names come from faker's Japanese list (the 500 commonest surnames; given names of all ages)
 * and from lists of rarer surnames and of older people's given names that were written without the detector's. The last row says how
 * many of these surnames stand in the detector's lists all the same: of the commonest nearly all, of the rarer ones about half.
 * The half `open` is what the detector was improved by; the half `held out` shares neither names nor towns nor sentences of prose with
 * it. Both follow from fixed seeds; nothing depends on the machine.
 */

import { loadDetector } from '../../src/vault/personal-data/detector.ts';
import { readNameBook } from '../../src/vault/personal-data/name-book.ts';
import {
  COUNT_OF_A_KIND,
  type Measured,
  measureHalf,
  SEEDS,
  targets,
} from '../../test/vault/personal-data/labelled/measure.ts';
import { commonSurnames, rarerSurnames } from '../../test/vault/personal-data/labelled/people.ts';
import type { Half } from '../../test/vault/personal-data/labelled/random.ts';
import type { Figure } from './figure.ts';

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

function figuresOf(half: Half, { recall, falseAlarms }: Measured): Figure[] {
  const rows = recall.map(({ kind, positives, found }) => {
    const least = targets.recall[kind];
    return {
      name: `detector, ${half}: ${kind}`,
      value: percent(found / positives),
      target: { text: `>= ${percent(least)}`, isMet: found / positives >= least },
      detail: `${found} of ${positives}`,
    };
  });
  const share = falseAlarms.wrong / falseAlarms.negatives;
  return [
    ...rows,
    {
      name: `detector, ${half}: false alarms`,
      value: percent(share),
      target: { text: `<= ${percent(targets.falseAlarms)}`, isMet: share <= targets.falseAlarms },
      detail: `${falseAlarms.wrong} of ${falseAlarms.negatives} (${falseAlarms.handWritten} by hand, of these ${falseAlarms.wrongHandWritten})`,
    },
  ];
}

/** One row a kind and half, and one for false alarms; the exit code is 1 when a target is missed. */
export async function measureDetector(): Promise<Figure[]> {
  const detector = await loadDetector();
  const halves: Half[] = ['open', 'held-out'];
  const figures = halves.flatMap((half) =>
    figuresOf(half, measureHalf(detector, SEEDS[half], half, COUNT_OF_A_KIND)),
  );
  if (figures.some(({ target }) => target && !target.isMet)) process.exitCode = 1;
  const book = readNameBook();
  const listed = (names: readonly string[]) =>
    percent(names.filter((name) => book.isWholeSurname(name)).length / names.length);
  return [
    ...figures,
    {
      name: 'detector: surnames of the set in its lists',
      value: listed(commonSurnames),
      detail: `of the ${commonSurnames.length} commonest; ${listed(rarerSurnames)} of ${rarerSurnames.length} rarer ones`,
    },
  ];
}
