/** How much of made-up personal data the detector finds, and how often it takes ordinary messages for such. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadDetector } from '../../src/vault/personal-data/detector.ts';
import type { FindingKind } from '../../src/vault/personal-data/finding.ts';
import {
  addresses,
  birthDates,
  givenNames,
  surnames,
  titledSentences,
  untitledSentences,
} from './personal-data/people.ts';
import { roles, workMessages } from './personal-data/work-messages.ts';

const detector = await loadDetector();

const kindsIn = (text: string) => detector.find(text).map(({ kind }) => kind);

/** Whether one finding of this kind covers the whole of `value`, and little more. */
function isFound(kind: FindingKind, sentence: (value: string) => string, value: string): boolean {
  const text = sentence(value);
  const start = text.indexOf(value);
  const end = start + value.length;
  return detector
    .find(text)
    .some(
      (finding) =>
        finding.kind === kind &&
        finding.start <= start &&
        finding.end >= end &&
        finding.end - finding.start <= value.length + 2,
    );
}

const wide = (text: string) =>
  text.replaceAll(/[!-~]/gu, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0));
const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`, 'u'));
const spelled = <T extends fc.Arbitrary<string>>(text: T) =>
  fc.tuple(text, fc.constantFrom('-', 'ー', '−', '‐'), fc.boolean()).map(([plain, dash, isWide]) => {
    const dashed = plain.replaceAll('-', dash);
    return isWide ? wide(dashed) : dashed;
  });
const sentence = fc.constantFrom(
  (value: string) => `連絡先は${value}です。`,
  (value: string) => `${value}`,
  (value: string) => `【確認】${value}\nよろしくお願いします`,
  (value: string) => `R8-0042の方、${value}（本人）`,
);

describe('always found', () => {
  test('telephone numbers, in any spelling', () => {
    const phone = fc.oneof(
      fc
        .tuple(fc.constantFrom('090', '080', '070'), fc.constantFrom('2', '4', '8'), digits(3), digits(4))
        .map(([first, second, third, fourth]) => `${first}-${second}${third}-${fourth}`),
      fc
        .tuple(
          fc.constantFrom('0463-21', '0463-33', '042-341', '0184-24', '03-3581', '06-6208', '045-671'),
          digits(4),
        )
        .map(([area, own]) => `${area}-${own}`),
    );
    const anyPhone = fc.oneof(
      spelled(phone),
      phone.map((number) => number.replaceAll('-', '')),
      phone.map((number) => number.replaceAll('-', ' ')),
      phone.map((number) => number.replace(/-(\d+)-/u, '($1)')),
      phone.map((number) => `+81 ${number.slice(1)}`),
    );
    fc.assert(
      fc.property(anyPhone, sentence, (number, inSentence) => {
        expect(isFound('phone', inSentence, number)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('each of two telephone numbers', () => {
    expect(kindsIn('0463-21-9988,0463-21-9989')).toEqual(['phone', 'phone']);
    expect(kindsIn('0463-21-9988 090-1234-5678')).toEqual(['phone', 'phone']);
    expect(kindsIn('電話21-9988')).toEqual(['phone']);
  });

  /** 11 digits with the 12th, as article 5 of the ordinance tells: each digit by its weight, 11 minus the rest. */
  const withCheckDigit = (eleven: string) => {
    const weights = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
    const rest = weights.reduce((sum, weight, i) => sum + weight * Number(eleven[i]), 0) % 11;
    return `${eleven}${rest <= 1 ? 0 : 11 - rest}`;
  };
  const myNumber = digits(11)
    .filter((eleven) => /[1-9]/u.test(eleven))
    .map(withCheckDigit);

  test('My Numbers, in any spelling', () => {
    const grouped = (separator: string) => (number: string) =>
      `${number.slice(0, 4)}${separator}${number.slice(4, 8)}${separator}${number.slice(8)}`;
    const anyNumber = fc.oneof(
      myNumber,
      myNumber.map(grouped(' ')),
      spelled(myNumber.map(grouped('-'))),
      myNumber.map(wide),
    );
    fc.assert(
      fc.property(anyNumber, sentence, (number, inSentence) => {
        expect(isFound('my_number', inSentence, number)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('but not twelve digits with another check digit', () => {
    const other = fc
      .tuple(myNumber, fc.integer({ min: 1, max: 9 }))
      .map(([number, step]) => number.slice(0, 11) + ((Number(number[11]) + step) % 10));
    fc.assert(fc.property(other, (number) => !kindsIn(`番号は${number}です。`).includes('my_number')));
  });

  test('numbers of the insured, in any spelling', () => {
    const insured = fc.oneof(
      digits(6).map((own) => `0000${own}`),
      fc.tuple(fc.constantFrom('H', 'h'), fc.oneof(digits(9), digits(10))).map((parts) => parts.join('')),
      digits(10).map((number) => `被保険者番号：${number}`),
      digits(10).map((number) => `介護保険証 ${number.slice(0, 4)} ${number.slice(4)}`),
    );
    fc.assert(
      fc.property(fc.oneof(insured, insured.map(wide)), sentence, (number, inSentence) => {
        expect(kindsIn(inSentence(number))).toContain('insured_number');
      }),
      { numRuns: 300 },
    );
  });
});

const share = (isRight: readonly boolean[]) => isRight.filter(Boolean).length / isRight.length;
const at = <T>(list: readonly T[], i: number): T => {
  const item = list[i % list.length];
  if (item === undefined) throw new RangeError('an empty list');
  return item;
};

describe('of made-up people, found', () => {
  test('at least 88 of 100 surnames with a title', () => {
    const found = surnames.map((name, i) => isFound('person_name', at(titledSentences, i), name));
    expect(found).toHaveLength(100);
    expect(share(found)).toBeGreaterThanOrEqual(0.88);
  });

  test('at least 95 of 100 given names with a title', () => {
    const found = givenNames.map((name, i) => isFound('person_name', at(titledSentences, i % 2), name));
    expect(found).toHaveLength(100);
    expect(share(found)).toBeGreaterThanOrEqual(0.95);
  });

  test('at least 77 of 100 full names without one', () => {
    const found = surnames.map((surname, i) => {
      const name = `${surname}${at(['', ' ', '　'], i)}${at(givenNames, i * 37)}`;
      return isFound('person_name', at(untitledSentences, i), name);
    });
    expect(share(found)).toBeGreaterThanOrEqual(0.77);
  });

  test('at least 9 of 10 addresses', () => {
    const found = addresses.map((address) =>
      isFound('address', (value) => `住まいは、${value}です。`, address),
    );
    expect(share(found)).toBeGreaterThanOrEqual(0.9);
  });

  test('every date of birth', () => {
    const missed = birthDates.filter((date) => !kindsIn(`本人は${date}です。`).includes('birth_date'));
    expect(missed).toEqual([]);
  });
});

describe('of messages without personal data', () => {
  test('at most 2 of 100 are taken for such', () => {
    const wrong = workMessages.filter((message) => detector.find(message).length > 0);
    expect(workMessages.length).toBeGreaterThanOrEqual(150);
    expect(wrong.length / workMessages.length).toBeLessThanOrEqual(0.02);
  });

  test('no role, relative or office with a title is a name', () => {
    expect(
      roles.filter((role) => detector.find(`昨日${role}に会いました。${role}は元気です。`).length > 0),
    ).toEqual([]);
  });

  test.each([
    ['R8-0042'],
    ['令和8年3月4日'],
    ['2026-03-04'],
    ['1955/13/45'],
    ['第12条'],
    ['様式1-2-3'],
    ['2-3回'],
    ['10:00-11:30'],
    ['0000-0000-0000'],
    ['12,345円'],
    ['1234567890円'],
    ['<@U0123456789>'],
    ['二丁目'],
    ['東京に行く'],
  ])('%s is nothing', (text) => {
    expect(detector.find(text)).toEqual([]);
  });
});
