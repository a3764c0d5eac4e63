/** Forms come from our own pages, of the same session; what was typed is not lost when the session ended meanwhile. */
import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { webText as text } from '../../src/web/text.ts';
import { type Browser, browserOf, formOf, type Shown } from '../support/browser.ts';
import { type House, openHouse } from '../support/house.ts';
import { PEOPLE } from '../support/small-city.ts';

const HOME = 'https://kikan.test';
const CANARY = '77営業日';
const FORM = '/modal/submit';
const OWN = { origin: HOME, 'sec-fetch-site': 'same-origin' };

const fromElsewhere = { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' };

/** The form 期限, filled in with a value that nobody else would type. */
async function filledForm(house: House): Promise<{ browser: Browser; fields: [string, string][] }> {
  const browser = await browserOf(house, PEOPLE.kenta);
  const form = formOf(await browser.open('/settings/deadlines'), FORM);
  const fields = form.fields.map(([name, value]): [string, string] =>
    name === 'field:closing' ? [name, CANARY] : [name, value],
  );
  return { browser, fields };
}

const without = (fields: [string, string][], name: string) => fields.filter(([each]) => each !== name);
const deadlines = async () => await env.DB.prepare('SELECT deadlines FROM city').first('deadlines');

describe('a form from elsewhere', () => {
  test.each<[string, Record<string, string>]>([
    ['of another site', fromElsewhere],
    ['of another site, by an old browser', { origin: 'https://evil.test' }],
    [
      'of a neighbour on the same domain',
      { origin: 'https://other.kikan.test', 'sec-fetch-site': 'same-site' },
    ],
    ['of a sandboxed frame', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['with an origin that only looks like ours', { origin: 'https://kikan.test.evil.test' }],
    ['over http', { origin: 'http://kikan.test' }],
    ['that says nothing of its origin', {}],
    ['that says ours but was sent from another site', { origin: HOME, 'sec-fetch-site': 'cross-site' }],
  ])('%s is refused, changes nothing and shows nothing of what it holds', async (_, headers) => {
    const house = await openHouse();
    const { browser, fields } = await filledForm(house);
    const shown = await browser.post(FORM, fields, headers);
    expect(shown.status).toBe(403);
    expect(shown.text).toContain(text.elsewhere.body);
    expect(shown.html).not.toContain(CANARY);
    expect(await deadlines()).toBeNull();
  });

  test('is refused also where nobody is signed in', async () => {
    const house = await openHouse();
    const { browser, fields } = await filledForm(house);
    browser.cookies.clear();
    const shown = await browser.post(FORM, fields, fromElsewhere);
    expect(shown.status).toBe(403);
    expect(shown.html).not.toContain(CANARY);
  });
});

describe('the token', () => {
  const other = 'A'.repeat(43);
  test.each<[string, (fields: [string, string][]) => [string, string][]]>([
    ['missing', (fields) => without(fields, 'form_token')],
    ['empty', (fields) => [['form_token', ''], ...without(fields, 'form_token')]],
    ['of another session', (fields) => [['form_token', other], ...without(fields, 'form_token')]],
  ])('%s: nothing is changed, the text is offered again and can be sent from there', async (_, change) => {
    const house = await openHouse();
    const { browser, fields } = await filledForm(house);
    const shown = await browser.post(FORM, change(fields));
    expect(shown.status).toBe(409);
    expect(shown.text).toContain(CANARY);
    expect(await deadlines()).toBeNull();
    const again = await browser.fillAndSend({}, FORM);
    expect(again.status).toBe(200);
    expect(await deadlines()).toContain('77営業日');
  });

  test('differs by session and from the cookie', async () => {
    const house = await openHouse();
    const token = async () => {
      const browser = await browserOf(house, PEOPLE.kenta);
      const form = formOf(await browser.open('/settings'), '/sign-out');
      const value = form.fields.find(([name]) => name === 'form_token')?.[1];
      expect(value).not.toBe(browser.cookies.get('__Host-kikan_session'));
      return value;
    };
    expect(await token()).not.toBe(await token());
  });
});

describe('after the session has ended', () => {
  const endSessions = () => env.DB.prepare('UPDATE web_session SET seen_at = 1').run();

  test('what was chosen is shown in its words beside what was typed, each with its label', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.hanako);
    await browser.open('/cases/new');
    await endSessions();
    const shown = await browser.fillAndSend({ 緊急度: '通常', 相談内容: '一行目' });
    expect(shown.status).toBe(401);
    expect(shown.text).toMatch(/緊急度\s*通常/);
    expect(shown.text).toMatch(/相談内容\s*一行目/);
    expect(shown.text).not.toMatch(/individual|normal/);
  });

  test('all that was typed stays on the page, and is stored after signing in again', async () => {
    const house = await openHouse();
    const { browser, fields } = await filledForm(house);
    await endSessions();
    const shown = await browser.post(FORM, fields);
    expect(shown.status).toBe(401);
    expect(shown.text).toContain(text.again.signedOut);
    expect(shown.text).toContain(CANARY);
    expect(await deadlines()).toBeNull();
    const kept = new Map(formOf(shown, FORM).fields);
    for (const [name, value] of without(fields, 'form_token')) expect(kept.get(name)).toBe(value);
    expect(kept.has('form_token')).toBe(false);
    const link = /href="(\/sign-in\?to=[^"]*)"[^>]*target="_blank"/.exec(shown.html)?.[1] ?? '';
    expect(link).toBe(`/sign-in?to=${encodeURIComponent('/settings')}`);

    const page: Shown = shown;
    await browser.signIn(PEOPLE.kenta);
    browser.shown = page;
    const asked = await browser.fillAndSend({}, FORM);
    expect(asked.status).toBe(409);
    expect(asked.text).toContain(text.again.otherSession);
    expect((await browser.fillAndSend({}, FORM)).status).toBe(200);
    expect(await deadlines()).toContain('77営業日');
  });

  test('sent again without signing in it is kept once more', async () => {
    const house = await openHouse();
    const { browser, fields } = await filledForm(house);
    await endSessions();
    await browser.post(FORM, fields);
    const again = await browser.fillAndSend({}, FORM);
    expect(again.status).toBe(401);
    expect(again.text).toContain(CANARY);
  });

  test('what somebody typed who may no longer enter stays on the page, too, and nothing is stored', async () => {
    const house = await openHouse();
    const { browser, fields } = await filledForm(house);
    await env.DB.prepare('UPDATE staff SET removed_at = 1 WHERE slack_user_id = ?').bind(PEOPLE.kenta).run();
    const shown = await browser.post(FORM, fields);
    expect(shown.status).toBe(401);
    expect(shown.text).toContain(CANARY);
    expect(shown.text).not.toContain('田中');
    expect(await deadlines()).toBeNull();
    expect(await env.DB.prepare('SELECT count(*) AS n FROM web_session').first('n')).toBe(0);
  });

  test('line breaks, markup and quotes come back as they were typed', async () => {
    const house = await openHouse();
    const { browser, fields } = await filledForm(house);
    await endSessions();
    const typed = '一行目\r\n<script>alert("1")</script> \'&amp; 二行目';
    const shown = await browser.post(FORM, [...without(fields, 'field:closing'), ['field:closing', typed]]);
    expect(shown.html).not.toContain('<script>');
    expect(new Map(formOf(shown, FORM).fields).get('field:closing')?.replaceAll('\r\n', '\n')).toBe(
      typed.replaceAll('\r\n', '\n'),
    );
  });

  test('the address with its query is kept, and a way back that leads elsewhere is not', async () => {
    const house = await openHouse();
    const { browser } = await filledForm(house);
    await endSessions();
    const shown = await browser.post('/cases/R8-0001/do/answer?about=x%22%3E', [['back', '//evil.test']]);
    expect(formOf(shown, '/cases/R8-0001/do/answer').action).toBe('/cases/R8-0001/do/answer?about=x%22%3E');
    expect(shown.html).toContain(`/sign-in?to=${encodeURIComponent('/')}"`);
  });

  test('a file that was chosen is said to be lost, since no page can keep it', async () => {
    const house = await openHouse();
    const { browser } = await filledForm(house);
    await endSessions();
    const file = new File(['{}'], 'city.json', { type: 'application/json' });
    const shown = await browser.post('/people/file/check', [['file', file]]);
    expect(shown.status).toBe(401);
    expect(shown.text).toContain(text.again.files);
  });
});

describe('what is no form', () => {
  const send = async (browser: Browser, init: RequestInit) =>
    browser.send(new Request(`${HOME}${FORM}`, { method: 'POST', ...init }));

  test.each([
    ['JSON', 'application/json', '{"form_token":"x"}'],
    ['plain text', 'text/plain', 'form_token=x'],
    ['a form cut short', 'multipart/form-data; boundary=x', '--x\r\ncontent-disp'],
    ['no type at all', '', 'form_token=x'],
  ])('%s is refused without a fault of ours', async (_, type, body) => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.kenta);
    const answer = await send(browser, {
      body: new TextEncoder().encode(body),
      headers: { ...OWN, ...(type ? { 'content-type': type } : {}) },
    });
    expect([400, 409]).toContain(answer.status);
    expect(house.logs.join('\n')).not.toContain('request.failed');
    expect(await deadlines()).toBeNull();
  });

  test('a body beyond all files is refused as too large, signed in or not', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.kenta);
    const body = new Uint8Array(11 * 1024 * 1024 + 1);
    const headers = { ...OWN, 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await send(browser, { body, headers });
    expect(answer.status).toBe(413);
    expect(await answer.text()).toContain(text.tooLarge.body);
    browser.cookies.clear();
    expect((await send(browser, { body, headers })).status).toBe(413);
  });

  test('a body that does not say how long it is is measured while it comes', async () => {
    const house = await openHouse();
    const browser = await browserOf(house, PEOPLE.kenta);
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        sent += 1;
        if (sent > 12) controller.close();
        else controller.enqueue(new Uint8Array(1024 * 1024));
      },
    });
    const answer = await send(browser, {
      body,
      headers: { ...OWN, 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(answer.status).toBe(413);
  });
});
