/** One mail handed to whoever carries it, and what the answer means for it. */
import type { Settings } from '../lib/env.ts';
import type { Mail } from './schema.ts';

export type MailAnswer =
  | { outcome: 'sent' }
  /** Busy, failing or silent: a later try may end otherwise. */
  | { outcome: 'later'; error: string }
  /** It will never be taken. */
  | { outcome: 'refused'; error: string };

/** Hands one mail over; never throws, whatever the other side or the network does. */
export type Mailer = (mail: Mail) => Promise<MailAnswer>;

/** What carries mail here: settings, and Cloudflare's `send_email` when it is bound. */
export interface MailWay {
  settings: Settings;
  email?: SendEmail | undefined;
}

const TIMEOUT_MS = 10_000;
const TOO_MANY_REQUESTS = 429;

/**
 * Codes of `send_email` that speak of the mail, its receiver or the sender's domain
 * (https://developers.cloudflare.com/email-service/api/send-emails/workers-api/#error-codes). All others, and those to come, may pass.
 */
const REFUSALS = new Set([
  'E_VALIDATION_ERROR',
  'E_FIELD_MISSING',
  'E_TOO_MANY_RECIPIENTS',
  'E_SENDER_NOT_VERIFIED',
  'E_SENDER_DOMAIN_NOT_AVAILABLE',
  'E_RECIPIENT_NOT_ALLOWED',
  'E_RECIPIENT_SUPPRESSED',
  'E_CONTENT_TOO_LARGE',
]);

/** The way mail goes: MAIL_API_URL where it is set, else `send_email` with MAIL_FROM; undefined when mail is not set up. */
export function mailerOf({ settings, email }: MailWay): Mailer | undefined {
  const { MAIL_API_URL: address, MAIL_FROM: from } = settings;
  if (address !== undefined) return (mail) => post(address, mail);
  if (email && from !== undefined) return (mail) => sendByBinding(email, from, mail);
  return undefined;
}

async function post(address: string, { to, subject, text, html }: Mail): Promise<MailAnswer> {
  try {
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ to, subject, text, html }),
      // A mail does not follow to an address that nobody set.
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await answer.body?.cancel();
    return readStatus(answer.status);
  } catch (error) {
    return { outcome: 'later', error: isTimeout(error) ? 'timeout' : 'unreachable' };
  }
}

function readStatus(status: number): MailAnswer {
  if (status >= 200 && status < 300) return { outcome: 'sent' };
  const isRefusal = status >= 400 && status < 500 && status !== TOO_MANY_REQUESTS;
  return { outcome: isRefusal ? 'refused' : 'later', error: `http_${status}` };
}

/** The binding writes headers and MIME parts itself, from fields. */
async function sendByBinding(
  email: SendEmail,
  from: string,
  { to, subject, text, html }: Mail,
): Promise<MailAnswer> {
  const silence = Promise.withResolvers<MailAnswer>();
  const timer = setTimeout(() => silence.resolve({ outcome: 'later', error: 'timeout' }), TIMEOUT_MS);
  const sending = email
    .send({ from, to, subject, text, ...(html === undefined ? {} : { html }) })
    .then((): MailAnswer => ({ outcome: 'sent' }), explain);
  try {
    return await Promise.race([sending, silence.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function explain(error: unknown): MailAnswer {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  // Its message may repeat the address.
  if (!/^E_[A-Z_]{1,60}$/.test(code)) return { outcome: 'later', error: 'unreachable' };
  const isRefusal = REFUSALS.has(code) || code.startsWith('E_HEADER');
  return { outcome: isRefusal ? 'refused' : 'later', error: code };
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}
