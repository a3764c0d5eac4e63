/** Unusual reading: who is told of whose, when, and how often. */
import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hearersOf } from '../../../src/features/consultation/access-log/watching/rules.ts';
import { type House, openHouse } from '../../support/house.ts';
import { PEOPLE } from '../../support/small-city.ts';

/** On the tenth minute of an hour, a while ago. */
const AT = Math.floor((Date.now() - 5 * 3_600_000) / 3_600_000) * 3_600_000 + 10 * 60_000;
const MINUTE = 60_000;

/** So many different cases, each read twice, half of them on pages. */
async function reads(
  person: string,
  cases: number,
  at = AT - 5 * MINUTE,
  changes = {},
  which = 'case',
): Promise<void> {
  const entry = { action: 'consultation.read', outcome: 'done', ...changes };
  await env.DB.prepare(
    `INSERT INTO audit_entry (chain, seq, case_id, at, actor, action, outcome, surface, detail, previous_hash, hash)
     WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
     SELECT ?2, i, ?7 || '-' || (i / 2), ?3, ?4, ?5, ?6, iif(i % 4 < 2, 'slack', 'web'), '{}', '', '' FROM n`,
  )
    .bind(
      cases * 2 + 1,
      `person:${person}/${crypto.randomUUID()}`,
      at,
      person,
      entry.action,
      entry.outcome,
      which,
    )
    .run();
}

async function toldOf(house: House, person: string): Promise<string[]> {
  await house.delivered();
  return house.slack
    .as(person)
    .dm.map(({ text }) => text)
    .filter((text) => text.includes('いつもより多くの相談'));
}

test('more than 30 cases in an hour are told to the managers of the center, with a link to the log', async () => {
  const house = await openHouse();
  await reads(PEOPLE.hanako, 30);
  await house.cron(AT);
  const [told, ...more] = await toldOf(house, PEOPLE.minoru);
  expect(more).toEqual([]);
  expect(told).toContain('佐藤 花子（東）');
  expect(told).toContain('31件');
  expect(told).toContain(`https://kikan.test/log?person=${PEOPLE.hanako}&from=`);
  for (const other of [PEOPLE.kenta, PEOPLE.makoto, PEOPLE.hanako])
    expect(await toldOf(house, other)).toEqual([]);
  const entry = await env.DB.prepare(
    "SELECT chain, detail FROM audit_entry WHERE action = 'reading.flag'",
  ).first<{ chain: string; detail: string }>();
  expect([entry?.chain, JSON.parse(entry?.detail ?? '')]).toEqual([
    'city',
    { person: PEOPLE.hanako, cases: 31, told: 1 },
  ]);
});

test('30 cases are usual, and so is what was refused, changed or read long before', async () => {
  const house = await openHouse();
  await reads(PEOPLE.hanako, 29);
  await reads(PEOPLE.hanako, 50, AT - 66 * MINUTE);
  await reads(PEOPLE.ichiro, 50, AT - 5 * MINUTE, { outcome: 'refused' });
  await reads(PEOPLE.naoko, 50, AT - 5 * MINUTE, { action: 'consultation.search' });
  await house.cron(AT);
  for (const person of Object.values(PEOPLE)) expect(await toldOf(house, person)).toEqual([]);
});

test('an hour is any sixty minutes, however it lies to the times at which somebody looks', async () => {
  const house = await openHouse();
  // 31 within 58 minutes, of which no look sees more than 30 in the hour before it.
  await reads(PEOPLE.hanako, 10, AT - 55 * MINUTE, {}, 'early');
  await reads(PEOPLE.hanako, 19, AT + 3 * MINUTE, {}, 'late');
  await reads(PEOPLE.naoko, 10, AT - 59 * MINUTE, {}, 'early');
  await reads(PEOPLE.naoko, 19, AT + 2 * MINUTE, {}, 'late');
  await house.cron(AT);
  await house.cron(AT + 10 * MINUTE);
  expect(await toldOf(house, PEOPLE.minoru)).toHaveLength(1);
  expect((await toldOf(house, PEOPLE.minoru))[0]).toContain('31件');
  expect(await toldOf(house, PEOPLE.kenta)).toEqual([]);
  for (const later of [20, 30, 60, 70]) await house.cron(AT + later * MINUTE);
  expect(await toldOf(house, PEOPLE.minoru)).toHaveLength(1);
});

test('copies for residents and files count like any reading', async () => {
  const house = await openHouse();
  await reads(PEOPLE.hanako, 15, AT - 5 * MINUTE, { action: 'consultation.disclose' }, 'copies');
  await reads(PEOPLE.hanako, 15, AT - 5 * MINUTE, { action: 'file.download' }, 'files');
  await house.cron(AT);
  expect(await toldOf(house, PEOPLE.minoru)).toHaveLength(1);
});

test("the city's own figure counts", async () => {
  const house = await openHouse();
  await env.DB.prepare('UPDATE city SET reading_limit = 5').run();
  await reads(PEOPLE.hanako, 5);
  await house.cron(AT);
  expect(await toldOf(house, PEOPLE.minoru)).toHaveLength(1);
});

test('a person is told of once in an hour, however often and at once the job runs', async () => {
  const house = await openHouse();
  await reads(PEOPLE.hanako, 40);
  await Promise.all([house.cron(AT), house.cron(AT), house.cron(AT)]);
  for (const later of [10, 20, 50]) await house.cron(AT + later * MINUTE);
  expect(await toldOf(house, PEOPLE.minoru)).toHaveLength(1);
});

test('whoever goes on is told of again an hour later', async () => {
  const house = await openHouse();
  await reads(PEOPLE.hanako, 40);
  await house.cron(AT);
  await reads(PEOPLE.hanako, 40, AT + 30 * MINUTE);
  await house.cron(AT + 40 * MINUTE);
  expect(await toldOf(house, PEOPLE.minoru)).toHaveLength(1);
  await house.cron(AT + 70 * MINUTE);
  expect(await toldOf(house, PEOPLE.minoru)).toHaveLength(2);
});

test("a manager's own reading, and that of a center without one, are told to the admins", async () => {
  const house = await openHouse();
  await reads(PEOPLE.minoru, 40);
  await reads(PEOPLE.ichiro, 40);
  await house.cron(AT);
  for (const admin of [PEOPLE.kenta, PEOPLE.makoto]) {
    const told = await toldOf(house, admin);
    expect(told.map((text) => /職員: (\S+)/.exec(text)?.[1]).sort()).toEqual(['鈴木', '阿部'].sort());
  }
  expect(await toldOf(house, PEOPLE.minoru)).toEqual([]);
});

test('at other minutes nobody looks', async () => {
  const house = await openHouse();
  await reads(PEOPLE.hanako, 40);
  for (const minute of [1, 5, 9]) await house.cron(AT + minute * MINUTE);
  expect(await toldOf(house, PEOPLE.minoru)).toEqual([]);
});

test('nobody hears of their own reading, and a manager always hears of the staff', () => {
  const id = fc.constantFrom('U1', 'U2', 'U3', 'U4');
  const reader = fc.record({
    slackUserId: id,
    role: fc.constantFrom('staff' as const, 'manager' as const),
    managers: fc.uniqueArray(id),
  });
  fc.assert(
    fc.property(reader, fc.uniqueArray(id), (each, admins) => {
      const hearers = hearersOf(each, admins);
      expect(hearers).not.toContain(each.slackUserId);
      expect(new Set(hearers).size).toBe(hearers.length);
      for (const manager of each.managers)
        if (manager !== each.slackUserId) expect(hearers).toContain(manager);
      const others = [...each.managers, ...admins].filter((one) => one !== each.slackUserId);
      if (others.length > 0 && each.managers.length === 0) expect(hearers.length).toBeGreaterThan(0);
    }),
  );
});
