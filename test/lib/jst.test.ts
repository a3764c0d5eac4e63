/** Japan's calendar: its days, its fiscal years and its eras. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  eraYear,
  fiscalYearOf,
  formatDate,
  formatInstant,
  japanDate,
  startOfJapanDay,
} from '../../src/lib/jst.ts';

const DAY_MS = 86_400_000;
const instants = fc.date({
  min: new Date('1990-01-01T00:00:00Z'),
  max: new Date('2099-12-31T00:00:00Z'),
  noInvalidDate: true,
});
/** What Intl says is the date in Tokyo: an implementation that is not ours. */
const tokyo = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' });
const months = Array.from({ length: 12 }, (_, i) => i + 1);

describe('the date in Japan', () => {
  test('is what the calendar of Tokyo says, at any instant', () => {
    fc.assert(fc.property(instants, (at) => japanDate(at) === tokyo.format(at)));
  });

  test.each([
    ['2026-11-22T14:59:59.999Z', '2026-11-22'],
    ['2026-11-22T15:00:00.000Z', '2026-11-23'],
    ['2026-12-31T14:59:59.999Z', '2026-12-31'],
    ['2026-12-31T15:00:00.000Z', '2027-01-01'],
    ['2028-02-28T15:00:00.000Z', '2028-02-29'],
    ['2027-02-28T15:00:00.000Z', '2027-03-01'],
    ['2027-03-31T15:00:00.000Z', '2027-04-01'],
  ])('at %s is %s', (at, on) => {
    expect(japanDate(new Date(at))).toBe(on);
  });

  test('changes at the very millisecond at which its day begins', () => {
    fc.assert(
      fc.property(instants, (at) => {
        const on = japanDate(at);
        const start = startOfJapanDay(on);
        expect(japanDate(start)).toBe(on);
        expect(japanDate(new Date(start.getTime() - 1))).toBe(addDays(on, -1));
        expect(at.getTime() - start.getTime()).toBeGreaterThanOrEqual(0);
        expect(at.getTime() - start.getTime()).toBeLessThan(DAY_MS);
      }),
    );
  });
});

describe('days later', () => {
  test('are as many days of Japan, forwards and back', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: -4000, max: 4000 }), (at, days) => {
        const on = japanDate(at);
        expect(addDays(on, days)).toBe(japanDate(new Date(at.getTime() + days * DAY_MS)));
        expect(addDays(addDays(on, days), -days)).toBe(on);
        expect(startOfJapanDay(addDays(on, 1)).getTime() - startOfJapanDay(on).getTime()).toBe(DAY_MS);
      }),
    );
  });

  test.each([
    ['2026-12-31', 1, '2027-01-01'],
    ['2027-01-01', -1, '2026-12-31'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2027-03-01', -1, '2027-02-28'],
    ['2026-11-22', 0, '2026-11-22'],
  ])('%s and %i days is %s', (on, days, later) => {
    expect(addDays(on, days)).toBe(later);
  });
});

describe('the fiscal year', () => {
  test.each(months)('that begins in month %i changes at midnight in Japan', (firstMonth) => {
    const begins = startOfJapanDay(`2026-${String(firstMonth).padStart(2, '0')}-01`);
    expect(fiscalYearOf(begins, firstMonth)).toBe(2026);
    expect(fiscalYearOf(new Date(begins.getTime() - 1), firstMonth)).toBe(2025);
  });

  test('holds every instant between its first day and the next one’s', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...months), (at, firstMonth) => {
        const year = fiscalYearOf(at, firstMonth);
        const firstDay = (of: number) =>
          startOfJapanDay(`${of}-${String(firstMonth).padStart(2, '0')}-01`).getTime();
        expect(at.getTime()).toBeGreaterThanOrEqual(firstDay(year));
        expect(at.getTime()).toBeLessThan(firstDay(year + 1));
      }),
    );
  });
});

describe('the era year', () => {
  test.each([
    [2026, 4, 'R8'],
    [2027, 4, 'R9'],
    [2020, 4, 'R2'],
    // Reiwa began on 1 May 2019: the fiscal year that began in April is Heisei's.
    [2019, 4, 'H31'],
    [2019, 5, 'R1'],
    [2019, 1, 'H31'],
    [2018, 4, 'H30'],
    [2035, 4, 'R17'],
  ])('of %i, begun in month %i, is %s', (year, firstMonth, era) => {
    expect(eraYear(year, firstMonth)).toBe(era);
  });

  test('has the form that references need, and no two fiscal years share one', () => {
    for (const firstMonth of months) {
      const years = Array.from({ length: 60 }, (_, i) => eraYear(1990 + i, firstMonth));
      for (const each of years) expect(each).toMatch(/^[A-Z][1-9]\d*$/);
      expect(new Set(years).size).toBe(years.length);
    }
  });
});

describe('for people', () => {
  test.each([
    ['2026-11-22T00:05:00Z', '11月22日(日) 9:05'],
    ['2026-11-22T15:00:00Z', '11月23日(月) 0:00'],
    ['2026-12-31T14:59:59Z', '12月31日(木) 23:59'],
    ['2027-01-01T03:30:00Z', '1月1日(金) 12:30'],
  ])('the instant %s is %s', (at, words) => {
    expect(formatInstant(new Date(at))).toBe(words);
  });

  test.each([
    ['2026-04-01', '4月1日(水)'],
    ['2028-02-29', '2月29日(火)'],
    ['2026-11-28', '11月28日(土)'],
  ])('the date %s is %s', (on, words) => {
    expect(formatDate(on)).toBe(words);
  });

  test('no month or day has a zero in front', () => {
    fc.assert(
      fc.property(instants, (at) =>
        /^[1-9]\d?月[1-9]\d?日\([日月火水木金土]\) (?:0|[1-9]\d?):\d\d$/.test(formatInstant(at)),
      ),
    );
  });
});
