/** Signs requests to the app as Slack does: HMAC-SHA256 of `v0:timestamp:raw body`. */

/** The value of `x-slack-signature` for this body; `timestamp` is in seconds. */
export async function signBody(signingSecret: string, timestamp: number, body: string): Promise<string> {
  const encoder = new TextEncoder();
  const key = await crypto.subtle.importKey(
    'raw',
    encoder.encode(signingSecret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  const mac = await crypto.subtle.sign('HMAC', key, encoder.encode(`v0:${timestamp}:${body}`));
  const hex = Array.from(new Uint8Array(mac), (byte) => byte.toString(16).padStart(2, '0'));
  return `v0=${hex.join('')}`;
}
