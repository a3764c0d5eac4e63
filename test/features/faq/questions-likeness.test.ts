/** Whether two questions ask the same: better twice in the list than one asker answered with what another asked. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAskedAlike, keyOfAsk, synonymsOf } from '../../../src/features/faq/questions/likeness.ts';
import {
  formatQuestionReference,
  readQuestionNumber,
  reminderOf,
} from '../../../src/features/faq/questions/rules.ts';

const synonyms = synonymsOf([
  ['介護支援専門員', 'ケアマネジャー', 'ケアマネ'],
  ['生活保護', '生保'],
  ['独居', '一人暮らし', 'ひとり暮らし'],
]);
const alike = (one: string, other: string) =>
  isAskedAlike(keyOfAsk(one, synonyms), keyOfAsk(other, synonyms));

test('the same in other words, spellings and endings stands together', () => {
  const pairs = [
    ['独居の方の鍵が開かない', '独居 鍵 開かない'],
    ['独居の方の鍵が開かない', '一人暮らしの方の鍵が開きません'],
    ['ケアマネの変更の手続き', 'ケアマネジャー変更の手続きを教えてください'],
    ['生保の方の入院時の紙おむつ代', '生活保護 入院 紙おむつ代'],
    ['成年後見の市長申立ての費用', '成年後見の市長申立ての費用はいくらですか？'],
    ['［氏名］さんの通帳を長男が返さない', '通帳を長男が返さない'],
    ['ｹｱﾏﾈの交代', 'ケアマネの交代について知りたい'],
    ['ごみやしき', 'ごみやしき'],
  ] as const;
  for (const [one, other] of pairs) {
    expect([one, other, alike(one, other)]).toEqual([one, other, true]);
    expect(alike(other, one)).toBe(true);
  }
});

test('what differs in what it asks for stands apart', () => {
  const pairs = [
    ['要介護認定の更新申請の期限', '要介護認定の更新申請の書類'],
    ['虐待の通報はどこ', '虐待の通報はいつまで'],
    ['虐待 通報', '虐待'],
    ['家族が施設入所に同意する', '家族が施設入所に同意しない'],
    ['認定の更新', '認定の更新の期限'],
    ['福祉用具の貸与の上限', '住宅改修の上限'],
    ['要支援1の方のデイ', '要支援2の方のデイ'],
    ['おむつ代の補助', 'タクシー代の補助'],
    ['', '虐待'],
    ['！？', '…'],
  ] as const;
  for (const [one, other] of pairs) expect([one, other, alike(one, other)]).toEqual([one, other, false]);
});

test('any text is compared without a fault, the same with either first, and with itself alike', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (one, other) => {
      expect(alike(one, other)).toBe(alike(other, one));
      if (keyOfAsk(one).text !== '') expect(alike(one, one)).toBe(true);
    }),
    { numRuns: 40 },
  );
});

test('a reminder is due at nine of the day, and weekly after it; references are read in any width', () => {
  const at = (time: string) => new Date(`${time}+09:00`);
  const dueOn = '2026-12-01';
  expect(reminderOf({ dueOn }, at('2026-12-01T08:59:00'))).toBeUndefined();
  expect(reminderOf({ dueOn }, at('2026-11-30T20:00:00'))).toBeUndefined();
  expect(reminderOf({ dueOn }, at('2026-12-01T09:00:00'))).toEqual({
    what: 'due/2026-12-01/0',
    isLate: false,
  });
  expect(reminderOf({ dueOn }, at('2026-12-07T09:00:00'))?.what).toBe('due/2026-12-01/0');
  expect(reminderOf({ dueOn }, at('2026-12-08T09:00:00'))).toEqual({
    what: 'due/2026-12-01/1',
    isLate: true,
  });
  expect(reminderOf({ dueOn: null }, at('2026-12-08T09:00:00'))).toBeUndefined();
  expect(formatQuestionReference(7)).toBe('質問-0007');
  for (const typed of ['質問-0007', '７', '7 ', '質問ー0007'.replace('ー', '-')])
    expect(readQuestionNumber(typed)).toBe(7);
  for (const typed of ['', 'FAQ-0007', '1e3', '-1']) expect(readQuestionNumber(typed)).toBeUndefined();
});
