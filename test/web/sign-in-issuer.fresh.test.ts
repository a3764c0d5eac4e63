/**
 * The provider itself: what it says of its addresses and keys before anybody is sent there. The isolate remembers a provider once it
 * was believed, so those that are refused come first.
 */
import { env } from 'cloudflare:workers';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterEach, expect, test, vi } from 'vitest';
import { parseSettings } from '../../src/lib/env.ts';
import { authorizeUrl } from '../../src/web/sign-in/openid.ts';
import { webText as text } from '../../src/web/text.ts';
import { Browser } from '../support/browser.ts';
import { type House, openHouse } from '../support/house.ts';
import { PEOPLE } from '../support/small-city.ts';

const HOME = 'https://kikan.test';
const ISSUER = 'https://slack.test';

afterEach(() => vi.useRealTimers());

function discovery(base = ISSUER) {
  return {
    issuer: base,
    authorization_endpoint: `${base}/openid/connect/authorize`,
    token_endpoint: `${base}/api/openid.connect.token`,
    jwks_uri: `${base}/openid/connect/keys`,
    code_challenge_methods_supported: ['S256'],
  };
}

test.each([
  ['names another issuer', { issuer: 'https://evil.test' }],
  ['names an issuer that only begins like it', { issuer: `${ISSUER}.evil.test` }],
  ['names no issuer', { issuer: undefined }],
  [
    'sends people to sign in without TLS',
    { authorization_endpoint: 'http://slack.test/openid/connect/authorize' },
  ],
  ['takes codes without TLS', { token_endpoint: 'http://slack.test/api/openid.connect.token' }],
  ['offers its keys without TLS', { jwks_uri: 'http://slack.test/openid/connect/keys' }],
  ['sends people to a script', { authorization_endpoint: 'javascript:alert(1)' }],
])('a provider that %s is refused before anybody is sent there', async (_, change) => {
  const house = await openHouse();
  const asked: string[] = [];
  house.signIn.fetch = async (request) => {
    asked.push(new URL(request.url).pathname);
    return Response.json({ ...discovery(), ...change });
  };
  const answer = await new Browser(house).send(new Request(`${HOME}/sign-in/slack`));
  expect(answer.status).toBe(502);
  expect(answer.headers.get('location')).toBeNull();
  expect(await answer.text()).toContain(text.signInFailed.provider);
  expect(asked).toEqual(['/.well-known/openid-configuration']);
  expect(house.logs.join('\n')).toContain('discovery');
});

test('a provider on one’s own machine that has no TLS itself is believed', async () => {
  const base = 'http://127.0.0.1:3000';
  vi.spyOn(globalThis, 'fetch').mockImplementation(async () => Response.json(discovery(base)));
  const settings = parseSettings({ ...env, SLACK_ISSUER: base });
  const attempt = { state: 's', nonce: 'n', verifier: 'v', browserCookie: 'b' };
  expect(await authorizeUrl(settings, attempt)).toMatch(
    /^http:\/\/127\.0\.0\.1:3000\/openid\/connect\/authorize\?/,
  );
});

/** Signs in where the provider signs with this key and offers it alone. */
async function signInBy(
  house: House,
  kid: string,
  { privateKey, publicKey }: CryptoKeyPair,
): Promise<number> {
  let nonce = '';
  house.signIn.fetch = async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/.well-known/')) return Response.json(discovery());
    if (pathname === '/openid/connect/keys')
      return Response.json({ keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' }] });
    const id_token = await new SignJWT({
      sub: PEOPLE.kenta,
      nonce,
      'https://slack.com/user_id': PEOPLE.kenta,
      'https://slack.com/team_id': 'T0MIDORI',
    })
      .setProtectedHeader({ alg: 'RS256', kid })
      .setIssuer(ISSUER)
      .setAudience('test-client')
      .setIssuedAt()
      .setExpirationTime('5 minutes')
      .sign(privateKey);
    return Response.json({ ok: true, id_token });
  };
  const browser = new Browser(house);
  const left = await browser.send(new Request(`${HOME}/sign-in/slack`));
  const asked = new URL(left.headers.get('location') ?? '').searchParams;
  nonce = asked.get('nonce') ?? '';
  const back = new URLSearchParams({ code: 'code-1', state: asked.get('state') ?? '' });
  return (await browser.send(new Request(`${HOME}/sign-in/callback?${back}`))).status;
}

test('a key that the provider began to use since is believed seconds later', async () => {
  const house = await openHouse();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  expect(await signInBy(house, 'old', await generateKeyPair('RS256', { extractable: true }))).toBe(303);
  vi.setSystemTime(Date.now() + 2_000);
  expect(await signInBy(house, 'new', await generateKeyPair('RS256', { extractable: true }))).toBe(303);
});
