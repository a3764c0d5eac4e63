import { createServer } from 'node:http';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { objectOf, objectsOf, parseJson, stringOf } from '../../../dev/slack/json.ts';
import { type LocalSlack, startLocalSlack } from '../../../dev/slack/server.ts';

const city = {
  name: 'みなと市',
  channels: { triage: 'C0TRIAGE', heads: 'C0HEADS', drill: 'C0BCP' },
  centers: [
    { code: 'kikan', kind: 'kikan', name: '基幹型センター', short: '基幹型', channel: 'C0TRIAGE' },
    { code: 'east', kind: 'district', name: 'ひがしセンター', short: 'ひがし', channel: 'C0EAST' },
  ],
  staff: [
    {
      slackUserId: 'U0SATO',
      name: '佐藤 花子',
      center: 'east',
      profession: '社会福祉士',
      role: 'staff',
      email: 'sato@east.example.jp',
    },
    { slackUserId: 'U0TANAKA', name: '田中 健太', center: 'kikan', profession: '保健師', role: 'manager' },
  ],
};
const redirectUri = 'http://127.0.0.1:8787/sign-in/callback';

let slack: LocalSlack;
const received: string[] = [];
const app = createServer((request, response) => {
  request.on('data', (chunk) => received.push(String(chunk)));
  request.on('end', () => response.end());
});

beforeAll(async () => {
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  const address = app.address();
  const port = typeof address === 'object' ? address?.port : 0;
  slack = await startLocalSlack({
    port: 0,
    appUrl: `http://127.0.0.1:${port}/slack/events`,
    city,
    botToken: 'xoxb-local',
    signingSecret: 'secret',
    clientId: 'client',
    clientSecret: 'hush & hush',
    channelNames: { C0EAST: 'ひがし-相談' },
    workspace: { hangMs: 100 },
  });
});

afterAll(async () => {
  await slack.close();
  app.close();
});

const get = async (path: string) => (await fetch(`${slack.url}${path}`)).json();
const postJson = (path: string, body: unknown) =>
  fetch(`${slack.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const api = (method: string, body: object) =>
  fetch(`${slack.url}/api/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer xoxb-local' },
    body: JSON.stringify(body),
  });

describe('the workspace of a city file', () => {
  it('has the staff, two outsiders and the channels with their members', async () => {
    const names = objectsOf(await get('/client/people')).map(({ name }) => name);
    expect(names).toEqual(['佐藤 花子', '田中 健太', '来客 太郎', '新人 未登録']);
    const channels = async (user: string) =>
      objectsOf(objectOf(await get(`/client/snapshot?user=${user}`)).conversations).map(({ name }) => name);
    expect(await channels('U0SATO')).toEqual(['全体', '訓練', 'ひがし-相談', 'kikan']);
    expect(await channels('U0TANAKA')).toEqual(['全体', '相談受付', 'センター長', '訓練', 'kikan']);
    expect(await channels('U0STRANGER')).toEqual(['全体', 'kikan']);
  });

  it('is refused when the city file does not fit, with the place', async () => {
    const broken = { ...city, staff: [{ name: '名無し' }] };
    await expect(
      startLocalSlack({
        ...Object.create(null),
        port: 0,
        appUrl: '',
        city: broken,
        botToken: '',
        signingSecret: '',
        clientId: '',
        clientSecret: '',
      }),
    ).rejects.toThrow('staff.0.slackUserId');
  });
});

describe('the server', () => {
  it('serves the Web API and tells the page of changes', async () => {
    const stream = await fetch(`${slack.url}/client/stream?user=U0SATO`);
    const reader = stream.body?.getReader();
    const next = async () => new TextDecoder().decode((await reader?.read())?.value);
    expect(await next()).toMatch(/^data: \{"version":\d+\}\n\n$/);
    const posted = await api('chat.postMessage', { channel: 'C0EAST', text: 'こんにちは' });
    expect(objectOf(await posted.json()).ok).toBe(true);
    expect(await next()).toMatch(/^data: /);
    await reader?.cancel();
    expect(await get('/client/messages?user=U0SATO&channel=C0EAST')).toMatchObject([
      { text: 'こんにちは', authorName: 'kikan' },
    ]);
    expect(await get('/client/messages?user=U0TANAKA&channel=C0EAST')).toEqual([]);
  });

  it('carries acts to the app and notes the traffic', async () => {
    const act = { act: 'slash', user: 'U0SATO', channel: 'C0EAST', command: '/kikan', text: '相談' };
    expect(await (await postJson('/client/act', act)).json()).toEqual({ ok: true });
    expect(received.some((body) => new URLSearchParams(body).get('text') === '相談')).toBe(true);
    const traffic = objectsOf(await get('/client/traffic?after=0'));
    expect(traffic).toContainEqual(
      expect.objectContaining({ direction: 'to-app', what: 'command', status: 200 }),
    );
    expect((await postJson('/client/act', { act: 'dance' })).status).toBe(400);
    expect((await fetch(`${slack.url}/client/snapshot?user=U0NOBODY`)).status).toBe(404);
  });

  it('drops connections where a fault says so', async () => {
    const faults = {
      faults: [{ method: 'chat.postMessage', kind: 'drop-after-accept', times: 1 }],
      enforceRates: false,
    };
    expect(await (await postJson('/client/faults', faults)).json()).toEqual(faults);
    await expect(api('chat.postMessage', { channel: 'C0BCP', text: '訓練' })).rejects.toThrow();
    expect(slack.workspace.messages('C0BCP')).toHaveLength(1);
    expect(await get('/client/faults')).toEqual({ faults: [], enforceRates: false });
  });

  it('opens the page at the place of a permalink', async () => {
    const posted = objectOf(
      await (await api('chat.postMessage', { channel: 'C0EAST', text: '相談' })).json(),
    );
    const answer = await (
      await api('chat.getPermalink', { channel: 'C0EAST', message_ts: posted.ts })
    ).json();
    const link = await fetch(stringOf(objectOf(answer).permalink), { redirect: 'manual' });
    expect(link.headers.get('location')).toBe('/?channel=C0EAST');
  });

  it('keeps mail', async () => {
    const mail = { to: 'sato@east.example.jp', subject: '点呼', text: '返事をお願いします。' };
    expect((await postJson('/mail', mail)).status).toBe(200);
    expect((await postJson('/mail', { to: 'x' })).status).toBe(400);
    expect(await get('/client/mail')).toMatchObject([mail]);
  });

  it('shows mail on a page, newest first, as text and never as markup', async () => {
    const text = '<img src=x onerror=x>\nhttp://127.0.0.1:8787/r/1?a=1&b=2 からお返事ください。';
    await postJson('/mail', { to: 'isha@example.jp', subject: '<b>会議</b>', text });
    const page = await (await fetch(`${slack.url}/mail`)).text();
    expect(page).toContain('&lt;b&gt;会議&lt;/b&gt;');
    expect(page).toContain('isha@example.jp');
    expect(page).toContain('<a href="http://127.0.0.1:8787/r/1?a=1&amp;b=2">');
    expect(page).not.toMatch(/<b>|<img/);
    expect(page.indexOf('会議')).toBeLessThan(page.indexOf('点呼'));
  });

  it('fails to take mail, and notes it in the traffic, when its faults say so', async () => {
    const mail = { to: 'isha@example.jp', subject: '会議', text: '会議があります。' };
    const kinds = ['server-error', 'rate-limited', 'drop-after-accept'];
    const before = objectsOf(await get('/client/mail')).length;
    await postJson('/client/faults', {
      faults: [
        { method: '*', kind: 'server-error' },
        ...kinds.map((kind) => ({ method: 'mail', kind, times: 1 })),
      ],
      enforceRates: false,
    });
    expect((await postJson('/mail', mail)).status).toBe(500);
    expect((await postJson('/mail', mail)).status).toBe(429);
    await expect(postJson('/mail', mail)).rejects.toThrow();
    expect((await postJson('/mail', mail)).status).toBe(200);
    await postJson('/client/faults', { faults: [], enforceRates: false });
    expect(objectsOf(await get('/client/mail'))).toHaveLength(before + 2);
    const noted = objectsOf(await get('/client/traffic?after=0')).filter(({ what }) => what === 'mail');
    expect(noted.slice(-4).map(({ status }) => status)).toEqual([500, 429, 'no answer', 200]);
    expect(noted.at(-1)?.request).toEqual(mail);
  });
});

describe('signing in with Slack', () => {
  const verifier = 'a'.repeat(43);
  const query = async (more: Record<string, string> = {}) => {
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
    return new URLSearchParams({
      response_type: 'code',
      client_id: 'client',
      scope: 'openid profile email',
      redirect_uri: redirectUri,
      state: 'st',
      nonce: 'no',
      code_challenge: Buffer.from(digest).toString('base64url'),
      code_challenge_method: 'S256',
      ...more,
    });
  };

  /** Chooses a person on the page; answers where they are sent back to. */
  async function choose(user: string): Promise<URL> {
    const page = await (await fetch(`${slack.url}/openid/connect/authorize?${await query()}`)).text();
    const hidden = [...page.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]);
    const body = new URLSearchParams([...hidden.filter(([name]) => name !== 'user'), ['user', user]]);
    const answer = await fetch(`${slack.url}/openid/connect/authorize`, {
      method: 'POST',
      body,
      redirect: 'manual',
    });
    expect(answer.status).toBe(302);
    return new URL(answer.headers.get('location') ?? '');
  }

  const redeem = async (code: string | null, more: Record<string, string> = {}) => {
    const body = new URLSearchParams({
      client_id: 'client',
      client_secret: 'hush & hush',
      code: code ?? '',
      redirect_uri: redirectUri,
      code_verifier: verifier,
      ...more,
    });
    const answer = await fetch(`${slack.url}/api/openid.connect.token`, { method: 'POST', body });
    return objectOf(await answer.json());
  };

  it('ends with an identity token that jose accepts', async () => {
    const back = await choose('U0SATO');
    expect(`${back.origin}${back.pathname}`).toBe(redirectUri);
    expect(back.searchParams.get('state')).toBe('st');
    const token = await redeem(back.searchParams.get('code'));
    const configuration = objectOf(await get('/.well-known/openid-configuration'));
    const keys = createRemoteJWKSet(new URL(stringOf(configuration.jwks_uri)));
    const { payload } = await jwtVerify(stringOf(token.id_token), keys, {
      issuer: slack.url,
      audience: 'client',
    });
    expect(payload).toMatchObject({
      sub: 'U0SATO',
      nonce: 'no',
      email: 'sato@east.example.jp',
      name: '佐藤 花子',
      'https://slack.com/team_id': 'T0KIKAN',
      'https://slack.com/user_id': 'U0SATO',
    });
    const headers = { authorization: `Bearer ${stringOf(token.access_token)}` };
    const info = await fetch(stringOf(configuration.userinfo_endpoint), { headers });
    expect(parseJson(await info.text())).toMatchObject({ ok: true, sub: 'U0SATO' });
  });

  it('redeems a code once, for the same address, secret and verifier', async () => {
    const code = async () => (await choose('U0SATO')).searchParams.get('code');
    const once = await code();
    expect(await redeem(once)).toMatchObject({ ok: true });
    expect(await redeem(once)).toEqual({ ok: false, error: 'code_already_used' });
    expect(await redeem('code-made-up')).toEqual({ ok: false, error: 'invalid_code' });
    expect(await redeem(await code(), { redirect_uri: 'http://127.0.0.1:1/x' })).toEqual({
      ok: false,
      error: 'bad_redirect_uri',
    });
    expect(await redeem(await code(), { code_verifier: 'b'.repeat(43) })).toEqual({
      ok: false,
      error: 'invalid_code_verifier',
    });
    expect(await redeem(await code(), { client_secret: 'x' })).toEqual({
      ok: false,
      error: 'bad_client_secret',
    });
  });

  it('sends back who cancels, and nobody to a foreign address', async () => {
    expect((await choose('')).searchParams.get('error')).toBe('access_denied');
    const foreign = await fetch(
      `${slack.url}/openid/connect/authorize?${await query({ redirect_uri: 'https://evil.example/' })}`,
    );
    expect(foreign.status).toBe(400);
    const unknown = await fetch(
      `${slack.url}/openid/connect/authorize?${await query({ client_id: 'other' })}`,
    );
    expect(unknown.status).toBe(400);
  });
});
