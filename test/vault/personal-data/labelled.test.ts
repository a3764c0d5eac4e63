/** The targets of the detector, on a labelled set from fixed seeds; `npm run bench -- detector` prints the figures. */
import { describe, expect, test } from 'vitest';
import { loadDetector } from '../../../src/vault/personal-data/detector.ts';
import { COUNT_OF_A_KIND, measureHalf, SEEDS, targets } from './labelled/measure.ts';
import { makePositives } from './labelled/positives.ts';
import type { Half } from './labelled/random.ts';

const detector = await loadDetector();

describe.each<Half>(['open', 'held-out'])('of the labelled set, half %s', (half) => {
  const { recall, falseAlarms } = measureHalf(detector, SEEDS[half], half, COUNT_OF_A_KIND);

  test.each(recall)('as much of $kind is found as the target asks for', ({ kind, positives, found }) => {
    expect(positives).toBe(COUNT_OF_A_KIND);
    expect(found / positives).toBeGreaterThanOrEqual(targets.recall[kind]);
  });

  test('few sentences of office prose are taken for personal data', () => {
    expect(falseAlarms.negatives).toBeGreaterThanOrEqual(1000);
    expect(falseAlarms.wrong / falseAlarms.negatives).toBeLessThanOrEqual(targets.falseAlarms);
  });
});

test('the set is the same for the same seed', () => {
  expect(makePositives(7, 'open', 5)).toEqual(makePositives(7, 'open', 5));
  expect(makePositives(7, 'open', 5)).not.toEqual(makePositives(8, 'open', 5));
});

describe('what was folded, joined or closed up is found where it stood', () => {
  test.each([
    ['電話は0\u200B463-2\u20601-9988です', 'phone', '0\u200B463-2\u20601-9988'],
    ['電話は０４６３─２１─\n　９９８８です', 'phone', '０４６３─２１─\n　９９８８'],
    ['※1 2 3 4 - 5 6 7 8 - 9 0 1 8。', 'my_number', '1 2 3 4 - 5 6 7 8 - 9 0 1 8'],
    ['被保番0000-12\r\n3456まで', 'insured_number', '0000-12\r\n3456'],
    ['宛先ｈａｎａ＠ｅｘａｍｐｌｅ\n．ｊｐです', 'mail', 'ｈａｎａ＠ｅｘａｍｐｌｅ\n．ｊｐ'],
    ['「昭 和 1 2 年 3 月 4 日」', 'birth_date', '昭 和 1 2 年 3 月 4 日'],
    ['住所：みなと市\n北町\n1－2－3\n以上', 'address', 'みなと市\n北町\n1－2－3'],
    ['本人 髙\u034F﨑　𠮷子、独居', 'person_name', '髙\u034F﨑　𠮷子'],
    ['ﾀｶﾊｼ ﾊﾅｺ様', 'person_name', 'ﾀｶﾊｼ ﾊﾅｺ'],
    ['昨日、高\n橋さんが', 'person_name', '高\n橋'],
  ])('%j: %s', (text, kind, value) => {
    expect(detector.find(text)).toEqual([
      { kind, start: text.indexOf(value), end: text.indexOf(value) + value.length },
    ]);
  });

  test('two values in two lines stay two', () => {
    const kinds = detector.find('0463-21-9988\n0463-21-9989\n山田さん\n花子さん').map(({ kind }) => kind);
    expect(kinds).toEqual(['phone', 'phone', 'person_name', 'person_name']);
  });
});
