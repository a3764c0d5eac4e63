/** Who reads and answers, which reminder is due when, and which seats follow the directory: pure. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AttendeeRule, Invitable } from '../../../src/features/directory/meeting-kinds/rules.ts';
import { dueReminders, remindersOf } from '../../../src/features/meeting/attendance/reminders.ts';
import { denialOfAnswer, ownSeats } from '../../../src/features/meeting/attendance/rules.ts';
import { type Directory, reseat } from '../../../src/features/meeting/changing/seating/rules.ts';
import { calendarOf } from '../../../src/lib/business-time.ts';

const CALENDAR = calendarOf({ businessHours: '08:30-17:15', closedDays: ['12-29/01-03'] });
const at = (text: string) => new Date(`${text}+09:00`);
const timesOf = (startsAt: string, answerBy: string | null) =>
  remindersOf({ startsAt: at(startsAt), answerBy }, CALENDAR).map(({ mark, at: due }) => [
    mark,
    new Date(due.getTime() + 9 * 3_600_000).toISOString().slice(0, 16),
  ]);

describe('reminders', () => {
  test('come at nine of the business day before the deadline, of the day before, and an hour before', () => {
    expect(timesOf('2026-12-03T14:00', '2026-11-27')).toEqual([
      ['answer/2026-11-27', '2026-11-26T09:00'],
      ['day-before/2026-12-03', '2026-12-02T09:00'],
      ['hour-before/2026-12-03T05:00:00.000Z', '2026-12-03T13:00'],
    ]);
  });

  test('leave out weekends, holidays and closures', () => {
    // Monday after a Sunday; Tuesday after the holiday of 23 November.
    expect(timesOf('2026-11-24T10:00', '2026-11-24')).toEqual([
      ['answer/2026-11-24', '2026-11-20T09:00'],
      ['day-before/2026-11-24', '2026-11-20T09:00'],
      ['hour-before/2026-11-24T01:00:00.000Z', '2026-11-24T09:00'],
    ]);
    expect(timesOf('2027-01-04T10:00', null)[0]).toEqual(['day-before/2027-01-04', '2026-12-28T09:00']);
  });

  test('are not due before their time, nor once the meeting began or the deadline passed', () => {
    const reminders = remindersOf({ startsAt: at('2026-12-03T14:00'), answerBy: '2026-11-27' }, CALENDAR);
    const dueAt = (text: string) => dueReminders(reminders, at(text)).map(({ stage }) => stage);
    expect(dueAt('2026-11-26T08:59')).toEqual([]);
    expect(dueAt('2026-11-27T23:59')).toEqual(['answer']);
    expect(dueAt('2026-11-28T00:00')).toEqual([]);
    expect(dueAt('2026-12-03T13:59')).toEqual(['day-before', 'hour-before']);
    expect(dueAt('2026-12-03T14:00')).toEqual([]);
  });

  test('of a meeting that moves within its day are given anew an hour before', () => {
    const hourBefore = (time: string) => timesOf(time, null).at(-1)?.[0];
    expect(hourBefore('2026-12-03T11:00')).not.toBe(hourBefore('2026-12-03T16:00'));
  });

  test('never come after what they remind of, and never on a day on which the city is closed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 800 }), fc.integer({ min: 0, max: 20 }), (day, before) => {
        const startsAt = new Date(Date.parse('2026-04-01T05:00:00Z') + day * 86_400_000);
        const answerBy = new Date(startsAt.getTime() - before * 86_400_000).toISOString().slice(0, 10);
        for (const reminder of remindersOf({ startsAt, answerBy }, CALENDAR)) {
          expect(reminder.at < reminder.until).toBe(true);
          expect(reminder.until <= startsAt).toBe(true);
        }
      }),
    );
  });
});

const EAST = { slackUserId: 'U1', center: { code: 'east', kind: 'district' as const } };
const HOST = { slackUserId: 'U2', center: { code: 'kikan', kind: 'kikan' as const } };
const NOW = at('2026-12-01T10:00');

describe('who answers', () => {
  const host = { code: 'kikan', kind: 'kikan' as const, short: '基幹型', channel: null };
  const meeting = {
    hostCenter: 'kikan',
    status: 'fixed' as const,
    endsAt: at('2026-12-03T15:30'),
    answerBy: '2026-11-30',
  };
  const seat = { seat: 'person:U1', person: 'U1' };

  test('after the deadline only those who arrange the meeting, after the meeting nobody', () => {
    expect(denialOfAnswer({ meeting, host }, EAST, seat, NOW)).toBe('too-late');
    expect(denialOfAnswer({ meeting, host }, EAST, seat, at('2026-11-30T23:59'))).toBeUndefined();
    expect(denialOfAnswer({ meeting, host }, HOST, seat, NOW)).toBeUndefined();
    expect(denialOfAnswer({ meeting, host }, HOST, seat, at('2026-12-03T15:30'))).toBe('over');
    expect(denialOfAnswer({ meeting, host }, EAST, { seat: 'person:U9', person: 'U9' }, NOW)).toBe(
      'not-invited',
    );
  });

  test('her own seat comes before that of her center', () => {
    const seats = [
      { seat: 'center:east', person: null },
      { seat: 'person:U1', person: 'U1' },
      { seat: 'center:west', person: null },
    ];
    expect(ownSeats(EAST, seats).map((each) => each.seat)).toEqual(['person:U1', 'center:east']);
  });
});

describe('seats', () => {
  const worker = (slackUserId: string, center: string, role: Invitable['role'] = 'staff'): Invitable => ({
    slackUserId,
    center,
    kind: center === 'kikan' ? 'kikan' : 'district',
    profession: '保健師',
    role,
  });
  const centers = ['east', 'west'].map((code) => ({ code, kind: 'district' as const }));
  const own = (person: string, center: string, deputy: string | null = null) => ({
    seat: `person:${person}`,
    person,
    center,
    deputy,
    isByHand: false,
  });
  const byHand = (person: string, center: string) => ({ ...own(person, center), isByHand: true });
  const MANAGERS: AttendeeRule[] = [{ who: 'managers' }];
  const off = new Set<string>();

  test('of whoever left are removed, of whoever changed centers move where the rule still invites her', () => {
    const directory: Directory = { centers, people: [worker('A', 'west', 'manager'), worker('B', 'west')] };
    const seats = [own('A', 'east'), own('B', 'east'), own('C', 'east')];
    expect(reseat(MANAGERS, seats, off, directory)).toEqual({
      added: [],
      removed: ['person:B', 'person:C'],
      moved: [{ seat: 'person:A', center: 'west' }],
      emptied: [],
    });
  });

  test('that somebody added by hand stay, and those taken off by hand do not come back', () => {
    const directory: Directory = { centers, people: [worker('A', 'east', 'manager'), worker('B', 'east')] };
    expect(reseat(MANAGERS, [byHand('B', 'east')], new Set(['person:A']), directory)).toBeUndefined();
    expect(reseat(MANAGERS, [byHand('B', 'east')], off, directory)?.added.map(({ seat }) => seat)).toEqual([
      'person:A',
    ]);
  });

  test('of whom the rule invites no more are removed, though she still works there', () => {
    const directory: Directory = { centers, people: [worker('A', 'east')] };
    expect(reseat(MANAGERS, [own('A', 'east')], off, directory)?.removed).toEqual(['person:A']);
  });

  test('are unanswered again when the deputy or the named person is gone', () => {
    const directory: Directory = { centers, people: [worker('A', 'east', 'manager'), worker('B', 'west')] };
    const center = { seat: 'center:east', person: 'B', center: 'east', deputy: null, isByHand: true };
    const change = reseat(MANAGERS, [own('A', 'east', 'B'), center], off, directory);
    expect(change?.emptied).toEqual(['person:A', 'center:east']);
  });

  test('once changed need no second change, whatever the directory', () => {
    const codes = fc.constantFrom('east', 'west', 'gone');
    const person = fc.constantFrom('A', 'B', 'C', 'D');
    const people = fc.uniqueArray(
      fc.record({
        id: person,
        center: fc.constantFrom('east', 'west'),
        role: fc.constantFrom('staff', 'manager'),
      }),
      { selector: ({ id }) => id },
    );
    const seats = fc.uniqueArray(
      fc.oneof(
        fc
          .record({ person, center: codes, deputy: fc.option(person) })
          .map((each) => own(each.person, each.center, each.deputy)),
        fc.record({ person: fc.option(person), code: codes }).map((each) => ({
          seat: `center:${each.code}`,
          person: each.person,
          center: each.code,
          deputy: null,
          isByHand: false,
        })),
      ),
      { selector: ({ seat }) => seat },
    );
    const rules = fc.subarray<AttendeeRule>([
      { who: 'managers' },
      { who: 'one-per-center' },
      { who: 'everyone' },
    ]);
    fc.assert(
      fc.property(people, seats, rules, (listed, before, of) => {
        const directory: Directory = {
          centers,
          people: listed.map(({ id, center, role }) =>
            worker(id, center, role === 'manager' ? 'manager' : 'staff'),
          ),
        };
        const change = reseat(of, before, off, directory);
        if (!change) return;
        const after = [
          ...before
            .filter(({ seat }) => !change.removed.includes(seat))
            .map((each) => ({
              ...each,
              center: change.moved.find(({ seat }) => seat === each.seat)?.center ?? each.center,
              ...(change.emptied.includes(each.seat)
                ? { deputy: null, person: each.seat.startsWith('center:') ? null : each.person }
                : {}),
            })),
          ...change.added.map((each) => ({
            seat: each.seat,
            person: each.by === 'person' ? each.person : null,
            center: each.by === 'guest' ? null : each.center,
            deputy: null,
            isByHand: false,
          })),
        ];
        expect(reseat(of, after, off, directory)).toBeUndefined();
      }),
    );
  });
});
