/** Which way mail goes: MAIL_API_URL, Cloudflare's `send_email`, or none yet. The platform's binding is the only stand-in. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { reportUndeliveredMail } from '../../src/features/directory/jobs.ts';
import { runBatch } from '../../src/lib/db.ts';
import { parseSettings } from '../../src/lib/env.ts';
import { deliverMail } from '../../src/mail/jobs.ts';
import { enqueueMail } from '../../src/mail/outbox.ts';
import { outgoingMail } from '../../src/mail/tables.ts';
import type { Scope } from '../../src/slack/scope.ts';
import { type House, openHouse } from '../support/house.ts';
import { PEOPLE } from '../support/small-city.ts';

const DAY = 24 * 60 * 60_000;
/** Noon in Japan, of a day that is past: what is said is due at once. */
const NOON = Date.UTC(2026, 9, 6, 3);
const FROM = 'kikan@midori.example.jp';

interface Way {
  MAIL_API_URL?: string | undefined;
  MAIL_FROM?: string;
  email?: SendEmail;
}

/** A job's scope in a Worker whose mail goes this way. */
function scopeOf({ db }: House, { email, ...settings }: Way, at = NOON): Scope {
  return {
    settings: parseSettings({ ...env, MAIL_API_URL: undefined, ...settings }),
    db,
    now: new Date(at),
    origin: { surface: 'job' },
    email,
    wakeCourier: () => undefined,
    wakeIndexer: () => undefined,
  };
}

/** `send_email` as the Worker meets it: takes the fields, or throws an error with a code. */
function binding(answer: () => unknown = () => undefined) {
  const sent: unknown[] = [];
  const email: SendEmail = {
    async send(message: unknown) {
      const fault = answer();
      if (fault !== undefined) throw fault;
      sent.push(message);
      return { messageId: 'm1' };
    },
  };
  return { email, sent };
}

const errorOf = (code: string) => Object.assign(new Error('canary isha@example.jp'), { code });

async function store({ db }: House, html?: string): Promise<void> {
  const mail = { to: 'isha@example.jp', subject: 'ご案内（会R8-012）', text: '会議があります。' };
  await runBatch(db, [enqueueMail(db, [{ ...mail, ...(html ? { html } : {}) }], new Date(NOON))]);
}

const rowsOf = ({ db }: House) => db.select().from(outgoingMail);
const noticesOf = ({ slack }: House) =>
  slack
    .as(PEOPLE.kenta)
    .dm.map(({ text }) => text)
    .filter((text) => text.includes('メールを送る設定'));

describe("Cloudflare's send_email", () => {
  test('takes the fields as they are, from MAIL_FROM', async () => {
    const house = await openHouse();
    const { email, sent } = binding();
    await store(house, '<p>会議があります。</p>');
    await store(house);
    await deliverMail(scopeOf(house, { email, MAIL_FROM: FROM }));
    const fields = {
      from: FROM,
      to: 'isha@example.jp',
      subject: 'ご案内（会R8-012）',
      text: '会議があります。',
    };
    expect(sent).toEqual([{ ...fields, html: '<p>会議があります。</p>' }, fields]);
    expect((await rowsOf(house)).map(({ state }) => state)).toEqual(['sent', 'sent']);
    expect(house.mails).toEqual([]);
  });

  test('stands back where MAIL_API_URL is set', async () => {
    const house = await openHouse();
    const { email, sent } = binding();
    await store(house);
    await deliverMail(
      scopeOf(house, { email, MAIL_FROM: FROM, MAIL_API_URL: 'https://mail.test/elsewhere' }),
    );
    expect(sent).toEqual([]);
    expect(house.mails).toHaveLength(1);
  });

  test.each([
    ['E_RECIPIENT_SUPPRESSED', 'dead', 'E_RECIPIENT_SUPPRESSED'],
    ['E_SENDER_NOT_VERIFIED', 'dead', 'E_SENDER_NOT_VERIFIED'],
    ['E_HEADER_VALUE_INVALID', 'dead', 'E_HEADER_VALUE_INVALID'],
    ['E_RATE_LIMIT_EXCEEDED', 'waiting', 'E_RATE_LIMIT_EXCEEDED'],
    ['E_DAILY_LIMIT_EXCEEDED', 'waiting', 'E_DAILY_LIMIT_EXCEEDED'],
    ['E_INTERNAL_SERVER_ERROR', 'waiting', 'E_INTERNAL_SERVER_ERROR'],
    ['E_OF_NEXT_YEAR', 'waiting', 'E_OF_NEXT_YEAR'],
    ['isha@example.jp', 'waiting', 'unreachable'],
  ])('says %s: the mail is %s', async (code, state, lastError) => {
    const house = await openHouse();
    await store(house);
    const { email } = binding(() => errorOf(code));
    await deliverMail(scopeOf(house, { email, MAIL_FROM: FROM }));
    expect(await rowsOf(house)).toMatchObject([{ state, lastError }]);
    expect(house.logs.join('\n')).not.toMatch(/isha|canary/);
  });
});

describe('without a way to send', () => {
  test.each<[string, Way]>([
    ['nothing is set', {}],
    ['a sender without the binding', { MAIL_FROM: FROM }],
    ['the binding without a sender', { email: binding().email }],
  ])('%s: the mail waits, and the admins hear once a day what is to be set', async (_, way) => {
    const house = await openHouse();
    await store(house);
    const minute = async (at: number) => {
      await deliverMail(scopeOf(house, way, at));
      await reportUndeliveredMail(scopeOf(house, way, at));
      await house.delivered();
    };
    await minute(NOON);
    await minute(NOON + 60_000);
    await store(house);
    await minute(NOON + 120_000);
    expect(noticesOf(house)).toHaveLength(1);
    for (const word of ['1通', 'MAIL_API_URL', 'send_email', 'MAIL_FROM'])
      expect(noticesOf(house)[0]).toContain(word);
    await minute(NOON + DAY);
    expect(noticesOf(house)).toHaveLength(2);
    expect((await rowsOf(house)).map(({ state, attempts }) => [state, attempts])).toEqual([
      ['waiting', 0],
      ['waiting', 0],
    ]);
    await deliverMail(scopeOf(house, { MAIL_API_URL: 'https://mail.test/mail' }, NOON + 5 * DAY));
    expect(house.mails).toHaveLength(2);
  });

  test('what is given up after that wait is told all the same, with the reason', async () => {
    const house = await openHouse();
    await store(house);
    await reportUndeliveredMail(scopeOf(house, {}));
    const way = { email: binding(() => errorOf('E_RECIPIENT_SUPPRESSED')).email, MAIL_FROM: FROM };
    await deliverMail(scopeOf(house, way, NOON + 60_000));
    await reportUndeliveredMail(scopeOf(house, way, NOON + 60_000));
    await house.delivered();
    const told = house.slack.as(PEOPLE.kenta).dm.at(-1)?.text ?? '';
    expect(told).toContain('以前のメールが届かなかったため');
    expect(told).toContain('会R8-012');
    expect(told).not.toContain('isha');
  });

  test('nobody hears anything while nothing waits', async () => {
    const house = await openHouse();
    await reportUndeliveredMail(scopeOf(house, {}));
    await house.delivered();
    expect(noticesOf(house)).toEqual([]);
  });
});
