/** Who stands in for whom: chains of deputies, and the limits of the form. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AbsenceSpan,
  findDeputyGaps,
  mayNoteAbsenceOf,
  standInOf,
} from '../../../src/features/directory/absence/rules.ts';
import { readAbsenceForm } from '../../../src/features/directory/absence/schema.ts';
import { absenceText as text } from '../../../src/features/directory/absence/text.ts';

const away = (...pairs: [person: string, deputy: string][]): AbsenceSpan[] =>
  pairs.map(([person, deputy]) => ({ person, deputy }));
const everybody = () => true;
const but =
  (...gone: string[]) =>
  (person: string) =>
    !gone.includes(person);

describe('for a person acts', () => {
  test.each<[string, AbsenceSpan[], (person: string) => boolean, string | undefined]>([
    ['herself when nobody is away', [], everybody, 'A'],
    ['herself when others are away', away(['B', 'A'], ['C', 'B']), everybody, 'A'],
    ['her deputy', away(['A', 'B']), everybody, 'B'],
    ['the deputy of her deputy who is away, too', away(['A', 'B'], ['B', 'C']), everybody, 'C'],
    ['the end of a longer chain', away(['C', 'D'], ['A', 'B'], ['B', 'C']), everybody, 'D'],
    ['nobody when two stand in for each other', away(['A', 'B'], ['B', 'A']), everybody, undefined],
    [
      'nobody when the chain runs in a circle',
      away(['A', 'B'], ['B', 'C'], ['C', 'B']),
      everybody,
      undefined,
    ],
    ['nobody when she stands in for herself', away(['A', 'A']), everybody, undefined],
    ['nobody when she left', [], but('A'), undefined],
    ['nobody when her deputy left', away(['A', 'B']), but('B'), undefined],
    ['the deputy of a deputy who left during an absence', away(['A', 'B'], ['B', 'C']), but('B'), 'C'],
  ])('%s', (_, absences, isThere, expected) => {
    expect(standInOf('A', absences, isThere)).toBe(expected);
  });

  const person = fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F');
  const absences = fc.uniqueArray(fc.record({ person, deputy: person }), {
    selector: (each) => each.person,
  });

  test('whoever it is: never somebody who is away or left, and always somebody along the chain', () => {
    fc.assert(
      fc.property(person, absences, fc.uniqueArray(person), (whom, spans, gone) => {
        const standIn = standInOf(whom, spans, but(...gone));
        if (standIn === undefined) return;
        expect(gone).not.toContain(standIn);
        expect(spans.map((span) => span.person)).not.toContain(standIn);
        if (standIn !== whom) expect(spans.map((span) => span.deputy)).toContain(standIn);
      }),
    );
  });

  test('herself exactly when she is present and there', () => {
    fc.assert(
      fc.property(person, absences, fc.uniqueArray(person), (whom, spans, gone) => {
        const isPresent = !gone.includes(whom) && !spans.some((span) => span.person === whom);
        expect(standInOf(whom, spans, but(...gone)) === whom).toBe(isPresent);
      }),
    );
  });

  test('somebody wherever everybody is there and the deputies run in no circle', () => {
    const forward = absences.map((spans) => spans.filter((span) => span.person < span.deputy));
    fc.assert(
      fc.property(person, forward, (whom, spans) => {
        expect(standInOf(whom, spans, everybody)).toBeDefined();
      }),
    );
  });

  test('at the end of a chain of 10,000', () => {
    const chain = Array.from({ length: 10_000 }, (_, i) => ({ person: `P${i}`, deputy: `P${i + 1}` }));
    expect(standInOf('P0', chain, everybody)).toBe('P10000');
    expect(standInOf('P0', [...chain, { person: 'P10000', deputy: 'P5000' }], everybody)).toBeUndefined();
  });
});

describe('days on which the deputy is away, too', () => {
  const noted = { person: 'A', deputy: 'B', fromOn: '2026-11-24', untilOn: '2026-11-28' };
  const of = (person: string, deputy: string, fromOn: string, untilOn: string) => ({
    person,
    deputy,
    fromOn,
    untilOn,
  });

  test('are told with who acts then', () => {
    const others = [of('B', 'C', '2026-11-20', '2026-11-25'), of('B', 'D', '2026-11-28', '2026-12-03')];
    expect(findDeputyGaps(noted, others, everybody)).toEqual([
      { fromOn: '2026-11-24', untilOn: '2026-11-25', standIn: 'C' },
      { fromOn: '2026-11-28', untilOn: '2026-11-28', standIn: 'D' },
    ]);
  });

  test('have nobody when the deputy’s deputy is the absent person, or left', () => {
    const [mutual] = findDeputyGaps(noted, [of('B', 'A', '2026-11-25', '2026-11-25')], everybody);
    const [left] = findDeputyGaps(noted, [of('B', 'C', '2026-11-25', '2026-11-25')], but('C'));
    expect([mutual, left]).toEqual([
      { fromOn: '2026-11-25', untilOn: '2026-11-25', standIn: undefined },
      { fromOn: '2026-11-25', untilOn: '2026-11-25', standIn: undefined },
    ]);
  });

  test('are none when others are away', () => {
    expect(findDeputyGaps(noted, [of('C', 'B', '2026-11-24', '2026-11-28')], everybody)).toEqual([]);
  });
});

describe('an absence may be noted by', () => {
  const actor = (role: 'staff' | 'manager', center = 'east') => ({
    slackUserId: 'U1',
    role,
    center: { code: center },
  });

  test.each([
    ['the person herself', actor('staff'), { slackUserId: 'U1', center: 'east' }, true],
    ['her manager', actor('manager'), { slackUserId: 'U2', center: 'east' }, true],
    ['no colleague', actor('staff'), { slackUserId: 'U2', center: 'east' }, false],
    ['no manager of another center', actor('manager'), { slackUserId: 'U2', center: 'west' }, false],
    [
      'no core manager, outside the core center',
      actor('manager', 'kikan'),
      { slackUserId: 'U2', center: 'east' },
      false,
    ],
  ])('%s', (_, who, person, may) => {
    expect(mayNoteAbsenceOf(who, person)).toBe(may);
  });
});

describe('the form', () => {
  const TODAY = '2026-11-22';
  const { errors } = text;
  const read = (fromOn: string | null, untilOn: string | null, deputy: string | null = 'U2') =>
    readAbsenceForm({ person: null, fromOn, untilOn, deputy }, TODAY);

  test.each([
    ['today only', '2026-11-22', '2026-11-22'],
    ['since last week', '2026-11-16', '2026-11-24'],
    ['a whole year', '2026-11-22', '2027-11-22'],
    ['over a leap day', '2027-11-22', '2028-02-29'],
  ])('takes %s', (_, fromOn, untilOn) => {
    expect(read(fromOn, untilOn)).toEqual({
      ok: true,
      value: { person: null, deputy: 'U2', fromOn, untilOn },
    });
  });

  test.each([
    ['what ended yesterday', '2026-11-20', '2026-11-21', { untilOn: errors.over }],
    ['an end before the beginning', '2026-11-25', '2026-11-24', { untilOn: errors.endsBeforeItBegins }],
    ['more than a year', '2026-11-22', '2027-11-23', { untilOn: errors.tooLong }],
    ['a beginning in more than a year', '2027-11-23', '2027-11-24', { fromOn: errors.tooFar }],
    ['no dates', null, null, { fromOn: errors.notDate, untilOn: errors.notDate }],
    ['a day that is none', '2026-11-31', '2026-12-01', { fromOn: errors.notDate }],
    ['words', '明日', 'あさって', { fromOn: errors.notDate, untilOn: errors.notDate }],
  ])('refuses %s, beside the field', (_, fromOn, untilOn, faults) => {
    expect(read(fromOn, untilOn)).toEqual({ ok: false, refusal: faults });
  });

  test('refuses an absence without deputy', () => {
    expect(read('2026-11-24', '2026-11-24', null)).toEqual({
      ok: false,
      refusal: { deputy: errors.required },
    });
  });

  test.each([
    ['2026-11-24', '2026-11-24', '11月24日(火)'],
    ['2026-11-24', '2026-11-28', '11月24日(火)〜11月28日(土)'],
    ['2026-12-28', '2027-01-05', '12月28日(月)〜2027年1月5日(火)'],
  ])('days %s to %s read %s', (fromOn, untilOn, words) => {
    expect(text.span(fromOn, untilOn)).toBe(words);
  });
});
