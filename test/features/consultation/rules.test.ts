/** Who may do what with a consultation: every kind of person at every kind of case, for every operation. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { handoverKindsFor } from '../../../src/features/consultation/handover/rules.ts';
import { OPERATIONS, type Operation } from '../../../src/features/consultation/operating/words.ts';
import {
  denialOf,
  isOpen,
  isPossibleIn,
  needsManagerToClose,
  operationsOf,
} from '../../../src/features/consultation/rules.ts';
import { maySend } from '../../../src/features/consultation/sending/rules.ts';
import {
  isInCharge,
  maySee,
  mayTakeNew,
  type Person,
  type Standing,
} from '../../../src/features/consultation/visibility/rules.ts';
import { codesOf, STATUSES, TOPICS, URGENCIES } from '../../../src/features/consultation/words.ts';
import { TAKEN } from '../../support/standing.ts';

const CENTERS = [
  { code: 'kikan', kind: 'kikan' },
  { code: 'east', kind: 'district' },
  { code: 'west', kind: 'district' },
  { code: 'south', kind: 'district' },
  { code: 'city', kind: 'city' },
] as const;

const person = fc.record({
  slackUserId: fc.constantFrom('U0A', 'U0B', 'U0C'),
  role: fc.constantFrom('staff' as const, 'manager' as const),
  isOnDuty: fc.boolean(),
  center: fc.constantFrom(...CENTERS),
}) satisfies fc.Arbitrary<Person>;

const staffId = fc.constantFrom('U0A', 'U0B', 'U0C');
const district = fc.constantFrom('east', 'west', 'south');

const standing: fc.Arbitrary<Standing> = fc.record({
  kind: fc.constantFrom('individual' as const, 'operation' as const),
  status: fc.constantFrom(...codesOf(STATUSES)),
  urgency: fc.constantFrom(...codesOf(URGENCIES)),
  topics: fc.subarray(codesOf(TOPICS), { maxLength: 3 }),
  sendingCenter: district,
  sender: staffId,
  senderPlace: fc.constantFrom('center' as const, 'core' as const, 'gone' as const),
  isSenderAway: fc.boolean(),
  responsibleCenter: fc.constantFrom('kikan', 'east', 'west', 'south'),
  isResponsibleClosed: fc.boolean(),
  personInCharge: fc.option(staffId),
  deputy: fc.option(staffId),
  proposedPerson: fc.option(staffId),
  members: fc.uniqueArray(staffId, { maxLength: 2 }),
  isRestricted: fc.boolean(),
  hasOpenQuestion: fc.boolean(),
  offer: fc.option(
    fc.record({
      fromCenter: fc.constantFrom('kikan', 'east', 'west'),
      toCenter: fc.constantFrom('kikan', 'east', 'west', 'south'),
      kind: fc.constantFrom('front_support' as const, 'return' as const, 'transfer' as const),
    }),
  ),
  emergency: fc.subarray(['U0A', 'U0B', 'U0C'], { maxLength: 1 }),
});

const RUNS = { numRuns: 3000 };

function always(property: (person: Person, standing: Standing) => void): void {
  fc.assert(fc.property(person, standing, property), RUNS);
}

const isCore = ({ center }: Person) => center.kind === 'kikan';
const may = (who: Person, of: Standing, operation: Operation) => denialOf(who, of, operation) === undefined;

function at(code: (typeof CENTERS)[number]['code'], extra: Partial<Person> = {}): Person {
  const center = CENTERS.find((each) => each.code === code);
  if (!center) throw new Error(`no center ${code}`);
  return { slackUserId: 'U0X', role: 'staff', isOnDuty: false, center, ...extra };
}

const PEOPLE = {
  'in charge': at('kikan', { slackUserId: 'U0A' }),
  'on duty': at('kikan', { isOnDuty: true }),
  'off duty': at('kikan'),
  'core manager': at('kikan', { role: 'manager' }),
  sender: at('east', { slackUserId: 'U0EAST' }),
  'her colleague': at('east'),
  'her manager': at('east', { role: 'manager' }),
  'another center': at('west', { role: 'manager' }),
  city: at('city', { role: 'manager' }),
} satisfies Record<string, Person>;
type Who = keyof typeof PEOPLE;

function whoMay(of: Standing, operation: Operation): Who[] {
  return Object.entries(PEOPLE).flatMap(([name, who]) =>
    may(who, of, operation) && isWho(name) ? [name] : [],
  );
}

function isWho(name: string): name is Who {
  return name in PEOPLE;
}

describe('a case is seen', () => {
  test('never by the city section, and nobody may do anything with what they may not see', () => {
    always((who, of) => {
      if (who.center.kind === 'city') expect(maySee(who, of)).toBe(false);
      if (!maySee(who, of)) {
        for (const operation of OPERATIONS) expect(denialOf(who, of, operation)).toBe('not-found');
        expect(operationsOf(who, of)).toEqual([]);
      } else for (const operation of OPERATIONS) expect(denialOf(who, of, operation)).not.toBe('not-found');
    });
  });

  test('by the core center and by the centers that are part of it, when it is not restricted', () => {
    always((who, of) => {
      if (of.isRestricted || who.center.kind === 'city') return;
      const parts = [of.sendingCenter, of.responsibleCenter, of.offer?.toCenter];
      expect(maySee(who, of)).toBe(isCore(who) || parts.includes(who.center.code));
    });
  });

  test('when it is restricted, by fewer people and never by more', () => {
    always((who, of) => {
      if (!of.members.includes(who.slackUserId) && maySee(who, { ...of, isRestricted: true }))
        expect(maySee(who, { ...of, isRestricted: false })).toBe(true);
    });
  });

  test('when it is restricted, not by an unnamed colleague or manager, but somebody can always take it on', () => {
    const restricted = { ...TAKEN, isRestricted: true };
    expect(
      Object.entries(PEOPLE)
        .filter(([, who]) => maySee(who, restricted))
        .map(([name]) => name),
    ).toEqual(['in charge', 'sender']);
    expect(maySee(PEOPLE['off duty'], { ...restricted, members: ['U0X'] })).toBe(true);
    expect(maySee(PEOPLE['core manager'], { ...restricted, personInCharge: null })).toBe(true);
  });
});

/** The table. */
describe('the transitions', () => {
  const SUBMITTED: Standing = { ...TAKEN, status: 'submitted', personInCharge: null };
  const CLOSING: Standing = { ...TAKEN, status: 'closing' };
  const OFFERED: Standing = {
    ...TAKEN,
    offer: { fromCenter: 'east', toCenter: 'kikan', kind: 'front_support' },
  };
  const core: Who[] = ['in charge', 'on duty', 'off duty', 'core manager'];
  const east: Who[] = ['sender', 'her colleague', 'her manager'];

  test.each<[Operation, string, Standing, Who[]]>([
    ['accept', 'submitted', SUBMITTED, ['on duty', 'core manager']],
    ['decline', 'submitted', SUBMITTED, ['on duty', 'core manager']],
    ['withdraw', 'submitted', SUBMITTED, east],
    ['withdraw', 'active', TAKEN, east],
    ['comment', 'active', TAKEN, ['in charge', ...east]],
    ['claim', 'with somebody in charge', TAKEN, []],
    ['claim', 'with nobody in charge', { ...TAKEN, personInCharge: null }, core],
    ['release', 'active', TAKEN, ['in charge']],
    ['assign', 'active', TAKEN, ['core manager']],
    ['confirm_assignment', 'asked of somebody', { ...TAKEN, proposedPerson: 'U0A' }, ['in charge']],
    ['answer', 'submitted', SUBMITTED, ['on duty', 'core manager']],
    ['answer', 'active', TAKEN, ['in charge']],
    ['ask', 'active', TAKEN, ['in charge']],
    ['reply', 'with a question', { ...TAKEN, hasOpenQuestion: true }, east],
    ['reply', 'without a question', TAKEN, []],
    ['wait', 'active', TAKEN, ['in charge']],
    ['record', 'active', TAKEN, ['in charge']],
    ['offer', 'held by the district center', TAKEN, east],
    ['offer', 'held by the core center', { ...TAKEN, responsibleCenter: 'kikan' }, core],
    [
      'offer',
      'held by a center that has closed',
      { ...TAKEN, responsibleCenter: 'gone', isResponsibleClosed: true },
      ['core manager'],
    ],
    ['offer', 'with one open', OFFERED, []],
    ['accept_offer', 'offered to the core center', OFFERED, core],
    ['refuse_offer', 'offered to the core center', OFFERED, core],
    ['revoke_offer', 'offered by the district center', OFFERED, east],
    ['accept_offer', 'without an offer', TAKEN, []],
    ['propose_closing', 'active', TAKEN, ['in charge']],
    ['propose_closing', 'with an offer open', OFFERED, []],
    ['confirm_closing', 'normal', CLOSING, ['sender', 'her manager']],
    ['confirm_closing', 'the sender gone', { ...CLOSING, senderPlace: 'gone' }, east],
    ['confirm_closing', '至急', { ...CLOSING, urgency: 'urgent' }, ['core manager']],
    ['confirm_closing', '高齢者虐待', { ...CLOSING, topics: ['elder_abuse'] }, ['core manager']],
    ['object_closing', 'closing', CLOSING, ['in charge', 'core manager', ...east]],
    ['reopen', 'closed', { ...TAKEN, status: 'closed' }, [...core, ...east]],
    ['rate', 'closed', { ...TAKEN, status: 'closed' }, ['sender', 'her manager']],
    ['merge', 'active', TAKEN, ['core manager']],
    ['unmerge', 'merged', { ...TAKEN, status: 'merged' }, ['core manager']],
    ['link', 'active', TAKEN, core],
    ['share', 'of a resident', TAKEN, []],
    ['share', '運営・制度', { ...TAKEN, kind: 'operation' }, ['in charge', 'core manager']],
    ['share', '苦情', { ...TAKEN, topics: ['complaint'] }, ['in charge', 'core manager']],
    ['settle_sharing', 'active', TAKEN, ['core manager']],
  ])('%s (%s)', (operation, _, of, allowed) => {
    expect(new Set(whoMay(of, operation))).toEqual(new Set(allowed));
  });

  test('a core manager who is in charge, or stands in, does not confirm her own closing', () => {
    const closing = { ...CLOSING, urgency: 'urgent' } as const;
    const manager = at('kikan', { role: 'manager', slackUserId: 'U0A' });
    expect(denialOf(manager, closing, 'confirm_closing')).toBe('other-manager');
    const standIn = { ...closing, personInCharge: 'U0Z', deputy: 'U0A' };
    expect(denialOf(manager, standIn, 'confirm_closing')).toBe('other-manager');
  });

  test('helpers and deputies work on a case as its person in charge does; a helper of a district center does not', () => {
    const deputy = { ...TAKEN, deputy: 'U0X' };
    const helped = { ...TAKEN, members: ['U0X'] };
    for (const operation of ['answer', 'ask', 'wait', 'record'] as const)
      for (const of of [deputy, helped]) {
        expect(may(PEOPLE['off duty'], of, operation)).toBe(true);
        expect(may(at('west', { slackUserId: 'U0X' }), of, operation)).toBe(false);
      }
    expect(may(PEOPLE['off duty'], deputy, 'propose_closing')).toBe(true);
    expect(may(PEOPLE['off duty'], helped, 'propose_closing')).toBe(false);
  });
});

describe('whatever the case', () => {
  test('an ended one is only reopened, rated, linked, merged, shared or named in', () => {
    always((who, of) => {
      if (isOpen(of.status)) return;
      for (const operation of operationsOf(who, of))
        expect([
          'reopen',
          'rate',
          'merge',
          'unmerge',
          'link',
          'share',
          'settle_sharing',
          'name_members',
          'unrestrict',
        ]).toContain(operation);
    });
  });

  test('what the state does not allow nobody may do', () => {
    always((who, of) => {
      for (const operation of operationsOf(who, of)) expect(isPossibleIn(of.status, operation)).toBe(true);
    });
  });

  test('only people of the core center are in charge, answer or decide', () => {
    always((who, of) => {
      if (isCore(who)) return;
      expect(isInCharge(who, of)).toBe(false);
      for (const operation of ['accept', 'decline', 'answer', 'ask', 'assign', 'merge', 'link'] as const)
        expect(may(who, of, operation)).toBe(false);
    });
  });

  test('a second offer is never made while one is open', () => {
    always((who, of) => {
      if (of.offer) expect(may(who, of, 'offer')).toBe(false);
    });
  });

  test('nobody confirms alone what needs a second pair of eyes', () => {
    always((who, of) => {
      if (!needsManagerToClose(of) || !may(who, of, 'confirm_closing')) return;
      expect(isCore(who) && who.role === 'manager' && !isInCharge(who, of)).toBe(true);
    });
  });
});

test('a consultation is sent by district staff for their center, by core staff for any', () => {
  for (const role of ['staff', 'manager'] as const)
    for (const center of CENTERS)
      expect(CENTERS.filter((to) => maySend(at(center.code, { role }), to)).map(({ code }) => code)).toEqual(
        center.kind === 'kikan' ? ['east', 'west', 'south'] : center.kind === 'district' ? [center.code] : [],
      );
  expect(maySend(at('east'), { code: 'east', kind: 'hospital' })).toBe(false);
});

test('new consultations are taken by core staff on duty and core managers', () => {
  always((who) => {
    expect(mayTakeNew(who)).toBe(isCore(who) && (who.isOnDuty || who.role === 'manager'));
  });
});

test('a case is offered to the core center, or back, or to another district', () => {
  expect(handoverKindsFor(TAKEN, 'kikan')).toEqual(['front_support', 'transfer']);
  expect(handoverKindsFor({ ...TAKEN, responsibleCenter: 'kikan' }, 'kikan')).toEqual(['return', 'transfer']);
});
