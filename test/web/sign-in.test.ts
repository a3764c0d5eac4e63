/** "Sign in with Slack" through the front door: once, in the browser that began it, in time, for people of the city only. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { webText as text } from '../../src/web/text.ts';
import { Browser, browserOf } from '../support/browser.ts';
import { type House, openHouse } from '../support/house.ts';
import { PEOPLE } from '../support/small-city.ts';
import { importAgain, without } from '../support/staff-changes.ts';

const HOME = 'https://kikan.test';
const MINUTE_MS = 60_000;

/** Leaves for Slack and comes back with the address that Slack sends the browser to. */
async function untilCallback(house: House, browser: Browser, person: string, to = '/settings') {
  const left = await browser.send(new Request(`${HOME}/sign-in/slack?to=${encodeURIComponent(to)}`));
  const asked = new URL(left.headers.get('location') ?? '');
  return { asked, callback: await throughSlack(house, asked, person) };
}

/** What Slack answers the browser when the person agrees there. */
async function throughSlack(house: House, asked: URL, person: string): Promise<URL> {
  const page = await (await house.signIn.fetch(new Request(asked))).text();
  const body = new FormData();
  for (const [, name = '', value = ''] of page.matchAll(
    /<input type="hidden" name="([^"]*)" value="([^"]*)"/g,
  ))
    body.append(name, value.replaceAll('&amp;', '&'));
  body.append('user', person);
  const agreed = await house.signIn.fetch(
    new Request(new URL('/openid/connect/authorize', asked), { method: 'POST', body }),
  );
  return new URL(agreed.headers.get('location') ?? '');
}

const get = (browser: Browser, path: string | URL) => browser.send(new Request(new URL(path, HOME)));
const sessionsOf = async (person: string) =>
  await env.DB.prepare('SELECT count(*) AS n FROM web_session WHERE slack_user_id = ?')
    .bind(person)
    .first('n');

async function refusals(action: string): Promise<unknown[]> {
  const sql = "SELECT actor FROM audit_entry WHERE action = ? AND outcome = 'refused'";
  return (await env.DB.prepare(sql).bind(action).all()).results.map(({ actor }) => actor);
}

describe('the way to Slack', () => {
  test('carries state, nonce and a PKCE challenge, none of which is stored or set as it is', async () => {
    const house = await openHouse();
    const browser = new Browser(house);
    const { asked } = await untilCallback(house, browser, PEOPLE.kenta);
    const sent = asked.searchParams;
    expect(asked.origin).toBe('https://slack.test');
    expect(sent.get('response_type')).toBe('code');
    expect(sent.get('scope')).toBe('openid');
    expect(sent.get('code_challenge_method')).toBe('S256');
    expect(sent.get('redirect_uri')).toBe(`${HOME}/sign-in/callback`);
    for (const name of ['state', 'nonce', 'code_challenge']) expect(sent.get(name)).toMatch(/^[\w-]{43}$/);
    const [stored] = (await env.DB.prepare('SELECT * FROM sign_in_attempt').all()).results;
    const values = Object.values(stored ?? {}).map(String);
    expect(values).not.toContain(sent.get('state'));
    expect(values).not.toContain(browser.cookies.get('__Host-kikan_sign_in'));
    expect([...browser.cookies.values()]).not.toContain(sent.get('state'));
  });

  test('differs each time', async () => {
    const house = await openHouse();
    const seen = new Set<string | null>();
    for (let i = 0; i < 3; i += 1) {
      const { asked } = await untilCallback(house, new Browser(house), PEOPLE.kenta);
      for (const name of ['state', 'nonce', 'code_challenge']) seen.add(asked.searchParams.get(name));
    }
    expect(seen.size).toBe(9);
  });

  test('is refused to an address that tries too often, with the time to wait', async () => {
    const house = await openHouse();
    const at = (address: string) =>
      new Browser(house).send(
        new Request(`${HOME}/sign-in/slack`, { headers: { 'cf-connecting-ip': address } }),
      );
    for (let i = 0; i < 100; i += 1) expect((await at('192.0.2.1')).status).toBe(303);
    const refused = await at('192.0.2.1');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('600');
    expect(await refused.text()).toContain(text.signInFailed.tooMany);
    expect((await at('192.0.2.2')).status).toBe(303);
    await env.DB.prepare('UPDATE sign_in_attempt SET started_at = started_at - ?')
      .bind(11 * MINUTE_MS)
      .run();
    expect((await at('192.0.2.1')).status).toBe(303);
  });

  test('keeps no network address as it is', async () => {
    const house = await openHouse();
    await new Browser(house).send(
      new Request(`${HOME}/sign-in/slack`, { headers: { 'cf-connecting-ip': '192.0.2.77' } }),
    );
    const rows = JSON.stringify((await env.DB.prepare('SELECT * FROM sign_in_attempt').all()).results);
    expect(rows).not.toContain('192.0.2.77');
    expect(house.logs.join('\n')).not.toContain('192.0.2.77');
  });
});

describe('the way back', () => {
  test('ends in a session and at the page that was asked for', async () => {
    const house = await openHouse();
    const browser = new Browser(house);
    const { callback } = await untilCallback(house, browser, PEOPLE.kenta);
    const back = await get(browser, callback);
    expect(back.status).toBe(303);
    expect(back.headers.get('location')).toBe('/settings');
    expect((await get(browser, '/settings')).status).toBe(200);
    expect(browser.cookies.has('__Host-kikan_sign_in')).toBe(false);
  });

  test.each<[string, (callback: URL) => void]>([
    ['without a state', (callback) => callback.searchParams.delete('state')],
    ['with a state of nobody', (callback) => callback.searchParams.set('state', 'A'.repeat(43))],
    ['with an empty state', (callback) => callback.searchParams.set('state', '')],
  ])('%s is refused', async (_, change) => {
    const house = await openHouse();
    const browser = new Browser(house);
    const { callback } = await untilCallback(house, browser, PEOPLE.kenta);
    change(callback);
    const back = await get(browser, callback);
    expect(back.status).toBe(400);
    expect(await back.text()).toContain(text.signInFailed.stale);
    expect(await sessionsOf(PEOPLE.kenta)).toBe(0);
  });

  test('works once: state and code sent again are refused', async () => {
    const house = await openHouse();
    const browser = new Browser(house);
    const { callback } = await untilCallback(house, browser, PEOPLE.kenta);
    const cookie = browser.cookies.get('__Host-kikan_sign_in') ?? '';
    await get(browser, callback);
    browser.cookies.set('__Host-kikan_sign_in', cookie);
    expect((await get(browser, callback)).status).toBe(400);
    expect(await sessionsOf(PEOPLE.kenta)).toBe(1);
  });

  test('sent twice at the same moment begins one session', async () => {
    const house = await openHouse();
    const browser = new Browser(house);
    const { callback } = await untilCallback(house, browser, PEOPLE.kenta);
    const answers = await Promise.all([get(browser, callback), get(browser, callback)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 400]);
    expect(await sessionsOf(PEOPLE.kenta)).toBe(1);
  });

  test('in another browser signs nobody in there: the way of an attacker who sends a link', async () => {
    const house = await openHouse();
    const attacker = new Browser(house);
    const { callback } = await untilCallback(house, attacker, PEOPLE.ichiro);
    const victim = new Browser(house);
    await get(victim, '/sign-in/slack');
    expect((await get(victim, callback)).status).toBe(400);
    expect(victim.cookies.has('__Host-kikan_session')).toBe(false);
    const bare = new Browser(house);
    expect((await get(bare, callback)).status).toBe(400);
  });

  test('with the code of another attempt is refused, since code, nonce and PKCE belong together', async () => {
    const house = await openHouse();
    const [one, other] = [new Browser(house), new Browser(house)];
    const first = await untilCallback(house, one, PEOPLE.kenta);
    const second = await untilCallback(house, other, PEOPLE.ichiro);
    first.callback.searchParams.set('code', second.callback.searchParams.get('code') ?? '');
    const back = await get(one, first.callback);
    expect(back.status).toBe(502);
    expect(await back.text()).toContain(text.signInFailed.provider);
    expect(await sessionsOf(PEOPLE.ichiro)).toBe(0);
  });

  test('after ten minutes is too late', async () => {
    const house = await openHouse();
    const browser = new Browser(house);
    const { callback } = await untilCallback(house, browser, PEOPLE.kenta);
    await env.DB.prepare('UPDATE sign_in_attempt SET started_at = started_at - ?')
      .bind(11 * MINUTE_MS)
      .run();
    expect((await get(browser, callback)).status).toBe(400);
  });

  test('of somebody who cancelled at Slack says so and signs nobody in', async () => {
    const house = await openHouse();
    const browser = new Browser(house);
    const { callback } = await untilCallback(house, browser, '');
    expect(callback.searchParams.get('error')).toBe('access_denied');
    const back = await get(browser, callback);
    expect(back.status).toBe(400);
    expect(await back.text()).toContain(text.signInFailed.cancelled);
  });

  test('never shows or logs code, state or what Slack said', async () => {
    const house = await openHouse();
    const browser = new Browser(house);
    const { callback } = await untilCallback(house, browser, PEOPLE.kenta);
    callback.searchParams.set('code', 'canary-code');
    const page = await (await get(browser, callback)).text();
    const state = callback.searchParams.get('state') ?? 'none';
    for (const seen of [page, house.logs.join('\n')]) {
      expect(seen).not.toContain('canary-code');
      expect(seen).not.toContain(state);
    }
  });
});

describe('people without access', () => {
  test('a stranger of the workspace is told whom to ask, gets no session, and it is noted', async () => {
    const house = await openHouse();
    const browser = new Browser(house);
    const shown = await browser.signIn(PEOPLE.stranger);
    expect(shown.status).toBe(403);
    expect(shown.text).toContain(text.signInFailed.notListed);
    expect(browser.cookies.has('__Host-kikan_session')).toBe(false);
    expect(await refusals('pages.sign_in')).toEqual([PEOPLE.stranger]);
  });

  test('a guest of Slack gets no session, though listed', async () => {
    const house = await openHouse();
    expect((await new Browser(house).signIn(PEOPLE.guest)).status).toBe(403);
    expect(await refusals('pages.sign_in')).toEqual([PEOPLE.guest]);
  });

  test('somebody of another workspace with the id of one of ours gets no session', async () => {
    const house = await openHouse();
    const account = house.slack.users.find(({ id }) => id === PEOPLE.kenta);
    if (!account) throw new Error('nobody');
    account.teamId = 'T0OTHER';
    expect((await new Browser(house).signIn(PEOPLE.kenta)).status).toBe(403);
    expect(await sessionsOf(PEOPLE.kenta)).toBe(0);
  });

  test('somebody removed from the list while signed in is out with the next request, and cannot return', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.hanako);
    const cookie = browser.cookies.get('__Host-kikan_session') ?? '';
    // Without the import's own ending of sessions: the door itself has to notice.
    await env.DB.prepare('UPDATE staff SET removed_at = 1 WHERE slack_user_id = ?').bind(PEOPLE.hanako).run();
    const shown = await browser.open('/settings');
    expect(shown.path).toContain('/sign-in');
    expect(await sessionsOf(PEOPLE.hanako)).toBe(0);
    expect(await refusals('pages.enter')).toEqual([PEOPLE.hanako]);
    await env.DB.prepare('UPDATE staff SET removed_at = NULL').run();
    browser.cookies.set('__Host-kikan_session', cookie);
    expect((await get(browser, '/settings')).status).toBe(303);
  });

  test('whoever a newly loaded city file leaves out has no session any more', async () => {
    const house = await openHouse();
    await browserOf(house, PEOPLE.hanako);
    await browserOf(house, PEOPLE.kenta);
    await importAgain(house, without(PEOPLE.hanako));
    expect(await sessionsOf(PEOPLE.hanako)).toBe(0);
    expect(await sessionsOf(PEOPLE.kenta)).toBe(1);
  });

  test('the role is that of the list at each request, not that of the sign-in', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.makoto);
    expect((await get(browser, '/people')).status).toBe(200);
    await env.DB.prepare('UPDATE staff SET is_admin = 0 WHERE slack_user_id = ?').bind(PEOPLE.makoto).run();
    expect((await get(browser, '/people')).status).toBe(404);
  });
});

describe('where signing in leads to', () => {
  test.each([
    '//evil.test/',
    '/\\evil.test/',
    '\\\\evil.test',
    'https://evil.test/',
    'HTTPS:/evil.test',
    'javascript:alert(1)',
    '/.//evil.test/',
    '/%2e//evil.test/',
    '/settings/..//evil.test/',
    '/settings/%2e%2e//evil.test/',
    '/\t/evil.test',
    '/\n/evil.test',
    ' //evil.test',
    '/ok\r\nlocation: //evil.test',
    '//evil.test@kikan.test/',
    `/${'a'.repeat(600)}`,
    '',
  ])('%j never leads elsewhere', async (to) => {
    const house = await openHouse();
    const browser = new Browser(house);
    const { callback } = await untilCallback(house, browser, PEOPLE.kenta, to);
    const location = (await get(browser, callback)).headers.get('location') ?? '';
    expect(new URL(location, HOME).origin).toBe(HOME);
    expect(location).toMatch(/^\/(?!\/)/);
    const page = await (await get(new Browser(house), `/sign-in?to=${encodeURIComponent(to)}`)).text();
    for (const [, href = ''] of page.matchAll(/href="([^"]*)"/g))
      expect(new URL(href.replaceAll('&amp;', '&'), HOME).searchParams.get('to') ?? '/').toMatch(
        /^\/(?![/\\])/,
      );
  });

  test('a page with its query is kept', async () => {
    const house = await openHouse();
    const browser = new Browser(house);
    const asked = await browser.open('/people/new?center=east');
    expect(asked.path).toBe(`/sign-in?to=${encodeURIComponent('/people/new?center=east')}`);
    const shown = await browser.signIn(PEOPLE.kenta, '/people/new?center=east');
    expect(shown.path).toBe('/people/new?center=east');
  });
});
