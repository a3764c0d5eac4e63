/**
 * Cloudflare Access in front of the pages, where a city has it: its token is verified, so that nobody gets past it by another
 * way to the Worker. https://developers.cloudflare.com/cloudflare-one/identity/authorization-cookie/validating-json/
 */
import type { MiddlewareHandler } from 'hono';
import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose';
import { logWarning } from '../lib/log.ts';
import type { PageEnv } from './page-env.ts';

const HEADER = 'cf-access-jwt-assertion';

/** Cloudflare's clock may differ by that much from a signer's. */
const CLOCK_TOLERANCE_SECONDS = 60;

const keySets = new Map<string, ReturnType<typeof createRemoteJWKSet>>();

/** Lets through what Access let through; everything, where Access is not set up. */
export const requireAccess: MiddlewareHandler<PageEnv> = async (c, next) => {
  const { ACCESS_TEAM_DOMAIN: domain, ACCESS_AUD: audience } = c.get('scope').settings;
  if (domain === undefined || audience === undefined) return next();
  const issuer = `https://${domain}`;
  try {
    await jwtVerify(c.req.header(HEADER) ?? '', keysOf(issuer), {
      issuer,
      audience,
      algorithms: ['RS256'],
      requiredClaims: ['exp', 'iat'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
    });
  } catch (error) {
    logWarning('access.refused', { error: error instanceof Error ? error.name : typeof error });
    return c.notFound();
  }
  return next();
};

function keysOf(issuer: string): ReturnType<typeof createRemoteJWKSet> {
  const known = keySets.get(issuer);
  if (known) return known;
  const keys = createRemoteJWKSet(new URL('/cdn-cgi/access/certs', issuer), {
    [customFetch]: (url: string, init: RequestInit) => fetch(url, { ...init, redirect: 'manual' }),
  });
  keySets.set(issuer, keys);
  return keys;
}
