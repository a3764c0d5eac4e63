/** Business time: deadlines fall into open hours, and the same minutes are counted in every way of asking. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addBusinessDays,
  addBusinessMinutes,
  type BusinessCalendar,
  businessMinutesBetween,
  calendarOf,
  closingAt,
  isBusinessDay,
  isOpenAt,
  nextOpening,
} from '../../src/lib/business-time.ts';
import { addDays, japanDate } from '../../src/lib/jst.ts';

const MINUTE_MS = 60_000;
const office = calendarOf({ businessHours: '08:30-17:15', closedDays: ['12-29/01-03'] });
/** Closed on every day of the year, across the new year. */
const neverOpen = calendarOf({ businessHours: '08:30-17:15', closedDays: ['06-01/05-31'] });

/** An instant by the clock on the wall: `2026-11-20 17:10`. */
const japan = (wall: string) => new Date(`${wall.replace(' ', 'T')}:00+09:00`);
const datesOf = (firstOn: string, days: number) =>
  Array.from({ length: days }, (_, i) => addDays(firstOn, i));

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const instants = fc.date({
  min: new Date('2020-01-01T00:00:00Z'),
  max: new Date('2040-12-31T00:00:00Z'),
  noInvalidDate: true,
});
const dates = instants.map(japanDate);
const calendars = fc
  .record({
    hours: fc.uniqueArray(fc.integer({ min: 0, max: 23 * 60 + 59 }), { minLength: 2, maxLength: 2 }),
    closedDays: fc.subarray(['12-29/01-03', '08-13/08-16', '02-29', '05-01', '02-28/03-01', '11-20']),
  })
  .map(({ hours, closedDays }) => {
    const [opens = 0, closes = 0] = hours.toSorted((a, b) => a - b);
    return calendarOf({ businessHours: `${clock(opens)}-${clock(closes)}`, closedDays });
  });
/** Up to some weeks of short days, some days of long ones. */
const amounts = fc.integer({ min: 0, max: 6000 });

/** At most 40 days' worth: where a day has one minute, 6000 of them would take decades. */
const within = (calendar: BusinessCalendar, minutes: number) =>
  minutes % ((calendar.closesMinute - calendar.opensMinute) * 40);
const opensAt = (calendar: BusinessCalendar, at: Date) =>
  isOpenAt(calendar, at) && !isOpenAt(calendar, new Date(at.getTime() - 1));
const closesAt = (calendar: BusinessCalendar, at: Date) =>
  !isOpenAt(calendar, at) && isOpenAt(calendar, new Date(at.getTime() - 1));

describe('a business day', () => {
  test('of 2026 is every weekday but the holidays that the Cabinet Office announced, and the closure', () => {
    const holidays = [
      ...['2026-01-01', '2026-01-12', '2026-02-11', '2026-02-23', '2026-03-20', '2026-04-29'],
      ...['2026-05-03', '2026-05-04', '2026-05-05', '2026-05-06', '2026-07-20', '2026-08-11'],
      ...['2026-09-21', '2026-09-22', '2026-09-23', '2026-10-12', '2026-11-03', '2026-11-23'],
    ];
    const closed = ['2026-01-01', '2026-01-02', '2026-01-03', '2026-12-29', '2026-12-30', '2026-12-31'];
    const weekday = new Intl.DateTimeFormat('en-US', { weekday: 'short', timeZone: 'Asia/Tokyo' });
    const isWeekday = (on: string) => !weekday.format(japan(`${on} 12:00`)).startsWith('S');
    const year = datesOf('2026-01-01', 365);
    expect(year.filter((on) => isBusinessDay(office, on))).toEqual(
      year.filter((on) => isWeekday(on) && !holidays.includes(on) && !closed.includes(on)),
    );
  });

  test.each([
    ['2026-05-06', 'the substitute for Constitution Day on a Sunday'],
    ['2026-09-22', 'the day between two holidays'],
    ['2026-12-29', 'the first day of the closure'],
    ['2026-12-31', 'the closure before the new year'],
    ['2025-01-03', 'the last day of the closure'],
    ['2049-09-21', 'a day between two holidays far ahead'],
    ['2050-11-23', 'the last holiday that is known'],
    ['2026-11-21', 'a Saturday'],
    ['2026-11-22', 'a Sunday'],
  ])('is not %s: %s', (on) => {
    expect(isBusinessDay(office, on)).toBe(false);
  });

  test('follows the closures of the city: single days, spans, and 29 February in the years that have it', () => {
    const city = calendarOf({ businessHours: '09:00-17:00', closedDays: ['08-13/08-14', '11-20', '02-29'] });
    const openOn = (on: string) => isBusinessDay(city, on);
    expect(datesOf('2026-08-12', 6).filter(openOn)).toEqual(['2026-08-12', '2026-08-17']);
    expect(datesOf('2026-11-19', 3).filter(openOn)).toEqual(['2026-11-19']);
    expect(datesOf('2028-02-28', 3).filter(openOn)).toEqual(['2028-02-28', '2028-03-01']);
    expect(datesOf('2027-02-26', 4).filter(openOn)).toEqual(['2027-02-26', '2027-03-01']);
    // No closure at the turn of the year: only New Year's Day itself is a holiday.
    expect(datesOf('2026-12-28', 5).filter(openOn)).toEqual(datesOf('2026-12-28', 4));
  });
});

describe('opening hours', () => {
  test.each([
    ['2026-11-20 08:29', false],
    ['2026-11-20 08:30', true],
    ['2026-11-20 17:14', true],
    ['2026-11-20 17:15', false],
    ['2026-11-21 12:00', false],
    ['2026-11-23 12:00', false],
    ['2026-12-28 17:00', true],
    ['2026-12-29 12:00', false],
    // Before the epoch of Date, when the days are counted down.
    ['1969-11-20 12:00', true],
    ['1969-11-20 17:15', false],
  ])('at %s: open is %s', (wall, isOpen) => {
    expect(isOpenAt(office, japan(wall))).toBe(isOpen);
  });

  test.each([
    ['2026-11-20 07:00', '2026-11-20 08:30'],
    ['2026-11-20 10:20', '2026-11-20 10:20'],
    ['2026-11-20 17:15', '2026-11-24 08:30'],
    ['2026-11-22 03:00', '2026-11-24 08:30'],
    ['2026-12-28 17:30', '2027-01-04 08:30'],
    ['2026-05-01 17:20', '2026-05-07 08:30'],
    ['2026-09-18 18:00', '2026-09-24 08:30'],
  ])('after %s begin at %s', (wall, opens) => {
    expect(nextOpening(office, japan(wall))).toEqual(japan(opens));
  });

  test('the next opening is the first open instant, and an open instant is its own', () => {
    fc.assert(
      fc.property(calendars, instants, (calendar, at) => {
        const opens = nextOpening(calendar, at);
        expect(isOpenAt(calendar, opens)).toBe(true);
        if (isOpenAt(calendar, at)) expect(opens).toEqual(at);
        else {
          expect(opens.getTime()).toBeGreaterThan(at.getTime());
          expect(opensAt(calendar, opens)).toBe(true);
          expect(businessMinutesBetween(calendar, at, opens)).toBe(0);
        }
      }),
    );
  });

  test('closing time is known for any date', () => {
    expect(closingAt(office, '2026-11-20')).toEqual(japan('2026-11-20 17:15'));
    expect(closingAt(office, '2026-11-23')).toEqual(japan('2026-11-23 17:15'));
    fc.assert(
      fc.property(calendars, dates, (calendar, on) => {
        const closes = closingAt(calendar, on);
        expect(japanDate(closes)).toBe(on);
        expect(closesAt(calendar, closes)).toBe(isBusinessDay(calendar, on));
      }),
    );
  });
});

describe('business minutes later', () => {
  test.each([
    ['2026-11-20 17:10', 30, '2026-11-24 08:55'],
    ['2026-11-20 17:10', 5, '2026-11-20 17:15'],
    ['2026-11-20 17:10', 6, '2026-11-24 08:31'],
    ['2026-11-20 17:25', 60, '2026-11-24 09:30'],
    ['2026-11-20 06:00', 60, '2026-11-20 09:30'],
    ['2026-11-20 08:30', 525, '2026-11-20 17:15'],
    ['2026-11-20 08:30', 525 * 2 + 1, '2026-11-25 08:31'],
    ['2026-12-28 17:00', 60, '2027-01-04 09:15'],
    ['2026-04-28 17:00', 30, '2026-04-30 08:45'],
    ['2026-05-01 16:15', 120, '2026-05-07 09:30'],
    ['2026-09-18 17:14', 2, '2026-09-24 08:31'],
    ['2026-11-21 12:00', 0, '2026-11-24 08:30'],
    ['2026-11-20 17:15', 0, '2026-11-24 08:30'],
    ['2026-11-24 08:55', -30, '2026-11-20 17:10'],
    ['2026-11-24 08:55', -25, '2026-11-24 08:30'],
    ['2026-11-24 08:30', -1, '2026-11-20 17:14'],
    ['2026-11-22 12:00', -15, '2026-11-20 17:00'],
    ['2027-01-04 08:00', -525, '2026-12-28 08:30'],
  ])('%s and %i minutes is %s', (from, minutes, result) => {
    expect(addBusinessMinutes(office, japan(from), minutes)).toEqual(japan(result));
  });

  test.each([1, 10])('%i years are as long as their business days', (years) => {
    const [begins, ends] = [japan('2026-04-01 00:00'), japan(`${2026 + years}-04-01 00:00`)];
    const days = datesOf('2026-04-01', (ends.getTime() - begins.getTime()) / 86_400_000).filter((on) =>
      isBusinessDay(office, on),
    );
    const closes = closingAt(office, days.at(-1) ?? '');
    expect(addBusinessMinutes(office, begins, days.length * 525)).toEqual(closes);
    expect(businessMinutesBetween(office, begins, ends)).toBe(days.length * 525);
  });

  test('in one step or in two is the same', () => {
    fc.assert(
      fc.property(calendars, instants, amounts, amounts, (calendar, from, a, b) => {
        const [first, second] = [within(calendar, a), within(calendar, b) + 1];
        const inTwo = addBusinessMinutes(calendar, addBusinessMinutes(calendar, from, first), second);
        expect(addBusinessMinutes(calendar, from, first + second)).toEqual(inTwo);
        const back = addBusinessMinutes(calendar, addBusinessMinutes(calendar, from, -first - 1), -second);
        expect(addBusinessMinutes(calendar, from, -first - 1 - second)).toEqual(back);
      }),
    );
  });

  test('lies in open time or, going forward, at closing', () => {
    fc.assert(
      fc.property(calendars, instants, amounts, (calendar, from, amount) => {
        const minutes = within(calendar, amount);
        const later = addBusinessMinutes(calendar, from, minutes);
        expect(isOpenAt(calendar, later) || (minutes > 0 && closesAt(calendar, later))).toBe(true);
        expect(later.getTime()).toBeGreaterThanOrEqual(from.getTime() + minutes * MINUTE_MS);
        const earlier = addBusinessMinutes(calendar, from, -minutes - 1);
        expect(isOpenAt(calendar, earlier)).toBe(true);
        expect(earlier.getTime()).toBeLessThanOrEqual(from.getTime() - (minutes + 1) * MINUTE_MS);
      }),
    );
  });

  test('more minutes or a later beginning never end earlier', () => {
    fc.assert(
      fc.property(
        calendars,
        instants,
        fc.integer({ min: 0, max: 20_000 }),
        fc.integer({ min: -6000, max: 6000 }),
        amounts,
        (calendar, from, laterBy, amount, more) => {
          const minutes = within(calendar, amount);
          const base = addBusinessMinutes(calendar, from, minutes).getTime();
          const afterMore = addBusinessMinutes(calendar, from, minutes + within(calendar, more)).getTime();
          expect(afterMore).toBeGreaterThanOrEqual(base);
          const begunLater = new Date(from.getTime() + laterBy * MINUTE_MS);
          const afterLater = addBusinessMinutes(calendar, begunLater, minutes).getTime();
          expect(afterLater).toBeGreaterThanOrEqual(base);
        },
      ),
    );
  });

  test('from an open instant and back again is where one began', () => {
    fc.assert(
      fc.property(calendars, instants, amounts, (calendar, at, amount) => {
        const minutes = within(calendar, amount);
        const open = nextOpening(calendar, at);
        const later = addBusinessMinutes(calendar, open, minutes);
        expect(addBusinessMinutes(calendar, later, -minutes)).toEqual(open);
      }),
    );
  });
});

describe('the business minutes between two instants', () => {
  test.each([
    ['2026-11-20 17:10', '2026-11-24 08:55', 30],
    ['2026-11-20 17:15', '2026-11-24 08:30', 0],
    ['2026-11-20 09:00', '2026-11-20 09:00', 0],
    ['2026-11-20 00:00', '2026-11-21 00:00', 525],
    ['2026-12-28 17:00', '2027-01-04 08:45', 30],
    ['2026-05-01 17:00', '2026-05-07 08:31', 16],
    ['2026-11-24 08:55', '2026-11-20 17:10', -30],
  ])('%s and %s are %i', (from, to, minutes) => {
    expect(businessMinutesBetween(office, japan(from), japan(to))).toBe(minutes);
  });

  test('are not rounded: added to the one instant they lead to the other, to the millisecond', () => {
    const from = japan('2026-11-20 17:14');
    expect(businessMinutesBetween(office, new Date(from.getTime() + 45_000), japan('2026-11-24 08:31'))).toBe(
      1.25,
    );
    fc.assert(
      fc.property(
        calendars,
        instants,
        fc.integer({ min: 0, max: 40 * 86_400_000 }),
        (calendar, at, laterByMs) => {
          const open = nextOpening(calendar, at);
          const later = nextOpening(calendar, new Date(open.getTime() + laterByMs));
          const minutes = businessMinutesBetween(calendar, open, later);
          const reached = addBusinessMinutes(calendar, open, minutes);
          // What just fills a day ends at its closing, not at the opening that follows.
          expect(nextOpening(calendar, reached)).toEqual(later);
        },
      ),
    );
  });

  test('are those that were added', () => {
    fc.assert(
      fc.property(calendars, instants, amounts, (calendar, from, amount) => {
        const minutes = within(calendar, amount);
        const later = addBusinessMinutes(calendar, from, minutes);
        expect(businessMinutesBetween(calendar, from, later)).toBe(minutes);
        expect(businessMinutesBetween(calendar, later, from)).toBe(0 - minutes);
      }),
    );
  });

  test('are as many as one counts, minute by minute', () => {
    const wholeMinutes = instants.map((at) => Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS);
    fc.assert(
      fc.property(
        calendars,
        wholeMinutes,
        fc.integer({ min: 0, max: 4 * 1440 }),
        (calendar, from, minutes) => {
          const counted = Array.from({ length: minutes }, (_, i) => new Date(from + i * MINUTE_MS)).filter(
            (at) => isOpenAt(calendar, at),
          ).length;
          const to = new Date(from + minutes * MINUTE_MS);
          expect(businessMinutesBetween(calendar, new Date(from), to)).toBe(counted);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('business days later', () => {
  test.each([
    ['2026-11-20', 1, '2026-11-24'],
    ['2026-11-20', 5, '2026-11-30'],
    ['2026-11-21', 1, '2026-11-24'],
    ['2026-12-28', 1, '2027-01-04'],
    ['2026-04-28', 2, '2026-05-01'],
    ['2026-05-01', 1, '2026-05-07'],
    ['2026-09-18', 1, '2026-09-24'],
    ['2026-11-24', -1, '2026-11-20'],
    ['2027-01-02', -1, '2026-12-28'],
    ['2026-11-21', 0, '2026-11-21'],
  ])('%s and %i business days is %s', (from, days, result) => {
    expect(addBusinessDays(office, from, days)).toBe(result);
  });

  test('are as many business days as one counts', () => {
    fc.assert(
      fc.property(calendars, dates, fc.integer({ min: 1, max: 60 }), (calendar, from, days) => {
        const later = addBusinessDays(calendar, from, days);
        const earlier = addBusinessDays(calendar, from, -days);
        expect([later, earlier].every((on) => isBusinessDay(calendar, on))).toBe(true);
        const spanned = (first: string, last: string) =>
          datesOf(first, 400)
            .filter((on) => on <= last)
            .filter((on) => isBusinessDay(calendar, on)).length;
        expect(spanned(addDays(from, 1), later)).toBe(days);
        expect(spanned(earlier, addDays(from, -1))).toBe(days);
      }),
    );
  });
});

describe('what cannot be reckoned is refused at once', () => {
  const noon = japan('2026-11-20 12:00');

  test('in a city that is never open', () => {
    const never = 'the calendar has no business day in 400 days';
    expect(() => nextOpening(neverOpen, noon)).toThrow(new RangeError(never));
    expect(() => addBusinessMinutes(neverOpen, noon, -1)).toThrow(new RangeError(never));
    expect(() => addBusinessDays(neverOpen, '2026-11-20', 1)).toThrow(new RangeError(never));
    expect(() => businessMinutesBetween(neverOpen, noon, noon)).toThrow(new RangeError(never));
    expect(isOpenAt(neverOpen, noon)).toBe(false);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e15])(
    'with %d minutes',
    (minutes) => {
      expect(() => addBusinessMinutes(office, noon, minutes)).toThrow(RangeError);
    },
  );

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 0.5, -1e9])('with %d days', (days) => {
    expect(() => addBusinessDays(office, '2026-11-20', days)).toThrow(RangeError);
  });

  test('with what is no instant or no date', () => {
    const invalid = new Date(Number.NaN);
    expect(() => isOpenAt(office, invalid)).toThrow(RangeError);
    expect(() => nextOpening(office, invalid)).toThrow(RangeError);
    expect(() => businessMinutesBetween(office, invalid, noon)).toThrow(RangeError);
    expect(() => businessMinutesBetween(office, noon, invalid)).toThrow(RangeError);
    expect(() => businessMinutesBetween(office, noon, new Date(8.64e15))).toThrow(RangeError);
    expect(() => isBusinessDay(office, '2026-02-30')).toThrow(RangeError);
    expect(() => closingAt(office, '')).toThrow(RangeError);
  });

  test.each(['', '8:30-17:15', '17:15-08:30', '08:30-08:30', '08:60-17:15', '08:30-24:01', '08:30〜17:15'])(
    'with the hours “%s”',
    (businessHours) => {
      expect(() => calendarOf({ businessHours, closedDays: [] })).toThrow(RangeError);
    },
  );

  test.each(['', '13-01', '02-30', '2026-12-29', '12-29/', '12-29/01-03/01-05'])(
    'with the closure “%s”',
    (closedDay) => {
      expect(() => calendarOf({ businessHours: '08:30-17:15', closedDays: [closedDay] })).toThrow(RangeError);
    },
  );
});
