/** Sessions of the pages: how long they live, what ends them, and that nobody else can use them. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { webText as text } from '../../src/web/text.ts';
import { Browser, browserOf, formOf } from '../support/browser.ts';
import { openHouse } from '../support/house.ts';
import { PEOPLE } from '../support/small-city.ts';
import { everythingStored } from '../support/stored.ts';

const HOME = 'https://kikan.test';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SESSION = '__Host-kikan_session';

const get = (browser: Browser, path: string) => browser.send(new Request(new URL(path, HOME)));
const countOf = async (table: string) =>
  await env.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first('n');

async function age(column: 'seen_at' | 'started_at', ms: number): Promise<void> {
  await env.DB.prepare(`UPDATE web_session SET ${column} = ${column} - ?`).bind(ms).run();
}

describe('the cookie', () => {
  test('is for this host alone, over https, out of reach of scripts and of forms elsewhere', async () => {
    const house = await openHouse();
    const browser = new Browser(house);
    const lines: string[] = [];
    const send = browser.send.bind(browser);
    browser.send = async (request) => {
      const answer = await send(request);
      lines.push(...answer.headers.getSetCookie());
      return answer;
    };
    await browser.signIn(PEOPLE.kenta);
    const set = lines.filter((line) => !/max-age=0/i.test(line));
    expect(set).toHaveLength(2);
    for (const line of set) {
      const attributes = line
        .split(';')
        .slice(1)
        .map((part) => part.trim().toLowerCase());
      expect(line).toMatch(/^__Host-/);
      expect(attributes).toEqual(expect.arrayContaining(['path=/', 'secure', 'httponly', 'samesite=lax']));
      expect(attributes.join()).not.toContain('domain');
    }
    const session = set.find((line) => line.startsWith(SESSION)) ?? '';
    expect(session).not.toMatch(/max-age|expires/i);
    expect(session).toMatch(/^__Host-kikan_session=[\w-]{43};/);
  });

  test('is stored nowhere: the database alone signs nobody in', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.kenta);
    const cookie = browser.cookies.get(SESSION) ?? 'none';
    const stored = await everythingStored();
    expect(stored).not.toContain(cookie);
    const id = await env.DB.prepare('SELECT id FROM web_session').first<string>('id');
    browser.cookies.set(SESSION, String(id));
    expect((await get(browser, '/settings')).status).toBe(303);
  });

  test.each(['', 'x', 'A'.repeat(43), "' OR 1=1 --", 'A'.repeat(5000)])('%j is nobody’s', async (value) => {
    const house = await openHouse();
    const browser = new Browser(house);
    browser.cookies.set(SESSION, value);
    expect((await get(browser, '/settings')).status).toBe(303);
  });
});

describe('a session', () => {
  test('begins with a new id at each sign-in, and the one before is dead', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.kenta);
    const before = browser.cookies.get(SESSION) ?? '';
    await browser.signIn(PEOPLE.kenta);
    expect(browser.cookies.get(SESSION)).not.toBe(before);
    const old = new Browser(house);
    old.cookies.set(SESSION, before);
    expect((await get(old, '/settings')).status).toBe(303);
    expect(await countOf('web_session')).toBe(1);
  });

  test('cannot be fixed beforehand: a cookie planted by somebody else never becomes valid', async () => {
    const house = await openHouse();
    const planted = 'B'.repeat(43);
    const victim = new Browser(house);
    victim.cookies.set(SESSION, planted);
    await victim.signIn(PEOPLE.kenta);
    expect(victim.cookies.get(SESSION)).not.toBe(planted);
    const attacker = new Browser(house);
    attacker.cookies.set(SESSION, planted);
    expect((await get(attacker, '/settings')).status).toBe(303);
  });

  test('of another person in the same browser ends when somebody signs in there', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.kenta);
    await browser.signIn(PEOPLE.hanako);
    expect((await browser.open('/settings')).text).toContain('佐藤 花子');
    expect(await countOf('web_session')).toBe(1);
  });

  test('lives through 29 minutes without a request, not through 31; a request begins the time anew', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.kenta);
    await age('seen_at', 29 * MINUTE_MS);
    expect((await get(browser, '/settings')).status).toBe(200);
    await age('seen_at', 29 * MINUTE_MS);
    expect((await get(browser, '/settings')).status).toBe(200);
    await age('seen_at', 31 * MINUTE_MS);
    const shown = await browser.open('/settings');
    expect(shown.path).toContain('/sign-in');
    expect(shown.text).toContain(text.signIn.expired);
  });

  test('ends after twelve hours however busy', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.kenta);
    await age('started_at', 12 * HOUR_MS - MINUTE_MS);
    expect((await get(browser, '/settings')).status).toBe(200);
    await age('started_at', 2 * MINUTE_MS);
    expect((await get(browser, '/settings')).status).toBe(303);
  });

  test('that has ended is not revived by the request that finds it so', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.kenta);
    await age('seen_at', 31 * MINUTE_MS);
    for (let i = 0; i < 3; i += 1) expect((await get(browser, '/settings')).status).toBe(303);
  });

  test('is not kept alive by what needs none: style sheet and sign-in page', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.kenta);
    await age('seen_at', 20 * MINUTE_MS);
    const before = await env.DB.prepare('SELECT seen_at AS at FROM web_session').first('at');
    await get(browser, '/sign-in');
    const style = /href="(\/style-[^"]*)"/.exec(browser.shown?.html ?? '')?.[1] ?? '/style';
    await get(browser, style);
    expect(await env.DB.prepare('SELECT seen_at AS at FROM web_session').first('at')).toBe(before);
  });

  test('ends with signing out, in the database too; the cookie goes, and the back button finds nothing kept', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.kenta);
    const page = await browser.open('/settings');
    expect(page.headers.get('cache-control')).toContain('no-store');
    const cookie = browser.cookies.get(SESSION) ?? '';
    const shown = await browser.post('/sign-out', formOf(page, '/sign-out').fields);
    expect(shown.text).toContain(text.signIn.signedOut);
    expect(browser.cookies.has(SESSION)).toBe(false);
    expect(await countOf('web_session')).toBe(0);
    browser.cookies.set(SESSION, cookie);
    expect((await get(browser, '/settings')).status).toBe(303);
  });

  test('is not ended by a link or by another site', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.kenta);
    expect((await get(browser, '/sign-out')).status).toBe(404);
    const forged = await browser.post('/sign-out', [], {
      origin: 'https://evil.test',
      'sec-fetch-site': 'cross-site',
    });
    expect(forged.status).toBe(403);
    expect((await get(browser, '/settings')).status).toBe(200);
  });

  test('ends on every device when its person wants that, and only hers', async () => {
    const house = await openHouse();
    const [office, phone, other] = [
      await browserOf(house, PEOPLE.hanako),
      await browserOf(house, PEOPLE.hanako),
      await browserOf(house, PEOPLE.kenta),
    ];
    await office.open('/settings');
    const shown = await office.fillAndSend({}, '/settings/sign-out-everywhere');
    expect(shown.text).toContain(text.signIn.signedOut);
    expect((await get(phone, '/settings')).status).toBe(303);
    expect((await get(office, '/settings')).status).toBe(303);
    expect((await get(other, '/settings')).status).toBe(200);
  });

  test('that is over is forgotten within the hour, tries to sign in too; those in use stay', async () => {
    const house = await openHouse();
    await browserOf(house, PEOPLE.hanako);
    await age('seen_at', 31 * MINUTE_MS);
    await env.DB.prepare('UPDATE sign_in_attempt SET started_at = started_at - ?')
      .bind(11 * MINUTE_MS)
      .run();
    const browser = await browserOf(house, PEOPLE.kenta);
    const hour = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
    await house.cron(hour + HOUR_MS + 34 * MINUTE_MS);
    expect(await countOf('web_session')).toBe(2);
    await house.cron(hour + HOUR_MS + 35 * MINUTE_MS);
    expect(await countOf('web_session')).toBe(1);
    expect(await countOf('sign_in_attempt')).toBe(1);
    expect((await get(browser, '/settings')).status).toBe(200);
  });
});
