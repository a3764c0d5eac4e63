/** Many answer at once while something fails: Slack, or the cron. Nothing is lost, nothing is counted twice, and the board ends exact. */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import type { Fault, Message } from '../../../dev/slack/client-api.ts';
import type { CityFile } from '../../../src/features/directory/schema.ts';
import { rollCallText } from '../../../src/features/roll-call/text.ts';
import { type House, openHouse } from '../../support/house.ts';
import { answerOf, begunRollCall, withDrills } from '../../support/roll-call.ts';
import { CHANNELS } from '../../support/small-city.ts';

const MINUTE = 60_000;
const MANY = 120;
const CROWD = Array.from({ length: MANY }, (_, n) => `U0X${n}`);
const SAFE = rollCallText.actions.safe;

function withCrowd(city: CityFile): void {
  withDrills(city);
  for (const [n, slackUserId] of CROWD.entries())
    city.staff.push({
      slackUserId,
      name: `職員 ${n}`,
      center: ['east', 'west', 'south'][n % 3] ?? 'east',
      profession: '保健師',
      role: 'staff',
      admin: false,
      duty: false,
    });
}

/** Everybody taps 無事 on the card, every sixth twice; what Slack heard in answer to each. */
function taps({ slack }: House, card: Message): Promise<(string | number)[]> {
  const tap = async (person: string) => (await slack.as(person).click(card, SAFE)).status;
  return Promise.all([...CROWD, ...CROWD.filter((_, n) => n % 6 === 0)].map(tap));
}

async function answersOf(id: string): Promise<{ replies: number; people: number }> {
  const row = await env.DB.prepare(
    `SELECT (SELECT count(*) FROM roll_call_reply WHERE roll_call_id = ?1) AS replies,
       (SELECT count(*) FROM roll_call_person WHERE roll_call_id = ?1 AND answered_at IS NOT NULL) AS people`,
  )
    .bind(id)
    .first<{ replies: number; people: number }>();
  if (!row) throw new Error('no row');
  return row;
}

/** Resolves when so many have answered: a tap is acknowledged before it is stored. */
async function stored({ slack }: House, id: string, people: number): Promise<void> {
  const isDone = async () => (await answersOf(id)).people >= people;
  await slack.waitFor(isDone, { ms: 20_000, what: 'every answer' });
  await slack.settled();
  expect(await answersOf(id)).toEqual({ replies: people, people });
}

/** The card in the channel for drills that says so. */
function boardOf({ slack }: House, reference: string): Message {
  const found = slack.messages(CHANNELS.general).find(({ text }) => text.includes(reference));
  if (!found) throw new Error(`no board of ${reference}`);
  return found;
}

const TROUBLES: [string, Fault[]][] = [
  [
    'answers each call with 429 and Retry-After 30',
    [{ method: '*', kind: 'rate-limited', retryAfterSeconds: 30 }],
  ],
  ['answers each call with 500', [{ method: '*', kind: 'server-error' }]],
];

test.each(TROUBLES)(
  'while Slack %s, no tap is lost, and the board is exact when it takes messages again',
  async (_, faults) => {
    const house = await openHouse(withCrowd);
    const { id, reference } = await begunRollCall(house, new Date());
    await house.delivered();
    house.slack.faults = { faults, enforceRates: false };
    const heard = await taps(house, boardOf(house, reference));
    expect(heard.every((status) => status === 200)).toBe(true);
    await stored(house, id, MANY);
    expect(boardOf(house, reference).text).toContain('回答 0/');
    house.slack.faults = { faults: [], enforceRates: false };
    const updates = house.slack.calls('chat.update').length;
    await house.delivered();
    expect(boardOf(house, reference).text).toContain(`回答 ${MANY}/`);
    expect(
      house.slack.messages(CHANNELS.general).filter(({ text }) => text.includes(reference)),
    ).toHaveLength(1);
    expect(house.slack.calls('chat.update').length - updates).toBeLessThanOrEqual(3);
  },
);

test('a tap of somebody whom Slack was never asked about is acknowledged before Slack answers, and stored though it does not', async () => {
  const house = await openHouse(withCrowd);
  const { id, reference } = await begunRollCall(house, new Date());
  await house.delivered();
  house.slack.faults = { faults: [{ method: 'users.info', kind: 'hang' }], enforceRates: false };
  const { status } = await house.slack.as('U0X1').click(boardOf(house, reference), SAFE);
  expect(status).toBe(200);
  expect((await answersOf(id)).people).toBe(0);
  await stored(house, id, 1);
  await house.delivered();
});

test('a drill and a real one at once: each counts its own answers only, on a board of its own', async () => {
  const house = await openHouse(withCrowd);
  const now = new Date();
  const drill = await begunRollCall(house, now);
  const actual = await begunRollCall(house, now, { kind: 'actual' });
  const [both, drillOnly, actualOnly] = [CROWD.slice(0, 10), CROWD.slice(10, 40), CROWD.slice(40, 100)];
  await Promise.all([
    ...[...both, ...drillOnly].map((person) => answerOf(house, drill.id, person, now)),
    ...[...both, ...actualOnly].map((person) => answerOf(house, actual.id, person, now)),
  ]);
  expect(await answersOf(drill.id)).toEqual({ replies: 40, people: 40 });
  expect(await answersOf(actual.id)).toEqual({ replies: 70, people: 70 });
  await house.delivered();
  const [practised, real] = [boardOf(house, drill.reference).text, boardOf(house, actual.reference).text];
  expect(practised).toMatch(/^【訓練】.*回答 40\//);
  expect(real).toMatch(/^【安否確認】.*回答 70\//);
});

test('a cron that missed ten minutes and then runs twice asks each silent person once, and nobody else', async () => {
  const house = await openHouse(withCrowd);
  const start = new Date();
  const at = (minutes: number) => start.getTime() + minutes * MINUTE;
  const { id, reference } = await begunRollCall(house, start);
  const answered = CROWD.slice(0, 80);
  await Promise.all(answered.map((person) => answerOf(house, id, person, start)));
  await house.cron(at(1));
  await house.cron(at(11));
  await house.cron(at(11));
  await house.delivered();
  const directs = (people: readonly string[]) => people.map((person) => house.slack.as(person).dm.length);
  expect(new Set(directs(answered))).toEqual(new Set([0]));
  expect(new Set(directs(CROWD.slice(80)))).toEqual(new Set([1]));
  expect(boardOf(house, reference).text).toContain(`回答 80/`);
  expect(await answersOf(id)).toEqual({ replies: 80, people: 80 });
});
