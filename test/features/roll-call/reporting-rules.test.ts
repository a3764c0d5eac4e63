/** What follows from a center's report, for any neighbours and any damage. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeLines, statusLines } from '../../../src/features/roll-call/reporting/lines.ts';
import {
  alarmsOf,
  consequencesOf,
  isClosed,
  nextSubstitute,
  raisesAlarm,
  UNSAID,
  withRestFine,
} from '../../../src/features/roll-call/reporting/rules.ts';
import { readReportForm } from '../../../src/features/roll-call/reporting/schema.ts';

const center = (code: string, substitute: string | null) => ({
  code,
  short: code,
  kind: 'district' as const,
  channel: null,
  substitute,
});

test('a substitute is never the center itself nor one that is closed, whatever circle the neighbours make', () => {
  const codes = ['a', 'b', 'c', 'd', 'e'];
  fc.assert(
    fc.property(
      fc.array(fc.option(fc.constantFrom(...codes, 'gone')), { minLength: 5, maxLength: 5 }),
      fc.subarray(codes),
      (substitutes, unable) => {
        const centers = codes.map((code, i) => center(code, substitutes[i] ?? null));
        const found = nextSubstitute('a', centers, new Set([...unable, 'a']));
        if (found === undefined) return;
        expect(codes).toContain(found);
        expect(['a', ...unable]).not.toContain(found);
      },
    ),
  );
  const circle = [center('a', 'b'), center('b', 'c'), center('c', 'a')];
  expect(nextSubstitute('a', circle, new Set(['a']))).toBe('b');
  expect(nextSubstitute('a', circle, new Set(['a', 'b']))).toBe('c');
  expect(nextSubstitute('a', circle, new Set(['a', 'b', 'c']))).toBeUndefined();
  expect(nextSubstitute('a', [center('a', null)], new Set(['a']))).toBeUndefined();
});

test('a center that was to take over and is closed itself is replaced; the one that opens again needs nobody', () => {
  const centers = [center('a', 'b'), center('b', 'c'), center('c', null)];
  const stopped = { ...UNSAID, service: 'stopped' as const };
  const standing = { centers, closed: new Set(['a']), open: [{ center: 'a', substitute: 'b' }] };
  expect(consequencesOf('b', { before: undefined, after: stopped }, standing)).toEqual([
    { kind: 'propose', center: 'b', substitute: 'c' },
    { kind: 'propose', center: 'a', substitute: 'c' },
  ]);
  // Said again, it is asked once.
  const again = { centers, closed: new Set<string>(), open: [{ center: 'a', substitute: 'b' }] };
  expect(consequencesOf('a', { before: stopped, after: stopped }, again)).toEqual([]);
  // 未確認 says neither; a building that is unusable keeps it closed.
  expect(consequencesOf('a', { before: stopped, after: UNSAID }, again)).toEqual([]);
  const reduced = { ...UNSAID, service: 'reduced' as const };
  expect(isClosed({ ...reduced, building: 'unusable' })).toBe(true);
  expect(consequencesOf('a', { before: stopped, after: reduced }, again)).toEqual([
    { kind: 'end', center: 'a', substitute: 'b' },
  ]);
  expect(
    consequencesOf('c', { before: undefined, after: stopped }, { centers, closed: new Set(), open: [] }),
  ).toEqual([{ kind: 'none', center: 'c' }]);
});

test('what is fine on the whole leaves what was said as it is, and makes up no figures', () => {
  const said = { ...UNSAID, power: 'out' as const, needsGoods: true };
  expect(withRestFine(said)).toEqual({
    ...UNSAID,
    damage: 'none',
    building: 'intact',
    power: 'out',
    water: 'works',
    gas: 'works',
    telecom: 'works',
    service: 'usual',
    needsPeople: false,
    needsGoods: true,
    needsVehicles: false,
  });
  expect(alarmsOf(withRestFine(UNSAID))).toEqual([]);
  expect(statusLines(UNSAID).join()).not.toMatch(/なし|使える|通常/);
});

test('those who command hear of what is new, not of the same again', () => {
  const goods = { ...UNSAID, needsGoods: true };
  expect(raisesAlarm(undefined, goods)).toBe(true);
  expect(raisesAlarm(goods, goods)).toBe(false);
  expect(raisesAlarm(goods, { ...goods, damage: 'severe' })).toBe(true);
  expect(raisesAlarm(goods, { ...goods, damage: 'minor', service: 'reduced' })).toBe(false);
  expect(changeLines(goods, { ...goods, damage: 'severe', checksDone: 3 })).toEqual([
    '人的被害：重傷者・要救助者あり',
    '優先安否確認：3／未確認',
  ]);
});

test('a form is read in any width; whatever is no choice of ours is 未確認; faults stand beside their fields', () => {
  expect(
    readReportForm({ service: 'unknown', damage: 'catastrophic', power: 'out', gathered: '１２', needs: [] }),
  ).toEqual({ ok: true, value: { status: { ...UNSAID, power: 'out', gathered: 12 }, note: null } });
  const faulty = readReportForm({
    gathered: '-1',
    checksDone: '5',
    checksTotal: '４',
    note: '長'.repeat(1001),
  });
  expect(faulty.ok ? [] : Object.keys(faulty.refusal).sort()).toEqual(['checksDone', 'gathered', 'note']);
});

test('whoever asks for help beside a 支援は要らない left from the last report is not turned back', () => {
  const asking = readReportForm({ needs: ['none', 'vehicles'] });
  expect(asking.ok && asking.value.status).toMatchObject({ needsPeople: false, needsVehicles: true });
});
