/** What every page is answered with: nothing from elsewhere, no script but on those that say so, in no frame, kept in no cache. */
import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { PageEnv } from './page-env.ts';

/** The pages hold personal data: neither browsers nor proxies keep them, and the back button asks again. */
const NO_STORE = 'no-store, max-age=0';

/** What is downloaded runs nothing, even where a browser shows it after all. Outermost, since it adds to the policy set below. */
const sandboxDownloads: MiddlewareHandler = async (c, next) => {
  await next();
  if (!c.res.headers.get('content-disposition')?.startsWith('attachment')) return;
  const policy = c.res.headers.get('content-security-policy') ?? '';
  c.res.headers.set('content-security-policy', `${policy}; sandbox`);
};

/** Our own script on the pages that asked for it (`live.allowScript`), and what it asks of us. Outside the policy set below, too. */
const allowOwnScript: MiddlewareHandler<PageEnv> = async (c, next) => {
  await next();
  if (c.get('hasScript') !== true) return;
  const policy = c.res.headers.get('content-security-policy') ?? '';
  c.res.headers.set('content-security-policy', `${policy}; script-src 'self'; connect-src 'self'`);
};

export const protectPages: readonly MiddlewareHandler<PageEnv>[] = [
  sandboxDownloads,
  allowOwnScript,
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
    crossOriginResourcePolicy: 'same-origin',
    crossOriginOpenerPolicy: 'same-origin',
    referrerPolicy: 'same-origin',
    strictTransportSecurity: 'max-age=31536000; includeSubDomains',
    xFrameOptions: 'DENY',
    permissionsPolicy: { camera: [], microphone: [], geolocation: [] },
  }),
  async (c, next) => {
    await next();
    if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', NO_STORE);
    c.res.headers.set('x-robots-tag', 'noindex, nofollow');
  },
];
