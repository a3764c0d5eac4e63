/** Slack's signature, checked as shortly as it can be: for the Workers that the product is measured against. */

/** Slack's own limit for the age of a request. */
const TOLERANCE_SECONDS = 5 * 60;

let signingKey: Promise<CryptoKey> | undefined;

export async function isSigned(request: Request, rawBody: string, secret: string): Promise<boolean> {
  const timestamp = request.headers.get('x-slack-request-timestamp') ?? '';
  const signature = request.headers.get('x-slack-signature') ?? '';
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  signingKey ??= crypto.subtle.importKey(
    'raw',
    new TextEncoder().encode(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['verify'],
  );
  const expected = new Uint8Array(32);
  for (let i = 0; i < 32; i += 1) expected[i] = Number.parseInt(signature.slice(3 + i * 2, 5 + i * 2), 16);
  const signed = new TextEncoder().encode(`v0:${timestamp}:${rawBody}`);
  return crypto.subtle.verify('HMAC', await signingKey, expected, signed);
}
