/** Who may do what with a consultation: every kind of person at every kind of consultation. */
import { describe, expect, test } from 'vitest';
import {
  decideAccept,
  decideAnswer,
  maySee,
  maySend,
  mayTakeNew,
  type Standing,
} from '../../../src/features/consultation/rules.ts';
import { codesOf, STATUSES } from '../../../src/features/consultation/words.ts';

type Person = Parameters<typeof maySee>[0];
type CenterKind = Person['center']['kind'];

const CENTERS: { code: string; kind: CenterKind }[] = [
  { code: 'kikan', kind: 'kikan' },
  { code: 'east', kind: 'district' },
  { code: 'west', kind: 'district' },
  { code: 'city', kind: 'city' },
];

const PERSONS: Person[] = CENTERS.flatMap((center) =>
  (['staff', 'manager'] as const).flatMap((role) =>
    [true, false].map((isOnDuty) => ({ slackUserId: 'U0PERSON', role, isOnDuty, center })),
  ),
);

/** Every status with nobody, the person themselves or somebody else in charge; nobody is in charge of what waits. */
const STANDINGS: Standing[] = codesOf(STATUSES).flatMap((status) =>
  (status === 'submitted' ? [null] : ['U0PERSON', 'U0OTHER']).flatMap((personInCharge) =>
    ['east', 'west'].map((sendingCenter) => ({ status, sendingCenter, personInCharge })),
  ),
);

const ALL = PERSONS.flatMap((person) => STANDINGS.map((standing) => ({ person, standing })));
const isCore = ({ center }: Person) => center.kind === 'kikan';
const isCity = ({ center }: Person) => center.kind === 'city';

function of(code: string, extra: Partial<Person> = {}): Person {
  const center = CENTERS.find((each) => each.code === code);
  if (!center) throw new Error(`no center ${code}`);
  return { slackUserId: 'U0PERSON', role: 'staff', isOnDuty: false, center, ...extra };
}

const WAITING: Standing = { status: 'submitted', sendingCenter: 'east', personInCharge: null };
const TAKEN: Standing = { status: 'accepted', sendingCenter: 'east', personInCharge: 'U0OTHER' };

test('the table is whole', () => {
  expect([PERSONS.length, STANDINGS.length, ALL.length]).toEqual([16, 10, 160]);
});

describe('a consultation is seen', () => {
  test('by the core center and by the center that sent it, by nobody else', () => {
    for (const { person, standing } of ALL)
      expect(maySee(person, standing)).toBe(isCore(person) || person.center.code === standing.sendingCenter);
  });

  test('whatever the role, the duty and the status', () => {
    for (const { person, standing } of ALL) {
      const plain: Person = { ...person, role: 'staff', isOnDuty: false };
      expect(maySee(person, standing)).toBe(maySee(plain, { ...standing, status: 'submitted' }));
    }
  });

  test('never by the city section, not even under a code that is a center’s', () => {
    for (const { person, standing } of ALL.filter((each) => isCity(each.person))) {
      expect(maySee(person, standing)).toBe(false);
      expect(maySee({ ...person, center: { code: standing.sendingCenter, kind: 'city' } }, standing)).toBe(
        false,
      );
    }
  });

  test('not by whoever is in charge of it any more, once they work elsewhere', () => {
    expect(maySee(of('west'), { ...TAKEN, personInCharge: 'U0PERSON' })).toBe(false);
  });
});

describe('whoever may not see a consultation', () => {
  test('is told that there is none, whatever they try', () => {
    for (const { person, standing } of ALL.filter((each) => !maySee(each.person, each.standing)))
      expect([decideAccept(person, standing), decideAnswer(person, standing)]).toEqual([
        'not-found',
        'not-found',
      ]);
  });

  test('and nobody else is told so', () => {
    for (const { person, standing } of ALL.filter((each) => maySee(each.person, each.standing)))
      expect([decideAccept(person, standing), decideAnswer(person, standing)]).not.toContain('not-found');
  });
});

describe('a consultation is sent', () => {
  const allowed = (person: Person) =>
    CENTERS.filter((center) => maySend(person, center)).map(({ code }) => code);

  test.each([
    ['kikan', ['east', 'west']],
    ['east', ['east']],
    ['west', ['west']],
    ['city', []],
  ])('by %s for %j', (code, centers) => {
    for (const person of PERSONS.filter((each) => each.center.code === code))
      expect(allowed(person)).toEqual(centers);
  });

  test('for no center of a kind that is unknown', () => {
    for (const person of PERSONS)
      expect(maySend(person, { code: person.center.code, kind: 'hospital' })).toBe(false);
  });
});

describe('new consultations are taken', () => {
  test('by core staff on duty and core managers, by nobody else', () => {
    for (const person of PERSONS)
      expect(mayTakeNew(person)).toBe(isCore(person) && (person.isOnDuty || person.role === 'manager'));
    expect(PERSONS.filter(mayTakeNew)).toHaveLength(3);
  });
});

describe('accepting', () => {
  test.each<[string, Person, Standing, ReturnType<typeof decideAccept>]>([
    ['core staff on duty', of('kikan', { isOnDuty: true }), WAITING, 'accept'],
    ['a core manager off duty', of('kikan', { role: 'manager' }), WAITING, 'accept'],
    ['core staff off duty', of('kikan'), WAITING, 'not-on-duty'],
    ['the sending center', of('east'), WAITING, 'not-on-duty'],
    [
      'the sending center’s manager on duty',
      of('east', { role: 'manager', isOnDuty: true }),
      WAITING,
      'not-on-duty',
    ],
    ['another center', of('west'), WAITING, 'not-found'],
    ['the city section', of('city', { role: 'manager', isOnDuty: true }), WAITING, 'not-found'],
    ['whoever comes second', of('kikan', { isOnDuty: true }), TAKEN, 'taken'],
    ['core staff off duty who come second', of('kikan'), TAKEN, 'taken'],
    ['the sending center, afterwards', of('east'), TAKEN, 'taken'],
    ['another center, afterwards', of('west'), TAKEN, 'not-found'],
    ['whoever has it', of('kikan'), { ...TAKEN, personInCharge: 'U0PERSON' }, 'already-mine'],
    [
      'whoever works on it',
      of('kikan'),
      { ...TAKEN, status: 'active', personInCharge: 'U0PERSON' },
      'already-mine',
    ],
  ])('by %s', (_, person, standing, decision) => {
    expect(decideAccept(person, standing)).toBe(decision);
  });

  test('is for those only who take new consultations, and of such as wait', () => {
    for (const { person, standing } of ALL)
      expect(decideAccept(person, standing) === 'accept').toBe(
        mayTakeNew(person) && standing.status === 'submitted',
      );
  });

  test('names somebody else as the first only where somebody else is in charge', () => {
    for (const { person, standing } of ALL) {
      const decision = decideAccept(person, standing);
      if (decision === 'taken') expect(standing.personInCharge).toBe('U0OTHER');
      if (decision === 'already-mine') expect(standing.personInCharge).toBe(person.slackUserId);
      if (decision === 'not-on-duty') expect(standing.status).toBe('submitted');
    }
  });
});

describe('answering', () => {
  test.each<[string, Person, Standing, ReturnType<typeof decideAnswer>]>([
    ['core staff on duty, of one that waits', of('kikan', { isOnDuty: true }), WAITING, 'accept-and-answer'],
    ['a core manager, of one that waits', of('kikan', { role: 'manager' }), WAITING, 'accept-and-answer'],
    ['core staff off duty, of one that waits', of('kikan'), WAITING, 'accept-first'],
    ['core staff off duty, of one that a colleague has', of('kikan'), TAKEN, 'answer'],
    ['core staff, of one that is worked on', of('kikan'), { ...TAKEN, status: 'active' }, 'answer'],
    ['the sending center', of('east'), TAKEN, 'not-core'],
    ['the sending center’s manager, of one that waits', of('east', { role: 'manager' }), WAITING, 'not-core'],
    ['another center', of('west'), TAKEN, 'not-found'],
    ['the city section', of('city'), TAKEN, 'not-found'],
  ])('by %s', (_, person, standing, decision) => {
    expect(decideAnswer(person, standing)).toBe(decision);
  });

  test('is for core staff only', () => {
    for (const { person, standing } of ALL)
      if (!isCore(person)) expect(['not-found', 'not-core']).toContain(decideAnswer(person, standing));
  });

  test('accepts where nobody did yet, and only by those who may', () => {
    for (const { person, standing } of ALL)
      expect(decideAnswer(person, standing) === 'accept-and-answer').toBe(
        decideAccept(person, standing) === 'accept',
      );
  });

  test('never leaves an answered case without anyone in charge', () => {
    for (const { person, standing } of ALL)
      if (decideAnswer(person, standing) === 'answer') expect(standing.personInCharge).not.toBeNull();
  });
});

test('a manager may do whatever staff of the same center may', () => {
  const rank = [
    'not-found',
    'not-core',
    'not-on-duty',
    'accept-first',
    'taken',
    'already-mine',
    'answer',
    'accept',
    'accept-and-answer',
  ];
  for (const { person, standing } of ALL.filter((each) => each.person.role === 'staff')) {
    const manager: Person = { ...person, role: 'manager' };
    for (const decide of [decideAccept, decideAnswer])
      expect(rank.indexOf(decide(manager, standing))).toBeGreaterThanOrEqual(
        rank.indexOf(decide(person, standing)),
      );
  }
});
