/** A fiscal year's dates and where they meet: pure rules. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MeetingKind } from '../../../src/features/directory/meeting-kinds/rules.ts';
import { datesInYear, readDayOfMonth } from '../../../src/features/directory/meeting-kinds/rules.ts';
import { HOLIDAY_RULES } from '../../../src/features/directory/meeting-kinds/words.ts';
import {
  clashesOf,
  daysOfYear,
  deadlinesOf,
  instantsOf,
  missingDates,
  monthOf,
  type Occasion,
  planYears,
} from '../../../src/features/meeting/planning/rules.ts';
import { calendarOf, isBusinessDay } from '../../../src/lib/business-time.ts';

const CALENDAR = calendarOf({ businessHours: '08:30-17:15', closedDays: ['12-29/01-03'] });
const YEAR = { year: 2027, firstMonth: 4 };

function kindOf(change: Partial<MeetingKind>): MeetingKind {
  return {
    id: 'heads',
    name: 'センター長会議',
    host: 'kikan',
    heldBy: null,
    attendees: [],
    months: [4, 8, 10, 2],
    day: { nth: 3, weekday: 3 },
    starts: '14:00',
    minutes: 90,
    place: null,
    url: null,
    quorum: null,
    holidays: 'after',
    channel: null,
    isPrivate: false,
    isTraining: false,
    position: 0,
    archivedAt: null,
    ...change,
  };
}

const datesOf = (change: Partial<MeetingKind>, year = 2027) =>
  datesInYear(kindOf(change), year, 4, CALENDAR).map(({ on, movedFrom }) =>
    movedFrom === null ? on : `${on} (${movedFrom})`,
  );

describe('the dates of a fiscal year', () => {
  test('of the heads’ meeting are April, August, October and, in the next calendar year, February', () => {
    expect(datesOf({})).toEqual(['2027-04-21', '2027-08-18', '2027-10-20', '2028-02-16']);
  });

  test.each([
    // 昭和の日 on a Thursday; the golden week begins after it.
    ['after', [4], '第5木曜', ['2027-04-30 (2027-04-29)']],
    ['before', [4], '第5木曜', ['2027-04-28 (2027-04-29)']],
    ['skip', [4], '第5木曜', []],
    // 憲法記念日 to こどもの日 1 March to 5 May: the next open day is three days later.
    ['after', [5], '第1月曜', ['2027-05-06 (2027-05-03)']],
    // Nothing before 3 May 2027 is open in May but for none: it moves the other way.
    ['before', [5], '第1月曜', ['2027-05-06 (2027-05-03)']],
    // The city is closed from 29 December on: the last Wednesday moves back though its rule says after.
    ['after', [12], '第5水曜', ['2027-12-28 (2027-12-29)']],
    // A month without a fifth Monday has no meeting.
    ['after', [4, 5], '第5月曜', ['2027-05-31']],
    ['after', [2], '最終火曜', ['2028-02-29']],
  ] as const)(
    'on a holiday move as %s says, never out of their month: %s %s',
    (holidays, months, day, dates) => {
      const read = readDayOfMonth(day);
      expect(read).toBeDefined();
      expect(datesOf({ holidays, months, ...(read ? { day: read } : {}) })).toEqual(dates);
    },
  );

  test('are open days of the wanted months in every year, whatever the rule', () => {
    const anyKind = fc.record({
      year: fc.integer({ min: 2026, max: 2045 }),
      months: fc.uniqueArray(fc.integer({ min: 1, max: 12 })),
      day: fc.record({
        nth: fc.constantFrom(0, 1, 2, 3, 4, 5),
        weekday: fc.integer({ min: 1, max: 5 }),
      }),
      holidays: fc.constantFrom(...HOLIDAY_RULES),
    });
    fc.assert(
      fc.property(anyKind, ({ year, months, day, holidays }) => {
        const { first, last } = daysOfYear(year, 4);
        const dates = datesInYear({ months, day, holidays }, year, 4, CALENDAR);
        for (const { on, movedFrom } of dates) {
          expect(isBusinessDay(CALENDAR, on)).toBe(true);
          expect(on >= first && on <= last).toBe(true);
          expect(months).toContain(Number(on.slice(5, 7)));
          if (movedFrom !== null) expect(movedFrom.slice(0, 7)).toBe(on.slice(0, 7));
        }
        expect(new Set(dates.map(({ on }) => on.slice(0, 7))).size).toBe(dates.length);
      }),
    );
  });
});

describe('missing dates', () => {
  test('are those of months in which a kind has none, after today', () => {
    const kinds = [kindOf({}), kindOf({ id: 'monthly', months: [4, 5] })];
    const taken = new Set([monthOf('heads', '2027-08-03')]);
    const missing = missingDates(kinds, YEAR, CALENDAR, taken, '2027-04-21');
    expect(missing.map(({ kind, on }) => `${kind} ${on}`)).toEqual([
      'heads 2027-10-20',
      'heads 2028-02-16',
      'monthly 2027-05-19',
    ]);
    expect(
      missingDates(
        kinds,
        YEAR,
        CALENDAR,
        new Set(missing.map((each) => monthOf(each.kind, each.on))),
        '2027-09-01',
      ),
    ).toEqual([]);
  });
});

test.each([
  ['2026-11-22T10:00:00+09:00', 4, [2026, 2027], 2026],
  ['2026-12-31T23:59:00+09:00', 4, [2026, 2027], 2026],
  ['2027-01-01T00:00:00+09:00', 4, [2026, 2027], 2027],
  ['2027-03-31T23:59:00+09:00', 4, [2026, 2027], 2027],
  ['2027-04-01T00:00:00+09:00', 4, [2027, 2028], 2027],
  ['2027-10-01T00:00:00+09:00', 1, [2027, 2028], 2028],
])(
  'at %s, where years begin in month %i, one plans %j and thinks of %i',
  (at, firstMonth, years, suggested) => {
    expect(planYears(new Date(at), firstMonth)).toEqual({ years, suggested });
  },
);

test('people answer until a week of business before, and nobody is asked by a day that is over', () => {
  expect(deadlinesOf('2027-05-07', CALENDAR, '2027-01-01')).toEqual({
    answerBy: '2027-04-26',
    agendaBy: '2027-04-19',
  });
  expect(deadlinesOf('2027-05-07', CALENDAR, '2027-04-20')).toEqual({
    answerBy: '2027-04-26',
    agendaBy: null,
  });
});

describe('clashes', () => {
  const at = (id: string, starts: string, minutes: number, ...people: string[]): Occasion => ({
    id,
    name: id,
    ...instantsOf({ on: '2027-05-12', starts, minutes }),
    people: new Set(people),
  });

  test('are meetings at the same time with somebody at both, seen from either', () => {
    const planned = [
      at('a', '14:00', 90, 'x', 'y'),
      at('b', '15:00', 60, 'y', 'z'),
      at('c', '15:30', 30, 'x'),
    ];
    const standing = [at('d', '13:00', 61, 'x', 'y')];
    expect(Object.fromEntries(clashesOf(planned, standing))).toEqual({
      a: [
        { name: 'd', shared: 2 },
        { name: 'b', shared: 1 },
      ],
      b: [{ name: 'a', shared: 1 }],
      d: [{ name: 'a', shared: 2 }],
    });
  });

  test('a meeting that begins when another ends meets nobody', () => {
    expect(clashesOf([at('a', '14:00', 60, 'x'), at('b', '15:00', 60, 'x')], []).size).toBe(0);
  });
});
