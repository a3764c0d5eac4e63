/** While a roll-call runs its roster follows the directory: who joins is asked, who leaves is not counted, who moves counts elsewhere. */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import type { CityFile } from '../../../src/features/directory/schema.ts';
import { openHouse } from '../../support/house.ts';
import { answerOf, begunRollCall, rosterNow, withDrills } from '../../support/roll-call.ts';
import { auditOf } from '../../support/settings.ts';
import { PEOPLE } from '../../support/small-city.ts';
import { importAgain, without } from '../../support/staff-changes.ts';

const MINUTE = 60_000;

function withNewcomer(city: CityFile): void {
  city.staff.push({
    slackUserId: PEOPLE.stranger,
    name: '新田 新',
    center: 'east',
    profession: '保健師',
    role: 'staff',
    admin: false,
    duty: false,
  });
}

test('who joins is on the roster and told once, who left is not, who moved is in the other center; a rerun changes nothing', async () => {
  const house = await openHouse(withDrills);
  const start = Date.now() - MINUTE;
  const { id } = await begunRollCall(house, new Date(start));
  await answerOf(house, id, PEOPLE.ichiro, new Date(start + 1_000));
  await house.cron(start + 2_000);
  expect(await auditOf('roll-call.follow')).toEqual([]);
  await importAgain(house, (city) => {
    withNewcomer(city);
    without(PEOPLE.takuya)(city);
    for (const each of city.staff) if (each.slackUserId === PEOPLE.ichiro) each.center = 'south';
  });
  await Promise.all([house.cron(start + MINUTE), house.cron(start + MINUTE)]);
  await house.cron(start + 2 * MINUTE);
  const roster = await rosterNow(id);
  expect(roster.get(PEOPLE.stranger)).toMatchObject({
    center: 'east',
    left_at: null,
    joined_at: start + MINUTE,
    answered_at: null,
  });
  expect(roster.get(PEOPLE.takuya)).toMatchObject({ left_at: start + MINUTE });
  // The answer stays with the person.
  expect(roster.get(PEOPLE.ichiro)).toMatchObject({ center: 'south', left_at: null, safety: 'safe' });
  expect(await auditOf('roll-call.follow')).toMatchObject([{ detail: { joined: 1, moved: 1, left: 1 } }]);
  await house.delivered();
  const told = house.slack.as(PEOPLE.stranger).dm;
  expect(told).toHaveLength(1);
  expect(told[0]?.text.startsWith('【訓練】')).toBe(true);
  expect(JSON.stringify(told[0])).toContain('無事');
  expect(house.slack.as(PEOPLE.ichiro).dm).toEqual([]);
  // Comes back: asked again, on the roster again.
  await importAgain(house, withNewcomer);
  await house.cron(start + 3 * MINUTE);
  expect((await rosterNow(id)).get(PEOPLE.takuya)).toMatchObject({ left_at: null });
  await house.delivered();
  expect(house.slack.as(PEOPLE.takuya).dm).toHaveLength(1);
});

test('of some centers only, who moves to one that is not asked leaves; changes elsewhere are nothing to it', async () => {
  const house = await openHouse(withDrills);
  const start = Date.now() - MINUTE;
  const { id } = await begunRollCall(house, new Date(start), { kind: 'actual', centers: ['east'] });
  await importAgain(house, without(PEOPLE.takuya));
  await house.cron(start + MINUTE);
  expect(await auditOf('roll-call.follow')).toEqual([]);
  const followed = "SELECT count(*) AS n FROM roll_call_notice WHERE what = 'followed'";
  expect(await env.DB.prepare(followed).first('n')).toBe(1);
  await importAgain(house, (city) => {
    for (const each of city.staff) if (each.slackUserId === PEOPLE.hanako) each.center = 'west';
  });
  await house.cron(start + 2 * MINUTE);
  const roster = await rosterNow(id);
  expect(roster.get(PEOPLE.hanako)).toMatchObject({ center: 'east', left_at: start + 2 * MINUTE });
  expect([...roster.keys()].toSorted()).toEqual([PEOPLE.hanako, PEOPLE.minoru]);
  expect(await answerOf(house, id, PEOPLE.hanako, new Date(start + 3 * MINUTE))).toMatchObject({
    refusal: { reason: 'not-on-roster' },
  });
});
