/** What all of 点呼 stands on: one of a kind runs at a time, the roster, which of a person's answers counts, and the board. */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { Actor } from '../../../src/features/directory/actor.ts';
import { makeRollCall } from '../../../src/features/roll-call/making/mutations.ts';
import { openHouse } from '../../support/house.ts';
import { scopeAt } from '../../support/meeting.ts';
import { answerOf, begunRollCall, rosterNow, withDrills } from '../../support/roll-call.ts';
import { addStaff, CHANNELS, PEOPLE } from '../../support/small-city.ts';

const MINUTE = 60_000;

test('two managers who start at the same moment start one; a drill and a real one run side by side', async () => {
  const house = await openHouse(withDrills);
  const now = new Date();
  const begun = await Promise.allSettled([1, 2, 3].map(() => begunRollCall(house, now)));
  expect(begun.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const actual = await begunRollCall(house, now, { kind: 'actual' });
  expect(actual.reference).toMatch(/^点R\d+-02$/);
  const rows = await env.DB.prepare('SELECT kind, status FROM roll_call ORDER BY number').all();
  expect(rows.results).toEqual([
    { kind: 'drill', status: 'running' },
    { kind: 'actual', status: 'running' },
  ]);
  const roster = await rosterNow(actual.id);
  expect([...roster.keys()]).toContain(PEOPLE.hanako);
  expect([...roster.keys()]).toContain(PEOPLE.naoko);
  // The city's section is asked only when it is chosen.
  expect([...roster.keys()]).not.toContain(PEOPLE.makoto);
});

test('only the core center’s managers begin one; the attempt of others is noted', async () => {
  const house = await openHouse(withDrills);
  const found = await Actor.find(house.db, PEOPLE.minoru);
  if (!found) throw new Error('nobody');
  const made = await makeRollCall(
    scopeAt(house, new Date()),
    found.actor,
    {
      kind: 'actual',
      scenario: 'storm',
      instructions: [],
      note: null,
      centers: null,
      isAnnounced: false,
      byMail: false,
      startsAt: null,
      submissionKey: 'x',
    },
    async () => ({}),
  );
  expect(made).toEqual({ ok: false, refusal: { reason: 'not-allowed' } });
  expect(
    await env.DB.prepare("SELECT actor, action FROM audit_entry WHERE outcome = 'refused'").first(),
  ).toEqual({ actor: PEOPLE.minoru, action: 'roll-call.make-actual' });
});

test('of a person’s answers the newest by its own time counts, in whichever order they come; help stays asked for', async () => {
  const house = await openHouse(withDrills);
  const start = new Date(Date.now() - 20 * MINUTE);
  const at = (minutes: number) => new Date(start.getTime() + minutes * MINUTE);
  const { id } = await begunRollCall(house, start);
  const severe = { safety: 'severe', place: null, coming: null, comingMinutes: null, family: null } as const;
  // Said on the web at minute 2 without a network, after an answer in chat at minute 5.
  await answerOf(house, id, PEOPLE.hanako, at(5));
  const late = await answerOf(house, id, PEOPLE.hanako, at(9), { at: at(2), way: 'web', answer: severe });
  expect(late).toMatchObject({ ok: true, value: { isChange: false } });
  const row = (await rosterNow(id)).get(PEOPLE.hanako);
  expect(row).toMatchObject({
    safety: 'safe',
    way: 'chat',
    answered_at: at(5).getTime(),
    first_answered_at: at(2).getTime(),
    help_since: at(2).getTime(),
  });
  // The other order.
  await answerOf(house, id, PEOPLE.minoru, at(3), { way: 'web', answer: severe });
  await answerOf(house, id, PEOPLE.minoru, at(4));
  expect((await rosterNow(id)).get(PEOPLE.minoru)).toMatchObject({
    safety: 'safe',
    help_since: at(3).getTime(),
  });
  // A phone whose clock is wrong answers neither before the start nor in the future.
  await answerOf(house, id, PEOPLE.ichiro, at(6), { at: at(600) });
  expect((await rosterNow(id)).get(PEOPLE.ichiro)).toMatchObject({ answered_at: at(6).getTime() });
});

test('taps of many at once, each twice, are one answer each; the board is posted once and tells the end exactly', async () => {
  const house = await openHouse((city) => {
    withDrills(city);
    addStaff(city, 40, 'west');
  });
  const now = new Date();
  const { id, reference } = await begunRollCall(house, now);
  const people = Array.from({ length: 40 }, (_, n) => `U0X${n}`);
  const taken = await Promise.all([...people, ...people].map((person) => answerOf(house, id, person, now)));
  expect(taken.every(({ ok }) => ok)).toBe(true);
  expect(await env.DB.prepare('SELECT count(*) AS n FROM roll_call_reply').first('n')).toBe(40);
  await house.delivered();
  const boards = house.slack.messages(CHANNELS.general);
  expect(boards).toHaveLength(1);
  expect(JSON.stringify(boards)).toContain(`【訓練】${reference}`);
  expect(house.slack.calls('chat.update').length).toBeLessThanOrEqual(2);
});

test('the same answer said again counts against what was said in between and comes in late', async () => {
  const house = await openHouse(withDrills);
  const start = new Date(Date.now() - 20 * MINUTE);
  const at = (minutes: number) => new Date(start.getTime() + minutes * MINUTE);
  const { id } = await begunRollCall(house, start);
  const minor = { safety: 'minor', place: null, coming: null, comingMinutes: null, family: null } as const;
  await answerOf(house, id, PEOPLE.hanako, at(2));
  await answerOf(house, id, PEOPLE.hanako, at(5));
  // Said at minute 3 without a network.
  await answerOf(house, id, PEOPLE.hanako, at(9), { at: at(3), way: 'web', answer: minor });
  expect((await rosterNow(id)).get(PEOPLE.hanako)).toMatchObject({
    safety: 'safe',
    answered_at: at(5).getTime(),
    first_answered_at: at(2).getTime(),
  });
});
