/** Cloudflare Access in front of the pages: where a city set it up, nobody comes in by another way. */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { expect, test, vi } from 'vitest';
import worker from '../../src/index.ts';
import { openHouse } from '../support/house.ts';

const TEAM = 'midori.cloudflareaccess.com';
const AUDIENCE = 'a'.repeat(64);
const guarded = { ...env, ACCESS_TEAM_DOMAIN: TEAM, ACCESS_AUD: AUDIENCE };

const own = await generateKeyPair('RS256', { extractable: true });
const foreign = await generateKeyPair('RS256', { extractable: true });

async function tokenWith(
  change: { issuer?: string; audience?: string; inSeconds?: number },
  key = own.privateKey,
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const until = now + (change.inSeconds ?? 300);
  return new SignJWT({ email: 'canary@example.jp' })
    .setProtectedHeader({ alg: 'RS256', kid: 'access' })
    .setIssuer(change.issuer ?? `https://${TEAM}`)
    .setAudience(change.audience ?? AUDIENCE)
    .setIssuedAt(until - 300)
    .setExpirationTime(until)
    .sign(key);
}

/** A request into the Worker of a city with Access; its keys are answered as Cloudflare does. */
async function ask(path: string, token: string | undefined): Promise<Response> {
  const others = globalThis.fetch;
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const { href } = new URL(new Request(input, init).url);
    if (href !== `https://${TEAM}/cdn-cgi/access/certs`) return others(input, init);
    return Response.json({ keys: [{ ...(await exportJWK(own.publicKey)), kid: 'access', alg: 'RS256' }] });
  });
  const context = createExecutionContext();
  const headers: Record<string, string> = token === undefined ? {} : { 'cf-access-jwt-assertion': token };
  const answer = await worker.fetch(new Request(`https://kikan.test${path}`, { headers }), guarded, context);
  await waitOnExecutionContext(context);
  return answer;
}

test('what Access let through comes in, and still has to sign in', async () => {
  await openHouse();
  expect((await ask('/sign-in', await tokenWith({}))).status).toBe(200);
  expect((await ask('/settings', await tokenWith({}))).status).toBe(303);
});

test.each<[string, () => Promise<string | undefined>]>([
  ['without a token', async () => undefined],
  ['with an empty one', async () => ''],
  ['with one of another application', () => tokenWith({ audience: 'b'.repeat(64) })],
  ['with one of another team', () => tokenWith({ issuer: 'https://evil.cloudflareaccess.com' })],
  ['with one that has expired', () => tokenWith({ inSeconds: -3600 })],
  ['with one signed by somebody else', () => tokenWith({}, foreign.privateKey)],
  ['with what is no token', async () => 'canary'],
])('a request %s finds nothing on any page, not even the sign-in', async (_, make) => {
  const house = await openHouse();
  for (const path of ['/', '/sign-in', '/sign-in/slack', '/sign-in/callback', '/settings', '/nothing'])
    expect((await ask(path, await make())).status).toBe(404);
  expect(house.logs.join('\n')).not.toContain('canary');
});

test('Slack and the health check need no Access', async () => {
  await openHouse();
  expect((await ask('/healthz', undefined)).status).toBe(200);
  const context = createExecutionContext();
  const unsigned = new Request('https://kikan.test/slack/events', { method: 'POST', body: '{}' });
  expect((await worker.fetch(unsigned, guarded, context)).status).toBe(401);
  await waitOnExecutionContext(context);
});
