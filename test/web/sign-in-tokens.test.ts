/** The provider's word: what jose and we demand of the ID token before anybody is believed. */
import { env } from 'cloudflare:workers';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { expect, test } from 'vitest';
import { webText as text } from '../../src/web/text.ts';
import { Browser } from '../support/browser.ts';
import { type House, openHouse } from '../support/house.ts';
import { PEOPLE } from '../support/small-city.ts';

const HOME = 'https://kikan.test';
const ISSUER = 'https://slack.test';
const SECOND = 1;
const HOUR = 3600 * SECOND;

// One pair for the file: the isolate remembers the provider's keys.
const own = await generateKeyPair('RS256', { extractable: true });
const foreign = await generateKeyPair('RS256', { extractable: true });

interface Token {
  claims: JWTPayload;
  issuer: string;
  audience: string;
  issuedAt: number;
  expiresAt: number | undefined;
}

type Maker = (token: Token) => Promise<unknown>;

const signed = async ({ claims, issuer, audience, issuedAt, expiresAt }: Token, key = own.privateKey) => {
  const jwt = new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(issuedAt);
  return { ok: true, id_token: await (expiresAt ? jwt.setExpirationTime(expiresAt) : jwt).sign(key) };
};

/** Slack, answering the code with a token of the test's making. */
function provideToken(house: House, make: Maker): { nonce: string; bodies: URLSearchParams[] } {
  const seen = { nonce: '', bodies: [] as URLSearchParams[] };
  house.signIn.fetch = async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/.well-known/'))
      return Response.json({
        issuer: ISSUER,
        authorization_endpoint: `${ISSUER}/openid/connect/authorize`,
        token_endpoint: `${ISSUER}/api/openid.connect.token`,
        jwks_uri: `${ISSUER}/openid/connect/keys`,
        code_challenge_methods_supported: ['S256'],
      });
    if (pathname === '/openid/connect/keys')
      return Response.json({
        keys: [{ ...(await exportJWK(own.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }],
      });
    seen.bodies.push(new URLSearchParams(new TextDecoder().decode(await request.arrayBuffer())));
    const now = Math.floor(Date.now() / 1000);
    return Response.json(
      await make({
        claims: {
          sub: PEOPLE.kenta,
          nonce: seen.nonce,
          'https://slack.com/user_id': PEOPLE.kenta,
          'https://slack.com/team_id': 'T0MIDORI',
        },
        issuer: ISSUER,
        audience: 'test-client',
        issuedAt: now,
        expiresAt: now + 300,
      }),
    );
  };
  return seen;
}

async function signInWith(make: Maker) {
  const house = await openHouse();
  const seen = provideToken(house, make);
  const browser = new Browser(house);
  const left = await browser.send(new Request(`${HOME}/sign-in/slack`));
  const asked = new URL(left.headers.get('location') ?? '').searchParams;
  seen.nonce = asked.get('nonce') ?? '';
  const back = new URLSearchParams({ code: 'code-1', state: asked.get('state') ?? '' });
  const answer = await browser.send(new Request(`${HOME}/sign-in/callback?${back}`));
  return { house, answer, asked, seen, body: await answer.text() };
}

test('a token as Slack makes it is believed; the code goes out with the verifier behind the challenge', async () => {
  const { answer, asked, seen } = await signInWith((token) => signed(token));
  expect(answer.status).toBe(303);
  const [sent] = seen.bodies;
  const digest = await crypto.subtle.digest(
    'SHA-256',
    new TextEncoder().encode(sent?.get('code_verifier') ?? ''),
  );
  const challenge = btoa(String.fromCharCode(...new Uint8Array(digest)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
  expect(asked.get('code_challenge')).toBe(challenge);
  expect(sent?.get('grant_type')).toBe('authorization_code');
  expect(sent?.get('redirect_uri')).toBe(`${HOME}/sign-in/callback`);
});

const changed =
  (change: (token: Token) => Partial<Token>): Maker =>
  (token) =>
    signed({ ...token, ...change(token) });
const claiming = (claims: JWTPayload): Maker =>
  changed((token) => ({ claims: { ...token.claims, ...claims } }));
const lacking = (...names: string[]): Maker =>
  changed(({ claims }) => ({
    claims: Object.fromEntries(Object.entries(claims).filter(([name]) => !names.includes(name))),
  }));

test.each<[string, Maker]>([
  ['of another issuer', changed(() => ({ issuer: 'https://evil.test' }))],
  ['for another app', changed(() => ({ audience: 'other-client' }))],
  [
    'that has expired',
    changed(({ issuedAt }) => ({ issuedAt: issuedAt - 2 * HOUR, expiresAt: issuedAt - HOUR })),
  ],
  ['that never expires', changed(() => ({ expiresAt: undefined }))],
  ['that is hours old though not expired', changed(({ issuedAt }) => ({ issuedAt: issuedAt - 2 * HOUR }))],
  [
    'from the future',
    changed(({ issuedAt }) => ({ issuedAt: issuedAt + HOUR, expiresAt: issuedAt + 2 * HOUR })),
  ],
  ['with the nonce of another attempt', claiming({ nonce: 'A'.repeat(43) })],
  ['without a nonce', lacking('nonce')],
  ['without a person', lacking('https://slack.com/user_id')],
  ['without a workspace', lacking('https://slack.com/team_id')],
  ['with a person that is no text', claiming({ 'https://slack.com/user_id': [PEOPLE.kenta] })],
  ['signed with a key of somebody else', (token) => signed(token, foreign.privateKey)],
  [
    'that is not signed at all',
    async ({ claims, issuedAt }) => ({
      ok: true,
      id_token: new UnsecuredJWT(claims)
        .setIssuer(ISSUER)
        .setAudience('test-client')
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + 300)
        .encode(),
    }),
  ],
  [
    "signed by the provider's public key taken for a secret",
    async ({ claims, issuedAt }) => ({
      ok: true,
      id_token: await new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
        .setIssuer(ISSUER)
        .setAudience('test-client')
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + 300)
        .sign(new TextEncoder().encode(JSON.stringify(await exportJWK(own.publicKey)))),
    }),
  ],
  ['that is no token', async () => ({ ok: true, id_token: 'canary' })],
  ['that Slack did not give', async () => ({ ok: false, error: 'invalid_code' })],
  ['in an answer of Slack that is none', async () => 'canary'],
])('a token %s signs nobody in', async (_, make) => {
  const { house, answer, body } = await signInWith(make);
  expect(answer.status).toBe(502);
  expect(body).toContain(text.signInFailed.provider);
  expect(answer.headers.getSetCookie().join()).not.toContain('kikan_session');
  expect(await env.DB.prepare('SELECT count(*) AS n FROM web_session').first('n')).toBe(0);
  expect(`${body}${house.logs.join('\n')}`).not.toContain('canary');
});

test('a person who only claims to be of the workspace by another claim is judged by Slack’s', async () => {
  const { answer } = await signInWith(
    claiming({ 'https://slack.com/team_id': 'T0OTHER', team_id: 'T0MIDORI' }),
  );
  expect(answer.status).toBe(403);
});
