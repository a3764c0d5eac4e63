/** Mail that waits: sent once and in order, tried again while the service fails, given up loudly, forgotten after a week. */
import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import type { Fault } from '../../dev/slack/client-api.ts';
import { runBatch } from '../../src/lib/db.ts';
import { enqueueMail, type MailEntry } from '../../src/mail/outbox.ts';
import { outgoingMail } from '../../src/mail/tables.ts';
import { foundIn } from '../support/canaries.ts';
import { type House, openHouse } from '../support/house.ts';
import { PEOPLE } from '../support/small-city.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const mailTo = (to: string): MailEntry => ({
  to,
  subject: 'ご案内（会R8-012）',
  text: '10月5日 14:00から、会議があります。',
});
const several = (count: number) => Array.from({ length: count }, (_, i) => mailTo(`isha${i}@example.jp`));

async function store({ db }: House, mails: readonly MailEntry[], at = Date.now()): Promise<void> {
  await runBatch(db, [enqueueMail(db, mails, new Date(at))]);
}

function misbehave({ slack }: House, ...faults: Omit<Fault, 'method'>[]): void {
  slack.faults = { faults: faults.map((fault) => ({ method: 'mail', ...fault })), enforceRates: false };
}

/** The mail service answers this, but to other mail as it does. */
function answerTo({ slack }: House, to: string, answer: (request: Request) => Promise<Response> | Response) {
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input, init);
    if (!request.url.startsWith('https://mail.test/')) return slack.handle(request);
    const body = await request.clone().text();
    return body.includes(to) ? answer(request) : slack.handleMail(request);
  });
}

const rowsOf = ({ db }: House) => db.select().from(outgoingMail).orderBy(outgoingMail.id);
const tries = ({ slack }: House) => slack.calls('mail').length;
const receivers = ({ mails }: House) => mails.map(({ to }) => to);

test('a mail goes out with the next cron, once, as JSON', async () => {
  const house = await openHouse();
  await store(house, [{ ...mailTo('isha@example.jp'), html: '<p>会議があります。</p>' }]);
  for (const minute of [1, 2, 3]) await house.cron(Date.now() + minute * MINUTE);
  expect(house.mails).toMatchObject([
    {
      to: 'isha@example.jp',
      subject: 'ご案内（会R8-012）',
      text: '10月5日 14:00から、会議があります。',
      html: '<p>会議があります。</p>',
    },
  ]);
  expect(tries(house)).toBe(1);
  expect(await rowsOf(house)).toMatchObject([{ state: 'sent', attempts: 1, lastError: null }]);
});

test('of many a run sends the first 42; the rest follows a minute later', async () => {
  const house = await openHouse();
  const now = Date.now();
  await store(house, several(50));
  await house.cron(now + MINUTE);
  expect(receivers(house).sort()).toEqual(
    several(42)
      .map(({ to }) => to)
      .sort(),
  );
  await house.cron(now + 2 * MINUTE);
  expect(house.mails).toHaveLength(50);
});

test('of crons that run at once none sends what another one sends, nor do those of the next minutes', async () => {
  const house = await openHouse();
  const now = Date.now();
  await store(house, several(20));
  await Promise.all([1, 1, 2, 3].map((minute) => house.cron(now + minute * MINUTE)));
  expect(receivers(house).sort()).toEqual(
    several(20)
      .map(({ to }) => to)
      .sort(),
  );
  expect(tries(house)).toBe(20);
});

test('what is mailed stands in the traffic that the canary tests search', async () => {
  const house = await openHouse();
  const typed = ['カナリアの件名', 'カナリアの本文 <!channel>', 'カナリアの飾り'];
  const [subject = '', text = '', html = ''] = typed;
  await store(house, [{ to: 'isha@example.jp', subject, text, html }]);
  await house.cron(Date.now() + MINUTE);
  expect(foundIn(typed, JSON.stringify(house.slack.traffic))).toEqual(typed);
});

describe('a mail service in trouble', () => {
  test.each<[string, Omit<Fault, 'method'>, string]>([
    ['500', { kind: 'server-error' }, 'http_500'],
    ['429', { kind: 'rate-limited' }, 'http_429'],
  ])('%s: tries again after 1, 2, 4, 5, 5 minutes, until it is taken', async (_, fault, error) => {
    const house = await openHouse();
    const now = Date.now();
    misbehave(house, fault);
    await store(house, [mailTo('isha@example.jp')]);
    const triedAt: number[] = [];
    for (let minute = 1; minute <= 20; minute += 1) {
      const before = tries(house);
      await house.cron(now + minute * MINUTE);
      if (tries(house) > before) triedAt.push(minute);
    }
    expect(triedAt).toEqual([1, 2, 4, 8, 13, 18]);
    expect(await rowsOf(house)).toMatchObject([{ state: 'waiting', attempts: 6, lastError: error }]);
    misbehave(house);
    await house.cron(now + 23 * MINUTE);
    expect(house.mails).toHaveLength(1);
    expect(await rowsOf(house)).toMatchObject([{ state: 'sent', attempts: 7, lastError: null }]);
  });

  test('that hangs is left after ten seconds, and holds up no other mail', async () => {
    const house = await openHouse();
    answerTo(
      house,
      'isha0@',
      ({ signal }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    );
    await store(house, several(8));
    const begun = Date.now();
    await house.cron(begun + MINUTE);
    expect(Date.now() - begun).toBeLessThan(15_000);
    expect(house.mails).toHaveLength(7);
    expect((await rowsOf(house))[0]).toMatchObject({ state: 'waiting', lastError: 'timeout' });
  });

  test('a connection that breaks after the service took a mail: sent twice at the worst, never lost', async () => {
    const house = await openHouse();
    misbehave(house, { kind: 'drop-after-accept', times: 1 });
    await store(house, [mailTo('isha@example.jp')]);
    for (const minute of [1, 2, 3]) await house.cron(Date.now() + minute * MINUTE);
    expect(house.mails).toHaveLength(2);
    expect(await rowsOf(house)).toMatchObject([{ state: 'sent', attempts: 2 }]);
  });

  test('is not asked for each of many mails: six a run, and the others have lost no try', async () => {
    const house = await openHouse();
    misbehave(house, { kind: 'server-error' });
    await store(house, several(30));
    await house.cron(Date.now() + MINUTE);
    expect(tries(house)).toBe(6);
    expect((await rowsOf(house)).map(({ attempts }) => attempts)).toEqual([
      ...Array(6).fill(1),
      ...Array(24).fill(0),
    ]);
    misbehave(house);
    for (const minute of [2, 3]) await house.cron(Date.now() + minute * MINUTE);
    expect(new Set(receivers(house)).size).toBe(30);
    expect(house.mails).toHaveLength(30);
  });

  test('after 24 hours it is given up, and the admins hear of it: the reference and the reason, not the address', async () => {
    const house = await openHouse();
    const begun = Date.now();
    misbehave(house, { kind: 'server-error' });
    await store(house, [mailTo('isha@example.jp')]);
    await house.cron(begun + MINUTE);
    await house.cron(begun + 23 * HOUR);
    expect(await rowsOf(house)).toMatchObject([{ state: 'waiting' }]);
    await house.cron(begun + DAY + 2 * MINUTE);
    expect(await rowsOf(house)).toMatchObject([{ state: 'dead', lastError: 'http_500' }]);
    misbehave(house);
    for (const minute of [3, 4]) await house.cron(begun + DAY + minute * MINUTE);
    await house.delivered();
    for (const admin of [PEOPLE.kenta, PEOPLE.makoto]) {
      const notices = house.slack.as(admin).dm.filter(({ text }) => text.includes('メール1通を'));
      expect(notices).toHaveLength(1);
      expect(notices[0]?.text).toContain('会R8-012');
      expect(notices[0]?.text).toContain('http_500');
      expect(notices[0]?.text).not.toContain('isha');
    }
    expect(house.slack.as(PEOPLE.hanako).dm).toEqual([]);
    expect(house.mails).toEqual([]);
  });

  test('the 24 hours count from the first try, not from when mail was not yet set up', async () => {
    const house = await openHouse();
    misbehave(house, { kind: 'server-error' });
    await store(house, [mailTo('isha@example.jp')], Date.now() - 3 * DAY);
    await house.cron();
    expect(await rowsOf(house)).toMatchObject([{ state: 'waiting', attempts: 1 }]);
  });
});

test.each([400, 401, 404, 422])('%d: given up at once, and the others are sent', async (status) => {
  const house = await openHouse();
  answerTo(house, 'isha0@', () => new Response('canary: isha0@example.jp', { status }));
  await store(house, several(3));
  await house.cron(Date.now() + MINUTE);
  const rows = await rowsOf(house);
  expect(rows.map(({ state }) => state)).toEqual(['dead', 'sent', 'sent']);
  expect(rows[0]?.lastError).toBe(`http_${status}`);
  await house.delivered();
  expect(house.slack.as(PEOPLE.kenta).dm.at(-1)?.text).toContain('メール1通を送れませんでした');
  expect(house.logs.join('\n')).not.toMatch(/isha|canary/);
});

test('a redirect is not followed: the mail waits', async () => {
  const house = await openHouse();
  answerTo(
    house,
    'isha0@',
    ({ redirect }) =>
      new Response(null, {
        status: redirect === 'manual' ? 302 : 200,
        headers: { location: 'https://evil.test/' },
      }),
  );
  await store(house, several(1));
  await house.cron(Date.now() + MINUTE);
  expect(await rowsOf(house)).toMatchObject([{ state: 'waiting', lastError: 'http_302' }]);
});

test("Slack's outage does not touch the mail", async () => {
  const house = await openHouse();
  house.slack.faults = { faults: [{ method: '*', kind: 'server-error' }], enforceRates: false };
  await store(house, several(2));
  await house.cron(Date.now() + MINUTE);
  expect(house.mails).toHaveLength(2);
});

test('settled mail is removed after a week, address and all; what waits stays', async () => {
  const house = await openHouse();
  const now = Date.now();
  await store(house, several(2));
  await house.cron(now + MINUTE);
  await store(house, [mailTo('matsu@example.jp')], now + 30 * DAY);
  const removed = new Date(now + 7 * DAY + HOUR);
  removed.setUTCMinutes(30);
  await house.cron(now + 6 * DAY);
  expect(await rowsOf(house)).toHaveLength(3);
  await house.cron(removed.getTime());
  expect((await rowsOf(house)).map(({ to }) => to)).toEqual(['matsu@example.jp']);
  const { results } = await env.DB.prepare('SELECT * FROM outgoing_mail').all();
  expect(JSON.stringify(results)).not.toContain('isha');
});
