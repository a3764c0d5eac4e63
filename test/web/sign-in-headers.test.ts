/** What every answer of the pages carries, whatever it answers: nothing from elsewhere, no script, in no frame, in no cache. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { Browser, browserOf } from '../support/browser.ts';
import { type House, openHouse } from '../support/house.ts';
import { PEOPLE } from '../support/small-city.ts';

const HOME = 'https://kikan.test';
const OWN = { origin: HOME, 'sec-fetch-site': 'same-origin' };

function expectLocked({ headers }: Response): void {
  const policy = headers.get('content-security-policy') ?? '';
  for (const rule of [
    "default-src 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ])
    expect(policy).toContain(rule);
  expect(policy).not.toMatch(/unsafe|script-src|\*/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-frame-options')).toBe('DENY');
  expect(headers.get('referrer-policy')).toBe('same-origin');
  expect(headers.get('strict-transport-security')).toMatch(/max-age=31536000/);
  expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
  expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  expect(headers.get('x-robots-tag')).toContain('noindex');
  expect(headers.get('access-control-allow-origin')).toBeNull();
  expect(headers.get('x-powered-by')).toBeNull();
}

type Asked = [what: string, status: number, ask: (browser: Browser) => Promise<Response>];

const get = (path: string) => (browser: Browser) => browser.send(new Request(`${HOME}${path}`));
const send =
  (method: string, path: string, headers: Record<string, string> = OWN) =>
  (browser: Browser) =>
    browser.send(new Request(`${HOME}${path}`, { method, headers }));

const SIGNED_IN: readonly Asked[] = [
  ['a page', 200, get('/settings')],
  ['a page that does not exist', 404, get('/nothing')],
  ['a page asked for its head', 200, send('HEAD', '/settings')],
  ['a form of another site', 403, send('POST', '/modal/submit', { origin: 'https://evil.test' })],
  ['what is no form', 400, send('POST', '/modal/submit')],
  ['PUT', 405, send('PUT', '/settings')],
  ['PATCH', 405, send('PATCH', '/settings')],
  ['DELETE', 405, send('DELETE', '/settings')],
  ['OPTIONS from elsewhere', 405, send('OPTIONS', '/settings', { origin: 'https://evil.test' })],
  ['a form whose address is a page only', 404, (browser) => postForm(browser, '/people')],
];
const SIGNED_OUT: readonly Asked[] = [
  ['a page', 303, get('/settings')],
  ['a page that does not exist', 303, get('/nothing')],
  ['the sign-in page', 200, get('/sign-in')],
  ['leaving for Slack', 303, get('/sign-in/slack')],
  ['coming back with nothing', 400, get('/sign-in/callback')],
  ['DELETE', 405, send('DELETE', '/settings')],
  ['a stale style sheet', 404, get('/style-000000000000.css')],
];

async function postForm(browser: Browser, path: string): Promise<Response> {
  const page = await browser.open('/settings');
  const token = /name="form_token" value="([^"]*)"/.exec(page.html)?.[1] ?? '';
  const body = new FormData();
  body.append('form_token', token);
  return browser.send(new Request(`${HOME}${path}`, { method: 'POST', body, headers: OWN }));
}

async function expectAnswers(house: House, browser: Browser, asked: readonly Asked[]): Promise<void> {
  for (const [what, status, ask] of asked) {
    const answer = await ask(browser);
    expect([what, answer.status]).toEqual([what, status]);
    expectLocked(answer);
    if (status !== 200 || !what.includes('style'))
      expect(answer.headers.get('cache-control')).toContain('no-store');
  }
  expect(house.logs.join('\n')).not.toContain('request.failed');
}

test('stand on every answer to somebody signed in', async () => {
  const house = await openHouse();
  await expectAnswers(house, await browserOf(house, PEOPLE.kenta), SIGNED_IN);
});

test('stand on every answer to somebody not signed in', async () => {
  const house = await openHouse();
  await expectAnswers(house, new Browser(house), SIGNED_OUT);
});

test('stand on the page of a fault of ours, which tells nothing of it', async () => {
  const house = await openHouse();
  const browser = await browserOf(house, PEOPLE.kenta);
  await env.DB.prepare('ALTER TABLE absence RENAME TO gone').run();
  const answer = await get('/settings/absence')(browser);
  expect(answer.status).toBe(500);
  expectLocked(answer);
  expect(await answer.text()).not.toMatch(/absence|SQLITE|D1_|Error|at \w+/);
});

test('a page’s own style is the only thing that caches may keep', async () => {
  const house = await openHouse();
  const browser = await browserOf(house, PEOPLE.kenta);
  const page = await browser.open('/settings');
  const style = /href="(\/style-[^"]*)"/.exec(page.html)?.[1] ?? '';
  const answer = await get(style)(new Browser(house));
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toContain('immutable');
  expectLocked(answer);
  expect(page.html).not.toMatch(/<script|style="|\son\w+="|javascript:/);
});

test('405 names what may be used', async () => {
  const house = await openHouse();
  const answer = await send('PUT', '/settings')(new Browser(house));
  expect(answer.headers.get('allow')).toBe('GET, HEAD, POST');
});

describe('a path with tricks', () => {
  test.each([
    '/settings/../people',
    '/%2e%2e/people',
    '/settings/..%2fpeople',
    '/settings/deadlines/',
    '/settings/%00',
    '/people/staff/..%2f..%2fsettings',
    '/SETTINGS',
    '//people',
    '/people;/x',
    '/settings/settings.deadlines',
    `/people/staff/${'A'.repeat(3000)}`,
  ])('%s gives district staff nothing of the admins, and no fault', async (path) => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.hanako);
    const answer = await browser.send(new Request(`${HOME}${path}`));
    expect([200, 303, 404]).toContain(answer.status);
    const body = await answer.text();
    expect(body).not.toContain('U0KENTA');
    expect(body).not.toContain('期限: ');
    expect(house.logs.join('\n')).not.toContain('request.failed');
  });
});
