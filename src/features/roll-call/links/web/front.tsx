/** What is asked of every form of the public pages before it is read: its size, where it comes from, how often. */
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { logWarning } from '../../../../lib/log.ts';
import { type SafetyEnv, showSafetyPage, showUnknown } from './frame.tsx';
import { safetyText as text } from './text.ts';

/** A form of these pages has some hundred letters. */
const MOST_BYTES = 16 * 1024;

export const limitSafetyForms = bodyLimit({
  maxSize: MOST_BYTES,
  onError: (c) => c.text(text.tooLarge, 413),
});

/**
 * Whether the browser says that another site sent the form. Browsers send `Origin: null` from a page without referrer, and no cookie
 * is at stake: what counts is the secret in the address.
 */
export function comesFromAnotherSite(c: Context<SafetyEnv>): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  const origin = c.req.header('origin');
  if (origin === undefined || origin === 'null') return false;
  return origin !== new URL(c.get('scope').settings.PUBLIC_URL).origin;
}

/** Undefined when the body is no form. */
export async function readForm(c: Context<SafetyEnv>): Promise<FormData | undefined> {
  try {
    return await c.req.formData();
  } catch {
    return undefined;
  }
}

export function showElsewhere(c: Context<SafetyEnv>): Response | Promise<Response> {
  logWarning('safety.from_elsewhere');
  return showFault(c, text.elsewhere, 403);
}

export function showTooMany(c: Context<SafetyEnv>): Response | Promise<Response> {
  c.header('retry-after', '60');
  return showFault(c, text.tooMany, 429);
}

export function showFault(
  c: Context<SafetyEnv>,
  sentence: string,
  status: 403 | 429 | 503,
): Response | Promise<Response> {
  return showSafetyPage(c, { title: text.faultTitle, sentence, status, body: null });
}

/** The address is noted nowhere: it may be a good one with a letter too many. */
export function refuseUnknown(c: Context<SafetyEnv>): Response | Promise<Response> {
  logWarning('safety.unknown_address');
  return showUnknown(c);
}
