/** What a card offers: for every case at most three buttons and a menu, and nothing that nobody could do. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { offeredOn } from '../../../src/features/consultation/cards/rules.ts';
import { denialOf } from '../../../src/features/consultation/rules.ts';
import type { Person, Standing } from '../../../src/features/consultation/visibility/rules.ts';
import { codesOf, STATUSES, TOPICS, URGENCIES } from '../../../src/features/consultation/words.ts';
import { TAKEN } from '../../support/standing.ts';

const OFFER = { fromCenter: 'east', toCenter: 'kikan', kind: 'front_support' } as const;

const people: Person[] = (['staff', 'manager'] as const).flatMap((role) =>
  [
    { code: 'kikan', kind: 'kikan' as const },
    { code: 'east', kind: 'district' as const },
    { code: 'west', kind: 'district' as const },
  ].flatMap((center) =>
    ['U0A', 'U0B', 'U0EAST'].map((slackUserId) => ({ slackUserId, role, isOnDuty: true, center })),
  ),
);

const standing = fc
  .record({
    kind: fc.constantFrom('individual' as const, 'operation' as const),
    status: fc.constantFrom(...codesOf(STATUSES)),
    urgency: fc.constantFrom(...codesOf(URGENCIES)),
    topics: fc.subarray(codesOf(TOPICS), { maxLength: 2 }),
    responsibleCenter: fc.constantFrom('east', 'west', 'kikan'),
    isTaken: fc.boolean(),
    hasOpenQuestion: fc.boolean(),
    isOffered: fc.boolean(),
  })
  .map(({ isTaken, isOffered, ...each }): Standing => {
    const fromCenter = each.responsibleCenter;
    const offer =
      fromCenter === 'kikan'
        ? { fromCenter, toCenter: 'east', kind: 'return' as const }
        : { fromCenter, toCenter: 'kikan', kind: 'front_support' as const };
    return {
      ...TAKEN,
      ...each,
      personInCharge: isTaken && each.status !== 'submitted' ? 'U0A' : null,
      offer: isOffered && ['accepted', 'active', 'waiting'].includes(each.status) ? offer : null,
    };
  });

test('nothing is offered that nobody who sees the card could do', () => {
  fc.assert(
    fc.property(
      standing,
      fc.constantFrom('triage' as const, 'center' as const, 'holder' as const),
      (of, audience) => {
        if (audience === 'holder' && of.responsibleCenter !== 'west') return;
        const { buttons, menu } = offeredOn(audience, of);
        expect(buttons.length).toBeLessThanOrEqual(2);
        expect(menu.length).toBeLessThanOrEqual(4);
        for (const operation of [...buttons, ...menu])
          expect([operation, people.some((who) => denialOf(who, of, operation) === undefined)]).toEqual([
            operation,
            true,
          ]);
      },
    ),
    { numRuns: 3000 },
  );
});

test.each([
  ['a new one', 'triage', { status: 'submitted', personInCharge: null }, ['accept', 'answer']],
  ['one that is worked on', 'triage', {}, ['answer', 'record']],
  ['one that nobody is in charge of', 'triage', { personInCharge: null }, ['claim', 'assign']],
  ['前方支援 offered to the core center', 'triage', { offer: OFFER }, ['accept_offer', 'refuse_offer']],
  ['one with a question', 'center', { status: 'waiting', hasOpenQuestion: true }, ['reply', 'comment']],
  ['one that the center has offered', 'center', { offer: OFFER }, ['comment', 'revoke_offer']],
  ['one to be closed', 'center', { status: 'closing' }, ['confirm_closing', 'object_closing']],
  ['至急 to be closed', 'center', { status: 'closing', urgency: 'urgent' }, ['object_closing', 'comment']],
  [
    '至急 to be closed',
    'triage',
    { status: 'closing', urgency: 'urgent' },
    ['confirm_closing', 'object_closing'],
  ],
] as const)('%s on the card of %s', (_, audience, change, buttons) => {
  expect(offeredOn(audience, { ...TAKEN, ...change }).buttons).toEqual(buttons);
});
