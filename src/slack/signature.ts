/**
 * Proves that a request comes from Slack (https://docs.slack.dev/authentication/verifying-requests-from-slack).
 * The same request can be sent again inside the five minutes: what it does must therefore happen once by its own key.
 */

/** Slack's own limit for the age of a request; a time stamp from the future is as suspect as one from the past. */
const TOLERANCE_SECONDS = 5 * 60;

/** The signing key, imported once an isolate. */
export function importSigningSecret(secret: string): Promise<CryptoKey> {
  return crypto.subtle.importKey(
    'raw',
    new TextEncoder().encode(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['verify'],
  );
}

export async function isFromSlack(
  key: CryptoKey,
  headers: Headers,
  rawBody: string,
  now: Date,
): Promise<boolean> {
  const timestamp = headers.get('x-slack-request-timestamp') ?? '';
  const signature = /^v0=([0-9a-f]{64})$/.exec(headers.get('x-slack-signature') ?? '')?.[1];
  if (!signature || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const expected = Uint8Array.from({ length: 32 }, (_, i) =>
    Number.parseInt(signature.slice(i * 2, i * 2 + 2), 16),
  );
  // subtle.verify compares in constant time.
  return crypto.subtle.verify('HMAC', key, expected, new TextEncoder().encode(`v0:${timestamp}:${rawBody}`));
}
