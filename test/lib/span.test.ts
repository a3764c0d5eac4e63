/** Spans of time as offices write them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatSpan, parseSpan } from '../../src/lib/span.ts';

describe('a span is read', () => {
  test.each([
    ['30分', { minutes: 30 }],
    ['4時間', { minutes: 240 }],
    ['3営業日', { businessDays: 3 }],
    ['１０営業日', { businessDays: 10 }],
    ['　２ 時間 ', { minutes: 120 }],
    ['090分', { minutes: 90 }],
    ['9999分', { minutes: 9999 }],
    ['2000時間', { minutes: 120_000 }],
    ['250営業日', { businessDays: 250 }],
  ])('from %j', (text, span) => {
    expect(parseSpan(text)).toEqual(span);
  });

  test.each([
    '',
    '0分',
    '00営業日',
    '-3営業日',
    '1.5時間',
    '三営業日',
    '3日',
    '3',
    '営業日',
    '3営業日以内',
    '約3営業日',
    '1時間30分',
    '3\n営\n業日',
    '10000分',
    '2001時間',
    '251営業日',
    '99999999999999999999分',
    'constructor',
  ])('not from %j', (text) => {
    expect(parseSpan(text)).toBeUndefined();
  });
});

test.each([
  [{ minutes: 30 }, '30分'],
  [{ minutes: 60 }, '1時間'],
  [{ minutes: 90 }, '90分'],
  [{ businessDays: 5 }, '5営業日'],
])('%j is written as %j', (span, text) => {
  expect(formatSpan(span)).toBe(text);
});

test('whatever can be read is written so that it reads the same', () => {
  const unit = fc.constantFrom('分', '時間', '営業日');
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9999 }), unit, (count, of) => {
      const span = parseSpan(`${count}${of}`);
      if (span) expect(parseSpan(formatSpan(span))).toEqual(span);
      else expect(count).toBeGreaterThan(250);
    }),
  );
});

test('any text is a span or none, never an exception', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(() => parseSpan(text)).not.toThrow();
    }),
  );
});
