/**
 * Forms come from our own pages only. Two locks: what the browser says of the request's origin, and the form's token, which
 * only a page of the same session holds (OWASP ASVS 5.0, 3.5.1).
 */
import { timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';

/** Whether the browser says that another site sent it. A browser that says nothing (there is none today) is refused. */
export function comesFromElsewhere(c: Context, publicUrl: string): boolean {
  const origin = c.req.header('origin');
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin') return true;
  if (origin === undefined) return site !== 'same-origin';
  return origin !== new URL(publicUrl).origin;
}

/** Whether two secrets are equal; takes the same time wherever they differ. */
export function isSameSecret(one: string, other: string): boolean {
  const [first, second] = [new TextEncoder().encode(one), new TextEncoder().encode(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}
