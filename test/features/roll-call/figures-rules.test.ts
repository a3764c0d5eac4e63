/** The figures of a roll-call against tables worked out by hand, and against what each of them means. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvRows, showCell } from '../../../src/features/roll-call/figures/cells.ts';
import {
  compare,
  type Held,
  partnerOf,
  previousOf,
} from '../../../src/features/roll-call/figures/comparing/rules.ts';
import { effectsOf, escalationsOf } from '../../../src/features/roll-call/figures/reminding/rules.ts';
import {
  askedOf,
  type Course,
  figuresOf,
  helpOf,
  RATE_MINUTES,
  REACHED_PERCENTS,
  type RosterEntry,
  type Said,
  turnoverOf,
  waysOf,
} from '../../../src/features/roll-call/figures/rules.ts';
import { formatLength, formatShare } from '../../../src/features/roll-call/figures/text.ts';

const START = new Date('2026-11-22T00:00:00Z');
/** `m:s` after the start. */
const at = (clock: string) => {
  const [minutes = 0, seconds = 0] = clock.split(':').map(Number);
  return new Date(START.getTime() + (minutes * 60 + seconds) * 1000);
};
const msOf = (clock: string) => at(clock).getTime() - START.getTime();
const ended = (clock: string): Course => ({ startedAt: START, closedAt: at(clock), now: at('600:0') });
const person = (name: string, more: Partial<RosterEntry> = {}): RosterEntry => ({
  person: name,
  center: 'east',
  joinedAt: START,
  leftAt: null,
  helpSince: null,
  helpClearedAt: null,
  ...more,
});
const said = (name: string, clock: string, way: Said['way'] = 'chat'): Said => ({
  person: name,
  at: at(clock),
  way,
});

/** Ten on the roster at the end; one more left on the way. */
const ROSTER = [
  ...['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I'].map((name) => person(name)),
  person('J', { leftAt: at('20:0') }),
  person('K', { joinedAt: at('15:0'), center: 'west' }),
];
const REPLIES = [
  said('A', '0:30'),
  said('B', '1:0'),
  said('C', '1:1'),
  // Twice, the later one first to come in, by another way.
  said('D', '6:0', 'chat'),
  said('D', '4:59', 'web'),
  said('E', '5:0', 'proxy'),
  said('F', '10:0', 'web'),
  // A double tap.
  said('F', '10:0', 'web'),
  said('G', '31:0'),
  // After the end.
  said('H', '60:1'),
  // Left at minute 20.
  said('J', '2:0'),
  said('K', '16:0'),
];

describe('of a fixed timetable', () => {
  const course = ended('60:0');
  const asked = askedOf(ROSTER, REPLIES, course);
  const figures = figuresOf(asked, course);

  test('the shares at 1, 2, 5, 10, 30 and 60 minutes are those worked out by hand, of the whole roster', () => {
    expect([figures.roster, figures.answered]).toEqual([10, 8]);
    expect(figures.within.map(({ minutes, answered }) => [minutes, answered])).toEqual([
      [1, 2],
      [2, 3],
      [5, 5],
      [10, 6],
      [30, 7],
      [60, 8],
    ]);
    expect(figures.within.every(({ isAfterEnd }) => !isAfterEnd)).toBe(true);
  });

  test('T25, T50 and T75 are those worked out by hand; T90 was not reached, though all who answered did', () => {
    expect(figures.reached).toEqual([
      { percent: 25, needed: 3, ms: msOf('1:1') },
      { percent: 50, needed: 5, ms: msOf('5:0') },
      { percent: 75, needed: 8, ms: msOf('31:0') },
      { percent: 90, needed: 9, ms: null },
    ]);
  });

  test('ways are those of the first answers; who answered by another way later is named beside', () => {
    expect(waysOf(asked)).toEqual({ first: { chat: 5, web: 2, proxy: 1 }, changed: 1 });
  });

  test('who joined and stayed, and who left, are counted', () => {
    expect(turnoverOf(ROSTER, course)).toEqual({ joined: 1, left: 1 });
  });

  test('a minute that it did not last for tells what had been answered at the end; while it runs it is to come', () => {
    const short = figuresOf(askedOf(ROSTER, REPLIES, ended('12:0')), ended('12:0'));
    expect(short.roster).toBe(11);
    expect(short.within.map(({ answered, isAfterEnd }) => [answered, isAfterEnd])).toEqual([
      [2, false],
      [4, false],
      [6, false],
      [7, false],
      [7, true],
      [7, true],
    ]);
    const running: Course = { startedAt: START, closedAt: null, now: at('2:30') };
    const sofar = figuresOf(askedOf(ROSTER, REPLIES, running), running);
    expect(sofar.within.map(({ answered }) => answered)).toEqual([2, 4, null, null, null, null]);
    expect(sofar.answered).toBe(4);
  });

  test('a reminder’s effect ends after five minutes or with the next reminder', () => {
    const reminder = (minutes: number, name: string, clock: string) => ({
      minutes,
      person: name,
      at: at(clock),
    });
    const told = [
      // Two minutes late: the cron had been missed.
      ...['F', 'G', 'I', 'H'].map((name) => reminder(5, name, '7:0')),
      // Left before the end: not counted.
      reminder(5, 'J', '7:0'),
      ...['G', 'I', 'H'].map((name) => reminder(30, name, '30:0')),
    ];
    expect(effectsOf(asked, told, course)).toEqual([
      { minutes: 5, told: 4, answered: 1 },
      { minutes: 30, told: 3, answered: 1 },
    ]);
    // The next one goes out before he answers: it is the next one's.
    const close = [...told, ...['F', 'G', 'I', 'H'].map((name) => reminder(9, name, '9:0'))];
    expect(effectsOf(asked, close, course).slice(0, 2)).toEqual([
      { minutes: 5, told: 4, answered: 0 },
      { minutes: 9, told: 4, answered: 1 },
    ]);
  });

  test('when managers or the core center hear of silent people, those who were silent then are counted', () => {
    const heard = (to: 'managers' | 'core', center: string, clock: string) => ({ to, center, at: at(clock) });
    // Of 東 G, H and I are silent at minute 30, of 西 K at 15:30; at 14:00 K was not there yet.
    expect(escalationsOf(asked, [heard('managers', 'east', '30:0')], course)).toEqual([
      { to: 'managers', told: 3, answered: 1 },
    ]);
    expect(
      escalationsOf(
        asked,
        [heard('core', 'west', '15:30'), heard('managers', 'west', '14:0'), heard('core', 'east', '25:0')],
        course,
      ),
    ).toEqual([
      { to: 'managers', told: 0, answered: 0 },
      { to: 'core', told: 4, answered: 1 },
    ]);
  });

  test('help is told with how long it took until it was cleared', () => {
    const helped = (from: string, until: string | null) =>
      person(from, { helpSince: at(from), helpClearedAt: until === null ? null : at(until) });
    expect(helpOf([person('A'), helped('1:0', '5:0'), helped('2:0', '22:0'), helped('3:0', null)])).toEqual({
      asked: 3,
      cleared: 2,
      medianMs: msOf('12:0'),
      longestMs: msOf('20:0'),
    });
    expect(helpOf(ROSTER)).toEqual({ asked: 0, cleared: 0, medianMs: null, longestMs: null });
  });
});

test('an empty roster has no shares and reaches nothing', () => {
  const figures = figuresOf([], ended('60:0'));
  expect(figures.within.map(({ answered }) => answered)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(figures.reached.map(({ ms }) => ms)).toEqual([null, null, null, null]);
  expect(formatShare(0, 0)).toBe('―');
});

test('whatever came in which order: T is the first moment at which the share of the roster had answered, else none', () => {
  const people = fc.array(
    fc.record({
      answers: fc.array(fc.integer({ min: 0, max: 90 * 60 }), { maxLength: 3 }),
      left: fc.option(fc.integer({ min: 0, max: 90 * 60 }), { nil: null, freq: 4 }),
    }),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(people, fc.integer({ min: 1, max: 80 * 60 }), (drawn, endSeconds) => {
      const second = (n: number) => new Date(START.getTime() + n * 1000);
      const course: Course = { startedAt: START, closedAt: second(endSeconds), now: second(100 * 60) };
      const roster = drawn.map(({ left }, n) =>
        person(`U${n}`, { leftAt: left === null ? null : second(left) }),
      );
      const replies = drawn.flatMap(({ answers }, n) =>
        answers.map((each): Said => ({ person: `U${n}`, at: second(each), way: 'chat' })),
      );
      const figures = figuresOf(askedOf(roster, replies.toReversed(), course), course);
      // The same, told person by person and second by second.
      const counted = drawn.filter(({ left }) => left === null || left > endSeconds);
      const by = (seconds: number) =>
        counted.filter(({ answers }) => answers.some((each) => each <= Math.min(seconds, endSeconds))).length;
      expect(figures.roster).toBe(counted.length);
      expect(figures.within.map(({ answered }) => answered)).toEqual(
        RATE_MINUTES.map((minutes) => by(minutes * 60)),
      );
      for (const percent of REACHED_PERCENTS) {
        const isReached = (seconds: number) =>
          counted.length > 0 && by(seconds) * 100 >= percent * counted.length;
        const ms = figures.reached.find((each) => each.percent === percent)?.ms ?? null;
        if (ms === null) expect(isReached(endSeconds)).toBe(false);
        else expect([isReached(ms / 1000), isReached(ms / 1000 - 1)]).toEqual([true, false]);
      }
    }),
    { numRuns: 300 },
  );
});

describe('the year before', () => {
  const held = (id: string, began: string, closed: string | null, kind: Held['kind'] = 'drill'): Held => ({
    id,
    kind,
    startedAt: new Date(began),
    closedAt: closed === null ? null : new Date(closed),
  });
  const now = held('now', '2026-11-22T00:00:00Z', null);

  test('is that of the same kind which ended last before this fiscal year; a real one is never a drill’s', () => {
    const all = [
      now,
      held('same year', '2026-03-31T15:00:00Z', '2026-03-31T16:00:00Z'),
      // Ten past midnight of 1 April in Japan has begun; a minute before has not.
      held('last of March', '2026-03-31T14:59:00Z', '2026-03-31T15:30:00Z'),
      held('in September', '2025-09-01T00:00:00Z', '2025-09-01T01:00:00Z'),
      held('real', '2026-03-31T14:59:30Z', '2026-03-31T15:40:00Z', 'actual'),
      held('years ago', '2022-09-01T00:00:00Z', '2022-09-01T01:00:00Z'),
    ];
    expect(previousOf(all, now, 4)).toMatchObject({ id: 'last of March', yearsBefore: 1 });
    expect(previousOf(all, held('x', '2026-11-22T00:00:00Z', null, 'actual'), 4)).toMatchObject({
      id: 'real',
    });
    expect(previousOf(all.slice(-1), now, 4)).toMatchObject({ id: 'years ago', yearsBefore: 4 });
    expect(previousOf([now], now, 4)).toBeUndefined();
  });

  test('has its centers where their area is now, along every merger; a circle leads nowhere', () => {
    const merged = new Map([
      ['old', 'older'],
      ['older', 'east'],
      ['east', null],
      ['gone', null],
      ['a', 'b'],
      ['b', 'a'],
    ]);
    const present = new Set(['east', 'west']);
    expect(
      ['old', 'older', 'east', 'gone', 'unknown'].map((code) => partnerOf(code, merged, present)),
    ).toEqual(['east', 'east', 'east', 'gone', 'unknown']);
    expect(['a', 'b']).toContain(partnerOf('a', merged, present));
  });

  test('is counted the same way: whole, those on both rosters only, and by center with merged ones together', () => {
    const course = ended('60:0');
    const asked = askedOf(
      [person('A'), person('B'), person('C', { center: 'west' }), person('D', { center: 'west' })],
      [said('A', '1:0'), said('B', '2:0'), said('C', '3:0')],
      course,
    );
    const earlier = askedOf(
      [
        person('A', { center: 'old' }),
        person('B', { center: 'east' }),
        person('X', { center: 'east' }),
        person('Y', { center: 'gone' }),
      ],
      [said('A', '10:0'), said('Y', '1:0')],
      course,
    );
    const { before, same, joined, left, centers } = compare(
      { asked, course },
      { asked: earlier, course },
      new Map([['old', 'east']]),
    );
    expect([before.roster, before.answered]).toEqual([4, 2]);
    expect([same.now.roster, same.now.answered, same.before.roster, same.before.answered]).toEqual([
      2, 2, 2, 1,
    ]);
    expect(same.before.reached.map(({ ms }) => ms)).toEqual([msOf('10:0'), msOf('10:0'), null, null]);
    expect([joined, left]).toEqual([2, 2]);
    const shown = centers.map((each) => [
      each.center,
      each.now && [each.now.answered, each.now.roster],
      each.before && [each.before.answered, each.before.roster],
    ]);
    expect(shown).toEqual([
      ['east', [2, 2], [1, 3]],
      ['west', [1, 2], null],
      ['gone', null, [1, 1]],
    ]);
  });
});

test('shares are 100% and 0% only where it is all or none; a length is told as having passed', () => {
  expect([formatShare(2999, 3000), formatShare(3000, 3000), formatShare(1, 3000), formatShare(0, 3)]).toEqual(
    ['99.9%', '100.0%', '0.1%', '0.0%'],
  );
  expect([0, 400, 59_000, 60_000, 200_000, 3_600_000, 3_900_000].map(formatLength)).toEqual([
    '0秒',
    '1秒',
    '59秒',
    '1分',
    '3分20秒',
    '1時間',
    '1時間5分',
  ]);
});

test('the CSV has numbers and shares in columns of their own, and the page the same cells', () => {
  const table = {
    heading: '見出し',
    head: ['項目', '今回'],
    rows: [
      ['名簿', '4名'],
      ['回答', { count: 3, of: 4 }],
    ],
  };
  expect(csvRows(table)).toEqual([
    ['見出し'],
    ['項目', '今回（人数）', '今回（率）'],
    ['名簿', '4名', ''],
    ['回答', 3, '75.0%'],
  ]);
  expect(showCell({ count: 3, of: 4 })).toBe('3／4（75.0%）');
  expect(csvRows({ heading: '見出し', head: ['項目'], rows: [], none: 'ありません。' })).toEqual([
    ['見出し'],
    ['ありません。'],
  ]);
});
