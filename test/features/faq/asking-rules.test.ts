/** What is taken of a question and shown of an answer, whatever was typed; and which words are worth learning. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wordsToLearn } from '../../../src/features/faq/asking/learning/rules.ts';
import {
  excerptOf,
  isWebAddress,
  lineOf,
  readAsked,
  sameness,
} from '../../../src/features/faq/asking/rules.ts';

test('any text is taken, cut where it is long, and refused only when nothing can be looked for', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (typed) => {
      const asked = readAsked(typed);
      expect(asked === undefined || typed.includes(asked)).toBe(true);
    }),
  );
  expect(readAsked('鍵'.repeat(6000))).toHaveLength(5000);
  expect(readAsked('🙂'.repeat(5000))?.isWellFormed()).toBe(true);
  for (const nothing of ['', ' 　\n', '\u200b\u2060\ufeff']) expect(readAsked(nothing)).toBeUndefined();
});

test('a list shows one line of whole characters, never longer than it may be', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), (text) => {
      for (const [shown, most] of [
        [excerptOf(text), 140],
        [lineOf(text), 300],
      ] as const) {
        expect(shown.length).toBeLessThanOrEqual(most);
        expect(shown).not.toMatch(/[\n\r]/u);
        expect(shown.isWellFormed()).toBe(text.isWellFormed());
      }
    }),
  );
  expect(excerptOf('あ'.repeat(140))).toBe('あ'.repeat(140));
  expect(excerptOf('あ'.repeat(141))).toBe(`${'あ'.repeat(139)}…`);
});

test('the same question is the same however it was typed, of the same person only', () => {
  expect(sameness('U1', 'ＦＡＱ　ｶｷﾞ', false)).toBe(sameness('U1', ' faq カギ\n', false));
  expect(sameness('U1', '鍵', false)).not.toBe(sameness('U2', '鍵', false));
  expect(sameness('U1', '鍵', false)).not.toBe(sameness('U1', '鍵', true));
});

test('only addresses of the web may be pressed', () => {
  for (const url of ['https://a.jp', 'HTTP://a.jp']) expect(isWebAddress(url)).toBe(true);
  for (const url of ['javascript:alert(1)', ' https://a.jp', 'data:text/html,x', '//a.jp'])
    expect(isWebAddress(url)).toBe(false);
});

test('learnt are words that tell something, never a covered place or a long number', () => {
  const words = wordsToLearn('［氏名］が ぼけ老人 の 書類 0463219988 ［電話番号］ を教えてください');
  expect(words).toEqual(expect.arrayContaining(['老人', '書類']));
  expect(words.join(' ')).not.toMatch(/氏名|電話|0463|ください/u);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      for (const word of wordsToLearn(text)) expect([...word].length).toBeGreaterThan(1);
    }),
  );
});
