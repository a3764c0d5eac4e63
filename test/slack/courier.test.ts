/** The courier: order, rates, retries, and that nothing is lost, whatever Slack does. */
import { evictAllDurableObjects } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../dev/slack/client-api.ts';
import { runBatch } from '../../src/lib/db.ts';
import { aboutCase, enqueue, type OutboxEntry, takeBack } from '../../src/slack/outbox.ts';
import { type House, openHouse } from '../support/house.ts';
import { addStaff, CHANNELS, PEOPLE } from '../support/small-city.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const card = (version: number, channel: string = CHANNELS.triage): OutboxEntry => ({
  kind: 'card',
  slot: `test/${channel}`,
  channel,
  message: { text: `card ${version}` },
});
const reply = (text: string, channel: string = CHANNELS.triage): OutboxEntry => ({
  kind: 'reply',
  slot: `test/${channel}`,
  channel,
  message: { text },
});
const direct = (text: string, person: string = PEOPLE.hanako): OutboxEntry => ({
  kind: 'direct',
  person,
  message: { text },
});

async function store({ db }: House, ...entries: OutboxEntry[]): Promise<void> {
  await runBatch(db, [enqueue(db, entries, new Date())]);
}

/** The courier as mutations wake it. */
async function nudge(): Promise<void> {
  await env.COURIER.getByName('courier').nudge();
}

async function send(house: House, ...entries: OutboxEntry[]): Promise<void> {
  await store(house, ...entries);
  await nudge();
}

function misbehave({ slack }: House, ...faults: Fault[]): void {
  slack.faults = { faults, enforceRates: false };
}

async function statesOf(): Promise<string[]> {
  const { results } = await env.DB.prepare('SELECT state FROM outbox ORDER BY id').all<{ state: string }>();
  return results.map(({ state }) => state);
}

async function health({
  fetch,
}: House): Promise<{ ok: boolean; db: string; outbox: { waiting: number; oldestSeconds: number } }> {
  return (await fetch(new Request('https://kikan.test/healthz'))).json();
}

describe('order', () => {
  test('a card, its replies and its update arrive in the order in which they were stored', async () => {
    const house = await openHouse();
    await send(house, card(1), reply('a'), reply('b'), reply('c'));
    await house.deliveredInTime();
    const [parent] = house.slack.messages(CHANNELS.triage);
    expect(house.slack.thread(CHANNELS.triage, parent?.ts ?? '').map(({ text }) => text)).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  test('a reply waits for its card, however often the card fails', async () => {
    const house = await openHouse();
    misbehave(house, { method: 'chat.postMessage', kind: 'server-error', times: 2 });
    await send(house, card(1), reply('a'));
    await house.deliveredInTime();
    const calls = house.slack.calls('chat.postMessage').map(({ args }) => args.text);
    expect(calls).toEqual(['card 1', 'card 1', 'card 1', 'a']);
    expect(
      house.slack.thread(CHANNELS.triage, house.slack.messages(CHANNELS.triage)[0]?.ts ?? ''),
    ).toHaveLength(1);
  });

  test('a channel that fails does not hold up another', async () => {
    const house = await openHouse();
    house.slack.putChannel({ id: CHANNELS.triage, name: 'x', members: [] });
    await send(house, card(1), direct('hello'));
    const hanako = house.slack.as(PEOPLE.hanako);
    await house.slack.waitFor(() => hanako.dm.length === 1);
    expect(await statesOf()).toEqual(['waiting', 'sent']);
  });
});

describe('coalescing', () => {
  test('of twenty versions of a card that wait, one is posted: the latest', async () => {
    const house = await openHouse();
    await send(house, ...Array.from({ length: 20 }, (_, i) => card(i + 1)));
    await house.deliveredInTime();
    expect(house.slack.messages(CHANNELS.triage).map(({ text }) => text)).toEqual(['card 20']);
    expect(house.slack.calls()).toHaveLength(1);
    expect(new Set(await statesOf())).toEqual(new Set(['superseded', 'sent']));
  });

  test('later versions update the same message', async () => {
    const house = await openHouse();
    await send(house, card(1));
    await house.deliveredInTime();
    await send(house, card(2), card(3));
    await house.deliveredInTime();
    expect(house.slack.calls('chat.update').map(({ args }) => args.text)).toEqual(['card 3']);
    expect(house.slack.messages(CHANNELS.triage)).toHaveLength(1);
  });

  test('a card that somebody deleted is posted anew', async () => {
    const house = await openHouse();
    await send(house, card(1));
    await house.deliveredInTime();
    const [posted] = house.slack.messages(CHANNELS.triage);
    const answer = await fetch('https://slack.test/api/chat.delete', {
      method: 'POST',
      headers: { authorization: 'Bearer xoxb-test', 'content-type': 'application/json' },
      body: JSON.stringify({ channel: CHANNELS.triage, ts: posted?.ts }),
    });
    expect(await answer.json()).toMatchObject({ ok: true });
    await send(house, card(2));
    await house.deliveredInTime();
    expect(house.slack.messages(CHANNELS.triage).map(({ text }) => text)).toContain('card 2');
  });
});

test('a reply whose card was deleted stands alone, and holds up nothing', async () => {
  const house = await openHouse();
  await send(house, card(1));
  await house.deliveredInTime();
  await env.DB.prepare("UPDATE posted_card SET ts = '1.000001'").run();
  await send(house, reply('a'), card(2));
  await house.deliveredInTime();
  expect(house.slack.messages(CHANNELS.triage).map(({ text }) => text)).toEqual(['card 1', 'a', 'card 2']);
});

describe('Slack in trouble', () => {
  test('429: waits as long as Retry-After says, then goes on', async () => {
    const house = await openHouse();
    misbehave(house, { method: 'chat.postMessage', kind: 'rate-limited', retryAfterSeconds: 2, times: 1 });
    await send(house, card(1));
    await house.deliveredInTime();
    const [first, second] = house.slack.calls('chat.postMessage');
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(2000);
    expect(await statesOf()).toEqual(['sent']);
  });

  test.each<[string, Fault]>([
    ['500', { method: '*', kind: 'server-error', times: 3 }],
    ['no answer', { method: '*', kind: 'hang', times: 1 }],
  ])('%s: tries again until Slack says ok', async (_, fault) => {
    const house = await openHouse();
    misbehave(house, fault);
    await send(house, card(1), direct('a'));
    await house.deliveredInTime();
    expect(house.slack.messages(CHANNELS.triage)).toHaveLength(1);
    expect(house.slack.as(PEOPLE.hanako).dm).toHaveLength(1);
  });

  test('a connection that breaks after Slack took the card: posted twice at the worst, never lost', async () => {
    const house = await openHouse();
    misbehave(house, { method: 'chat.postMessage', kind: 'drop-after-accept', times: 1 });
    await send(house, card(1));
    await house.deliveredInTime();
    expect(house.slack.messages(CHANNELS.triage).map(({ text }) => text)).toEqual(['card 1', 'card 1']);
    await send(house, card(2));
    await house.deliveredInTime();
    expect(house.slack.messages(CHANNELS.triage).map(({ text }) => text)).toEqual(['card 1', 'card 2']);
  });

  test('down for ten minutes: everything arrives after, in order', async () => {
    const house = await openHouse();
    const begun = Date.now();
    misbehave(house, { method: '*', kind: 'server-error' });
    await send(house, card(1), reply('a'), direct('b'), card(2), direct('c', PEOPLE.ichiro));
    for (let minute = 1; minute <= 10; minute += 1) await house.cron(begun + minute * MINUTE);
    expect(house.slack.messages(CHANNELS.triage)).toEqual([]);
    expect((await health(house)).outbox.waiting).toBe(5);
    misbehave(house);
    for (let minute = 11; minute <= 16; minute += 1) await house.cron(begun + minute * MINUTE);
    await house.deliveredInTime();
    expect(house.slack.messages(CHANNELS.triage).map(({ text }) => text)).toEqual(['card 2']);
    expect(house.slack.as(PEOPLE.hanako).dm.map(({ text }) => text)).toEqual(['b']);
    expect((await health(house)).outbox).toEqual({ waiting: 0, oldestSeconds: 0 });
  });

  test('during an outage one message a minute asks whether it is over, however many wait', async () => {
    const house = await openHouse();
    const begun = Date.now();
    misbehave(house, { method: '*', kind: 'server-error' });
    await store(house, ...Array.from({ length: 30 }, (_, i) => direct('x', `U0NOBODY${i}`)));
    for (let minute = 0; minute <= 60; minute += 1) await house.cron(begun + minute * MINUTE);
    const tries = house.slack.calls('chat.postMessage').length;
    expect(tries).toBeGreaterThan(30);
    expect(tries).toBeLessThan(75);
  });

  test('a single message that Slack cannot digest is tried less and less often', async () => {
    const house = await openHouse();
    const begun = Date.now();
    house.slack.putChannel({ id: CHANNELS.triage, name: 'x', members: [] });
    await store(house, card(1));
    for (let minute = 0; minute <= 60; minute += 1) await house.cron(begun + minute * MINUTE);
    const tries = house.slack
      .calls('chat.postMessage')
      .filter(({ args }) => args.channel === CHANNELS.triage).length;
    // Once a cron in the first minutes, every 5 minutes at the end.
    expect(tries).toBeGreaterThan(10);
    expect(tries).toBeLessThan(25);
  });

  test('after an outage of seconds everything arrives within seconds', async () => {
    const house = await openHouse();
    misbehave(house, { method: '*', kind: 'server-error' });
    await send(house, card(1), direct('a'), direct('b', PEOPLE.ichiro), direct('c', PEOPLE.minoru));
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    misbehave(house);
    const healed = Date.now();
    await house.deliveredInTime();
    expect(Date.now() - healed).toBeLessThan(10_000);
  });

  test('after 24 hours it gives up, and the admins hear of it once Slack is back', async () => {
    const house = await openHouse();
    const begun = Date.now();
    house.slack.putChannel({ id: CHANNELS.triage, name: 'x', members: [], isArchived: true });
    await store(house, card(1));
    await house.cron(begun);
    await house.cron(begun + 23 * HOUR);
    expect(await statesOf()).toContain('waiting');
    await house.cron(begun + 24 * HOUR + MINUTE);
    expect(await env.DB.prepare('SELECT state FROM outbox WHERE id = 1').first('state')).toBe('dead');
    await house.deliveredInTime();
    for (const admin of [PEOPLE.kenta, PEOPLE.makoto]) {
      const notices = house.slack.as(admin).dm.map(({ text }) => text);
      expect(notices.at(-1)).toContain('1件を、届けられませんでした');
      expect(notices.at(-1)).toContain(`<#${CHANNELS.triage}>`);
    }
  });

  test('a channel without the bot is told to the admins within a minute, not after a day', async () => {
    const house = await openHouse();
    house.slack.putChannel({ id: CHANNELS.triage, name: 'x', members: [] });
    await send(house, card(1));
    await house.slack.waitFor(() => house.slack.calls('chat.postMessage').length === 1);
    await house.cron();
    const kenta = house.slack.as(PEOPLE.kenta);
    expect((await house.slack.waitFor(() => kenta.dm.at(-1))).text).toContain(
      'kikanがチャンネルに招待されていません',
    );
    for (let i = 1; i < 5; i += 1) await house.cron(Date.now() + i * MINUTE);
    expect(kenta.dm).toHaveLength(1);
    house.slack.putChannel({ id: CHANNELS.triage, name: 'x', members: ['U0KIKANBOT'] });
    await house.cron(Date.now() + 20 * MINUTE);
    await house.deliveredInTime();
    expect(house.slack.messages(CHANNELS.triage)).toHaveLength(1);
  });

  test('what Slack can never take is given up at once, and what waits behind it goes on', async () => {
    const house = await openHouse();
    const broken: OutboxEntry = {
      kind: 'direct',
      person: PEOPLE.hanako,
      message: { text: 'x', blocks: [{ type: 'no-such-block' }] },
    };
    await send(house, broken, direct('b'));
    await house.slack.waitFor(() => house.slack.as(PEOPLE.hanako).dm.length === 1);
    expect(await statesOf()).toEqual(['dead', 'sent']);
  });

  test('a 429 without Retry-After and a body that is no JSON count as an outage', async () => {
    const house = await openHouse();
    const answers = [new Response('slow down', { status: 429 }), new Response('<html>', { status: 200 })];
    const { vi } = await import('vitest');
    vi.spyOn(globalThis, 'fetch').mockImplementation(
      async (input, init) => answers.shift() ?? house.slack.handle(new Request(input, init)),
    );
    await send(house, card(1));
    await house.deliveredInTime();
    expect(house.slack.messages(CHANNELS.triage)).toHaveLength(1);
  });
});

describe('trouble in one place stays there:', () => {
  const many = (channel: string) =>
    Array.from(
      { length: 40 },
      (_, i): OutboxEntry => ({ kind: 'card', slot: `many/${i}`, channel, message: { text: `card ${i}` } }),
    );

  test.each<[string, (house: House) => void]>([
    [
      'a channel without the bot',
      ({ slack }) => slack.putChannel({ id: CHANNELS.south, name: 'x', members: [] }),
    ],
    [
      'a channel that Slack asks to wait with',
      (house) =>
        misbehave(house, {
          method: 'chat.postMessage',
          kind: 'rate-limited',
          retryAfterSeconds: 600,
          times: 1,
        }),
    ],
  ])('%s holds up nobody else', async (_, trouble) => {
    const house = await openHouse();
    trouble(house);
    await send(house, ...many(CHANNELS.south));
    await house.slack.waitFor(() => house.slack.calls('chat.postMessage').length > 0);
    await send(house, card(1), direct('a'));
    const hanako = house.slack.as(PEOPLE.hanako);
    await house.slack.waitFor(
      () => hanako.dm.length === 1 && house.slack.messages(CHANNELS.triage).length === 1,
      { ms: 3_000 },
    );
    expect(
      house.slack.calls('chat.postMessage').filter(({ args }) => args.channel === CHANNELS.south).length,
    ).toBeLessThan(5);
  });

  test('a channel for which Slack answers 500 holds up nobody else', async () => {
    const house = await openHouse();
    const { vi } = await import('vitest');
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
      const request = new Request(input, init);
      const body = await request.clone().text();
      return body.includes(CHANNELS.south) ? new Response('', { status: 500 }) : house.slack.handle(request);
    });
    await send(house, ...many(CHANNELS.south));
    await new Promise((resolve) => setTimeout(resolve, 500));
    await send(house, card(1), direct('a'));
    const hanako = house.slack.as(PEOPLE.hanako);
    await house.slack.waitFor(
      () => hanako.dm.length === 1 && house.slack.messages(CHANNELS.triage).length === 1,
      { ms: 3_000 },
    );
  });

  test('an ephemeral message that Slack refuses goes to the DM, and keeps no DM waiting', async () => {
    const house = await openHouse();
    house.slack.putChannel({ id: CHANNELS.south, name: 'x', members: [PEOPLE.hanako] });
    await send(
      house,
      { kind: 'ephemeral', channel: CHANNELS.south, person: PEOPLE.hanako, message: { text: 'psst' } },
      direct('a'),
    );
    await house.deliveredInTime();
    expect(
      house.slack
        .as(PEOPLE.hanako)
        .dm.map(({ text }) => text)
        .sort(),
    ).toEqual(['a', 'psst']);
  });

  test('429 for updates holds up updates only, and all of them', async () => {
    const house = await openHouse();
    await send(house, card(1), card(1, CHANNELS.east));
    await house.deliveredInTime();
    misbehave(house, { method: 'chat.update', kind: 'rate-limited', retryAfterSeconds: 4, times: 1 });
    await send(house, card(2));
    await house.slack.waitFor(() => house.slack.calls('chat.update').length === 1);
    await send(house, card(2, CHANNELS.east), reply('a'), direct('b'));
    await house.deliveredInTime();
    const [first, ...later] = house.slack.calls('chat.update');
    for (const { at } of later) expect(at - (first?.at ?? 0)).toBeGreaterThanOrEqual(4000);
    expect(house.slack.calls('chat.update')).toHaveLength(3);
  });

  test('what Slack asked for outlives the Durable Object', async () => {
    const house = await openHouse();
    misbehave(house, { method: 'chat.postMessage', kind: 'rate-limited', retryAfterSeconds: 6, times: 1 });
    await send(house, card(1));
    await house.slack.waitFor(() => house.slack.calls('chat.postMessage').length === 1);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await evictAllDurableObjects();
    await send(house, reply('a'));
    await house.deliveredInTime();
    const [first, second] = house.slack.calls('chat.postMessage');
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(6000);
  });
});

test('a card whose center has moved to another channel is posted there, replies included', async () => {
  const house = await openHouse();
  await send(house, card(1));
  await house.deliveredInTime();
  const moved = (entry: OutboxEntry): OutboxEntry =>
    'slot' in entry ? { ...entry, channel: CHANNELS.west } : entry;
  await send(house, moved(card(2)), moved(reply('a')));
  await house.deliveredInTime();
  expect(house.slack.messages(CHANNELS.triage).map(({ text }) => text)).toEqual(['card 1']);
  const [posted] = house.slack.messages(CHANNELS.west);
  expect(posted?.text).toBe('card 2');
  expect(house.slack.thread(CHANNELS.west, posted?.ts ?? '').map(({ text }) => text)).toEqual(['a']);
});

describe('rates', () => {
  test('one post a second and channel; Slack never has to answer 429', async () => {
    const house = await openHouse();
    house.slack.faults = { faults: [], enforceRates: true };
    await send(house, card(1), reply('a'), reply('b'), card(1, CHANNELS.east), reply('c', CHANNELS.east));
    await house.deliveredInTime();
    const calls = house.slack.calls('chat.postMessage');
    expect(calls.filter(({ status }) => status === 429)).toEqual([]);
    const inTriage = calls.filter(({ args }) => args.channel === CHANNELS.triage).map(({ at }) => at);
    for (const [i, at] of inTriage.entries())
      if (i > 0) expect(at - (inTriage[i - 1] ?? 0)).toBeGreaterThanOrEqual(950);
  });
});

describe('the Durable Object is lost', () => {
  test('with messages waiting: the cron delivers them', async () => {
    const house = await openHouse();
    await store(house, card(1), direct('a'));
    await evictAllDurableObjects();
    await house.cron();
    await house.deliveredInTime();
    expect(house.slack.messages(CHANNELS.triage)).toHaveLength(1);
  });

  test('between commit and wake-up: nothing is lost', async () => {
    const house = await openHouse();
    await store(house, card(1));
    await house.cron();
    await house.deliveredInTime();
    expect(await statesOf()).toEqual(['sent']);
  });
});

test('a thousand messages to forty channels and people all arrive, once each', async () => {
  const house = await openHouse((city) => {
    addStaff(city, 40, 'east');
  });
  const entries = Array.from(
    { length: 1000 },
    (_, i): OutboxEntry => ({
      kind: 'card',
      slot: `many/${i % 40}`,
      channel: `U0X${i % 40}`,
      message: { text: `card ${i}` },
    }),
  );
  for (let i = 0; i < entries.length; i += 10) await store(house, ...entries.slice(i, i + 10));
  await nudge();
  await house.slack.waitFor(async () => !(await statesOf()).includes('waiting'), { ms: 18_000 });
  for (let i = 0; i < 40; i += 1)
    expect(house.slack.as(`U0X${i}`).dm.map(({ text }) => text)).toEqual([`card ${960 + i}`]);
});

test('/healthz tells how much waits and how long', async () => {
  const house = await openHouse();
  expect(await health(house)).toEqual({ ok: true, db: 'ok', outbox: { waiting: 0, oldestSeconds: 0 } });
  await runBatch(house.db, [enqueue(house.db, [card(1)], new Date(Date.now() - 90_000))]);
  const { outbox } = await health(house);
  expect(outbox.waiting).toBe(1);
  expect(outbox.oldestSeconds).toBeGreaterThanOrEqual(90);
});

test('settled entries are removed after a week', async () => {
  const house = await openHouse();
  await send(house, direct('a'));
  await house.deliveredInTime();
  const atHalf = (at: number) => at - (at % HOUR) + 30 * MINUTE;
  await house.cron(atHalf(Date.now() + 6 * 24 * HOUR));
  expect(await statesOf()).toEqual(['sent']);
  await house.cron(atHalf(Date.now() + 8 * 24 * HOUR));
  expect(await statesOf()).toEqual([]);
});

describe('messages about a case', () => {
  const OF = { id: 'case-1', reference: 'R8-0001' };

  async function remembered(): Promise<number> {
    return (await env.DB.prepare('SELECT count(*) AS n FROM posted_message').first<number>('n')) ?? 0;
  }

  async function posted(): Promise<House> {
    const house = await openHouse();
    const ephemeral: OutboxEntry = {
      kind: 'ephemeral',
      channel: CHANNELS.triage,
      person: PEOPLE.hanako,
      message: { text: 'only you' },
    };
    await send(house, ...aboutCase(OF.id, [card(1), reply('a'), direct('b'), ephemeral]), direct('other'));
    await house.deliveredInTime();
    return house;
  }

  test('are remembered where Slack put them, but for those that vanish by themselves', async () => {
    const house = await posted();
    expect(await remembered()).toBe(3);
    await send(house, ...aboutCase(OF.id, [card(2)]));
    await house.deliveredInTime();
    expect(await remembered()).toBe(3);
  });

  test('are deleted when they are taken back, and what waits is not sent', async () => {
    const house = await posted();
    await store(house, ...aboutCase(OF.id, [card(2), direct('late')]));
    await runBatch(house.db, takeBack(house.db, OF, new Date()));
    await nudge();
    await house.delivered();
    const hanako = house.slack.as(PEOPLE.hanako);
    expect(house.slack.messages(CHANNELS.triage)).toEqual([]);
    expect(hanako.dm.map(({ text }) => text)).toEqual(['other']);
    expect(await remembered()).toBe(0);
    expect(await env.DB.prepare('SELECT count(*) AS n FROM posted_card').first('n')).toBe(0);
  });

  test('one that somebody deleted before counts as deleted', async () => {
    const house = await posted();
    await env.DB.prepare("UPDATE posted_message SET ts = '1.000001' WHERE channel LIKE 'D%'").run();
    await runBatch(house.db, takeBack(house.db, OF, new Date()));
    await nudge();
    await house.delivered();
    expect(await remembered()).toBe(0);
    expect((await statesOf()).includes('dead')).toBe(false);
  });

  test('one that Slack does not let go is told to the admins, and holds up nothing', async () => {
    const house = await posted();
    await env.DB.prepare("UPDATE posted_message SET channel = 'C0ELSEWHERE' WHERE channel LIKE 'D%'").run();
    await runBatch(house.db, takeBack(house.db, OF, new Date()));
    await store(house, direct('after'));
    await nudge();
    await house.delivered();
    await house.cron();
    await house.delivered();
    expect(house.slack.as(PEOPLE.hanako).dm.map(({ text }) => text)).toContain('after');
    expect(house.slack.messages(CHANNELS.triage)).toEqual([]);
    expect(
      house.slack
        .as(PEOPLE.kenta)
        .dm.map(({ text }) => text)
        .join(),
    ).toContain('R8-0001');
    expect(await remembered()).toBe(0);
  });

  test('are deleted in the end, however Slack fails, and each once', async () => {
    const house = await posted();
    misbehave(house, { method: 'chat.delete', kind: 'server-error', times: 3 });
    await runBatch(house.db, takeBack(house.db, OF, new Date()));
    await runBatch(house.db, takeBack(house.db, OF, new Date()));
    await nudge();
    await house.delivered();
    expect(await remembered()).toBe(0);
    expect(house.slack.messages(CHANNELS.triage)).toEqual([]);
    const { results } = await env.DB.prepare("SELECT state FROM outbox WHERE kind = 'removal'").all();
    expect(results).toEqual([{ state: 'sent' }, { state: 'sent' }, { state: 'sent' }]);
  });
});
