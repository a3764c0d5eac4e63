/** What is due when, and when to remind of it: in the city's business time, 至急 by the clock. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DEFAULT_DEADLINES,
  type DueFacts,
  deadlinesOf,
  earliestDue,
  nextReminderAt,
  policyOf,
  remindersOf,
  runsByClock,
  STAGES,
} from '../../../src/features/consultation/reminding/rules.ts';
import { isOpen } from '../../../src/features/consultation/rules.ts';
import { codesOf, DEADLINES, STATUSES, URGENCIES } from '../../../src/features/consultation/words.ts';
import { calendarOf, closingAt, isOpenAt } from '../../../src/lib/business-time.ts';
import { japanDate } from '../../../src/lib/jst.ts';

const CALENDAR = calendarOf({ businessHours: '08:30-17:15', closedDays: ['12-29/01-03'] });
const POLICY = policyOf({});
const jst = (text: string) => new Date(`${text}:00+09:00`);

/** Sent on Friday 20 November 2026 at 10:00; Monday the 23rd is a holiday. */
const NEW: DueFacts = {
  status: 'submitted',
  urgency: 'normal',
  topics: [],
  submittedAt: jst('2026-11-20T10:00'),
  desiredOn: null,
  personInCharge: null,
  releasedAt: null,
  proposedPerson: null,
  proposedAt: null,
  firstAnsweredAt: null,
  lastContactAt: null,
  acceptedAt: null,
  closingProposedAt: null,
  returnByOn: null,
  snoozedDeadline: null,
  snoozedUntil: null,
  offerExpiresAt: null,
  nextPlannedOn: null,
};
const ACTIVE: DueFacts = { ...NEW, status: 'active', personInCharge: 'U0A', acceptedAt: NEW.submittedAt };

function due(facts: DueFacts) {
  return Object.fromEntries(deadlinesOf(facts, POLICY, CALENDAR).map(({ kind, dueAt }) => [kind, dueAt]));
}

describe('a new consultation is due to be accepted', () => {
  test.each([
    ['normal', '2026-11-20T10:00', '2026-11-26T17:15'],
    ['soon', '2026-11-20T10:00', '2026-11-24T17:15'],
    ['soon', '2026-11-20T22:00', '2026-11-24T17:15'],
    ['urgent', '2026-11-20T17:25', '2026-11-20T17:55'],
    ['urgent', '2026-11-22T03:00', '2026-11-22T03:30'],
    ['normal', '2026-12-28T16:00', '2027-01-06T17:15'],
  ] as const)('%s, sent at %s, until %s', (urgency, sent, until) => {
    expect(due({ ...NEW, urgency, submittedAt: jst(sent) })).toEqual({ accept: jst(until) });
  });

  test('by the city’s own spans, where it has set some', () => {
    const policy = policyOf({ normal: { accept: { minutes: 60 } } });
    const [accept] = deadlinesOf({ ...NEW, submittedAt: jst('2026-11-20T16:45') }, policy, CALENDAR);
    expect(accept).toEqual({ kind: 'accept', dueAt: jst('2026-11-24T09:00') });
    expect(policy.normal.answer).toEqual(DEFAULT_DEADLINES.normal.answer);
  });
});

describe('a case that is worked on', () => {
  test('is due to be answered by the city’s deadline, or by the wished day where that is earlier', () => {
    expect(due(ACTIVE)).toEqual({ answer: jst('2026-11-30T17:15') });
    expect(due({ ...ACTIVE, desiredOn: '2026-11-24' })).toEqual({ answer: jst('2026-11-24T17:15') });
    expect(due({ ...ACTIVE, desiredOn: '2026-12-24' })).toEqual({ answer: jst('2026-11-30T17:15') });
  });

  test('once answered, is due for the next contact, which waits while it waits for somebody', () => {
    const answered = { ...ACTIVE, firstAnsweredAt: NEW.submittedAt, lastContactAt: NEW.submittedAt };
    expect(due(answered)).toEqual({ contact: jst('2026-12-07T17:15') });
    expect(due({ ...answered, status: 'waiting' })).toEqual({});
  });

  test('that nobody is in charge of, or somebody was asked to take, is due for that', () => {
    expect(due({ ...ACTIVE, personInCharge: null, releasedAt: jst('2026-11-24T10:00') })).toHaveProperty(
      'claim',
      jst('2026-11-27T17:15'),
    );
    expect(due({ ...ACTIVE, proposedPerson: 'U0B', proposedAt: jst('2026-11-24T10:00') })).toHaveProperty(
      'assignment',
      jst('2026-11-27T17:15'),
    );
  });

  test('held in front, offered or with a visit planned, is due for these', () => {
    expect(
      due({
        ...ACTIVE,
        returnByOn: '2026-12-25',
        nextPlannedOn: '2026-11-20',
        offerExpiresAt: jst('2026-11-26T17:15'),
      }),
    ).toMatchObject({
      return: jst('2026-12-25T17:15'),
      activity: jst('2026-11-24T17:15'),
      handover: jst('2026-11-26T17:15'),
    });
  });

  test('put off, is due later, and never earlier', () => {
    const putOff = { ...ACTIVE, snoozedDeadline: 'answer', snoozedUntil: jst('2026-12-04T17:15') } as const;
    expect(due(putOff)).toEqual({ answer: jst('2026-12-04T17:15') });
    expect(due({ ...putOff, snoozedUntil: jst('2026-11-24T17:15') })).toEqual({
      answer: jst('2026-11-30T17:15'),
    });
  });
});

test('a closing has five business days, and is overdue only where a manager must confirm it', () => {
  const closing: DueFacts = { ...ACTIVE, status: 'closing', closingProposedAt: jst('2026-11-20T10:00') };
  const deadlines = deadlinesOf(closing, POLICY, CALENDAR);
  expect(due(closing)).toEqual({ closing: jst('2026-11-30T17:15') });
  expect(earliestDue(closing, deadlines)).toBeNull();
  expect(earliestDue({ ...closing, urgency: 'urgent' }, deadlines)).toEqual(jst('2026-11-30T17:15'));
});

const instant = fc
  .date({ min: jst('2026-01-05T00:00'), max: jst('2030-12-20T00:00'), noInvalidDate: true })
  .map((at) => new Date(Math.floor(at.getTime() / 60_000) * 60_000));
const day = instant.map(japanDate);
const facts: fc.Arbitrary<DueFacts> = fc.record({
  status: fc.constantFrom(...codesOf(STATUSES)),
  urgency: fc.constantFrom(...codesOf(URGENCIES)),
  topics: fc.constant([]),
  submittedAt: instant,
  desiredOn: fc.option(day),
  personInCharge: fc.option(fc.constant('U0A')),
  releasedAt: fc.option(instant),
  proposedPerson: fc.option(fc.constant('U0B')),
  proposedAt: fc.option(instant),
  firstAnsweredAt: fc.option(instant),
  lastContactAt: fc.option(instant),
  acceptedAt: fc.option(instant),
  closingProposedAt: fc.option(instant),
  returnByOn: fc.option(day),
  snoozedDeadline: fc.option(fc.constantFrom(...codesOf(DEADLINES))),
  snoozedUntil: fc.option(instant),
  offerExpiresAt: fc.option(instant),
  nextPlannedOn: fc.option(day),
});

describe('whatever the case', () => {
  test('one that has ended has no deadline; every other but a waiting one has', () => {
    fc.assert(
      fc.property(facts, (each) => {
        const deadlines = deadlinesOf(each, POLICY, CALENDAR);
        if (!isOpen(each.status)) expect(deadlines).toEqual([]);
        if (each.status === 'submitted') expect(deadlines.map(({ kind }) => kind)).toEqual(['accept']);
      }),
      { numRuns: 1000 },
    );
  });

  test('its reminders follow each other, and none falls outside business hours but those of 至急 and the end of a day', () => {
    fc.assert(
      fc.property(facts, (each) => {
        for (const deadline of deadlinesOf(each, POLICY, CALENDAR)) {
          const reminders = remindersOf(deadline, each.urgency, CALENDAR);
          expect(reminders.map(({ stage }) => stage)).toEqual([...STAGES]);
          const times = reminders.map(({ at }) => at.getTime());
          expect(times).toEqual(times.toSorted((one, other) => one - other));
          if (runsByClock(deadline.kind, each.urgency)) continue;
          for (const { stage, at } of reminders.filter(({ stage }) => stage !== 'due'))
            expect([
              stage,
              isOpenAt(CALENDAR, at) || at.getTime() === closingAt(CALENDAR, japanDate(at)).getTime(),
            ]).toEqual([stage, true]);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('the next reminder lies ahead', () => {
    fc.assert(
      fc.property(facts, instant, (each, now) => {
        for (const deadline of deadlinesOf(each, POLICY, CALENDAR)) {
          const next = nextReminderAt(remindersOf(deadline, each.urgency, CALENDAR), now);
          if (next) expect(next.getTime()).toBeGreaterThan(now.getTime());
        }
      }),
      { numRuns: 1000 },
    );
  });
});
