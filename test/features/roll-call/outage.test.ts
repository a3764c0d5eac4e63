/** Slack fails during a roll-call: mail goes out by itself within 90 seconds, answers come by the web, and the board says so. */
import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, test, vi } from 'vitest';
import type { Fault } from '../../../dev/slack/client-api.ts';
import { beginningStatements } from '../../../src/features/roll-call/cards/beginning.ts';
import { type House, openHouse } from '../../support/house.ts';
import { answerOf, begunRollCall, rosterNow } from '../../support/roll-call.ts';
import { pathOfLink, post, withMail } from '../../support/safety.ts';
import { addStaff, CHANNELS, PEOPLE } from '../../support/small-city.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

function misbehave({ slack }: House, ...faults: Fault[]): void {
  slack.faults = { faults, enforceRates: false };
}

/**
 * Lets the courier's own alarms go off, each at its time, by a clock that runs ahead; no cron runs.
 * @param from seconds that have passed
 * @returns after how many seconds `isDone` held, or `limit`
 */
async function afterAlarms(isDone: () => boolean | Promise<boolean>, limit = 180, from = 0): Promise<number> {
  const courier = env.COURIER.getByName('courier');
  let aheadMs = from * SECOND;
  await courier.deliverAsOf(Date.now() + aheadMs);
  while (!(await isDone()) && aheadMs < limit * SECOND) {
    const alarm = await runInDurableObject(courier, (_, { storage }) => storage.getAlarm());
    if (alarm === null) return limit;
    aheadMs += Math.max(alarm - Date.now(), 25);
    await courier.deliverAsOf(Date.now() + aheadMs);
  }
  return aheadMs / SECOND;
}

const row = (id: string) => env.DB.prepare('SELECT * FROM roll_call WHERE id = ?').bind(id).first();
const receivers = ({ mails }: House) => mails.map(({ to }) => to).sort();

async function silentAddresses(id: string): Promise<unknown[]> {
  const { results } = await env.DB.prepare(
    `SELECT email FROM roll_call_person JOIN staff ON slack_user_id = person
     WHERE roll_call_id = ? AND answered_at IS NULL AND left_at IS NULL AND email IS NOT NULL`,
  )
    .bind(id)
    .all();
  return results.map(({ email }) => email).sort();
}

test.each<[string, Fault[]]>([
  ['answers 500 to everything', [{ method: '*', kind: 'server-error' }]],
  [
    'asks to wait 30 seconds, then answers 500',
    [
      { method: '*', kind: 'rate-limited', retryAfterSeconds: 30, times: 1 },
      { method: '*', kind: 'server-error' },
    ],
  ],
  [
    'hangs, then answers 500',
    [
      { method: '*', kind: 'hang', times: 1 },
      { method: '*', kind: 'server-error' },
    ],
  ],
])('Slack %s: without any cron the silent are mailed within 90 seconds, once', async (_, faults) => {
  const house = await openHouse(withMail);
  misbehave(house, ...faults);
  const actual = await begunRollCall(house, new Date(), { kind: 'actual' });
  await answerOf(house, actual.id, PEOPLE.hanako, new Date());
  const silent = await silentAddresses(actual.id);
  expect(silent).not.toContain('u0hanako@example.jp');
  const seconds = await afterAlarms(() => house.mails.length > 0);
  expect(seconds).toBeGreaterThanOrEqual(55);
  expect(seconds).toBeLessThanOrEqual(90);
  expect(receivers(house)).toEqual(silent);
  expect(house.mails[0]?.subject).toMatch(/^【安否確認】/);
  expect(house.mails[0]?.text).toContain('Slackにつながりにくくなっているため');
  expect(await row(actual.id)).toMatchObject({
    slack_down_at: expect.any(Number),
    mailed_at: expect.any(Number),
    slack_back_at: null,
  });

  // An answer by the web, then Slack is back: the board has it, and nobody is mailed again.
  const path = await pathOfLink(house, actual.id, PEOPLE.minoru);
  expect((await post(house, path, { safety: 'severe', key: 'k' })).status).toBe(200);
  expect((await rosterNow(actual.id)).get(PEOPLE.minoru)).toMatchObject({ way: 'web', safety: 'severe' });
  misbehave(house);
  await house.cron(Date.now() + 4 * MINUTE);
  await house.delivered();
  expect(await row(actual.id)).toMatchObject({ slack_back_at: expect.any(Number) });
  expect(
    house.slack
      .messages(CHANNELS.general)
      .map(({ text }) => text)
      .join(),
  ).toContain(actual.reference);
  expect(receivers(house)).toEqual(silent);
});

test('with the cron it goes the same way; a drill and a real one are each mailed, and a failing mail service is asked again', async () => {
  const house = await openHouse(withMail);
  misbehave(house, { method: '*', kind: 'server-error' }, { method: 'mail', kind: 'server-error' });
  const now = new Date();
  const drill = await begunRollCall(house, now);
  const actual = await begunRollCall(house, now, { kind: 'actual' });
  for (const minute of [0, 1, 2, 3]) await house.cron(now.getTime() + minute * MINUTE);
  expect(house.mails).toEqual([]);
  misbehave(house, { method: '*', kind: 'server-error' });
  for (const minute of [4, 5, 6, 7, 8, 9, 10]) await house.cron(now.getTime() + minute * MINUTE);
  const about = (reference: string) =>
    house.mails
      .filter(({ subject }) => subject.includes(reference))
      .map(({ to }) => to)
      .sort();
  expect(about(drill.reference)).toEqual(await silentAddresses(drill.id));
  expect(about(actual.reference)).toEqual(await silentAddresses(actual.id));
  for (const { subject } of house.mails)
    expect(subject.startsWith('【訓練】')).toBe(subject.includes(drill.reference));
  expect(house.mails.filter(({ to }) => to === 'u0takuya@example.jp')).toEqual([]);

  // Slack comes and goes: whoever has the link by mail is not mailed again for that.
  const count = house.mails.length;
  misbehave(house);
  await house.cron(now.getTime() + 12 * MINUTE);
  await house.delivered();
  misbehave(house, { method: '*', kind: 'server-error' });
  for (const minute of [30, 31, 32, 33, 34, 35]) await house.cron(now.getTime() + minute * MINUTE);
  expect(await row(drill.id)).toMatchObject({ slack_back_at: null });
  expect(house.mails).toHaveLength(count);
});

test('whoever was mailed at the start is not mailed again within ten minutes; nothing is mailed while nothing runs', async () => {
  const house = await openHouse(withMail);
  misbehave(house, { method: 'chat.postMessage', kind: 'server-error' });
  const now = new Date();
  for (const minute of [0, 1, 2]) await house.cron(now.getTime() + minute * MINUTE);
  expect(house.mails).toEqual([]);
  const drill = await begunRollCall(house, now, { byMail: true });
  for (const minute of [3, 4, 5, 6, 7]) await house.cron(now.getTime() + minute * MINUTE);
  expect(receivers(house)).toEqual(await silentAddresses(drill.id));
  expect(await row(drill.id)).toMatchObject({ slack_down_at: expect.any(Number) });
});

test('a hundred people are mailed within seconds of each other, 42 a run', async () => {
  const house = await openHouse((city) => {
    withMail(city);
    addStaff(city, 100, 'east', (n) => ({ email: `many${n}@example.jp` }));
  });
  misbehave(house, { method: 'chat.postMessage', kind: 'server-error' });
  const actual = await begunRollCall(house, new Date(), { kind: 'actual' });
  const expected = (await silentAddresses(actual.id)).length;
  expect(expected).toBeGreaterThan(100);
  const sizes: number[] = [];
  const seconds = await afterAlarms(() => {
    sizes.push(house.mails.length);
    return house.mails.length >= expected;
  });
  expect(seconds).toBeLessThanOrEqual(90);
  for (const [index, size] of sizes.entries()) expect(size - (sizes[index - 1] ?? 0)).toBeLessThanOrEqual(42);
  expect(new Set(receivers(house)).size).toBe(expected);
});

/** Slack fails in one channel alone. */
function failsIn(channel: string): void {
  const faked = vi.mocked(globalThis.fetch);
  const fine = faked.getMockImplementation();
  if (!fine) throw new Error('the house fakes Slack');
  faked.mockImplementation(async (input, init) => {
    const request = new Request(input, init);
    const body = new TextDecoder().decode(await request.clone().arrayBuffer());
    const isThere = body.includes(`channel=${channel}`);
    return isThere ? new Response('', { status: 500 }) : fine(request);
  });
}

test('one channel that fails is no silence of Slack: another place is asked, and nobody is mailed; unless that fails, too', async () => {
  const house = await openHouse(withMail);
  const begin = (kind: 'drill' | 'actual') =>
    begunRollCall(house, new Date(), { kind }, (scope, made) => beginningStatements(scope, made));
  const drill = await begin('drill');
  failsIn(CHANNELS.general);
  const passed = await afterAlarms(async () => (await row(drill.id))?.slack_down_at !== null, 200);
  expect(passed).toBeGreaterThanOrEqual(200);
  expect(house.mails).toEqual([]);
  expect(house.slack.calls('chat.update').map(({ args }) => args.channel)).not.toContain(CHANNELS.general);
  const asked = house.slack.calls('chat.update').length;
  expect(asked).toBeGreaterThan(0);
  expect(asked).toBeLessThanOrEqual(4);

  misbehave(house, { method: '*', kind: 'server-error' });
  // The channel that failed is left alone for longer and longer, and nothing else is sent.
  const seconds = await afterAlarms(() => house.mails.length > 0, 600, passed);
  expect(seconds - passed).toBeLessThanOrEqual(300);
  expect(receivers(house)).toEqual(await silentAddresses(drill.id));
});

test.each<[string, Fault[]]>([
  ['500', [{ method: '*', kind: 'server-error' }]],
  [
    '429 for long, then 500',
    [
      { method: '*', kind: 'rate-limited', retryAfterSeconds: 120, times: 1 },
      { method: '*', kind: 'server-error' },
    ],
  ],
])(
  'when all cards stand and the board alone is sent: %s to everything is found out within 90 seconds',
  async (_, faults) => {
    const house = await openHouse(withMail);
    const actual = await begunRollCall(house, new Date(), { kind: 'actual' }, beginningStatements);
    await house.delivered();
    misbehave(house, ...faults);
    await answerOf(house, actual.id, PEOPLE.hanako, new Date());
    const from = 30;
    const seconds = await afterAlarms(() => house.mails.length > 0, 300, from);
    expect(seconds - from).toBeLessThanOrEqual(90);
    expect(receivers(house)).toEqual(await silentAddresses(actual.id));
  },
);
