/** The cookies of the pages. `__Host-`: set by this host only, over https (or from 127.0.0.1), for all its paths. */
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

export type CookieName = '__Host-kikan_session' | '__Host-kikan_sign_in';

/** `Lax`: a link in a Slack message brings the session along, a form of another site does not. */
const ATTRIBUTES = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const;

export function readCookie(c: Context, name: CookieName): string | undefined {
  return getCookie(c, name);
}

/** Kept until the browser is closed, or for `maxAgeSeconds`. The server ends it by itself in any case. */
export function writeCookie(c: Context, name: CookieName, value: string, maxAgeSeconds?: number): void {
  setCookie(c, name, value, { ...ATTRIBUTES, ...(maxAgeSeconds ? { maxAge: maxAgeSeconds } : {}) });
}

export function dropCookie(c: Context, name: CookieName): void {
  deleteCookie(c, name, ATTRIBUTES);
}
