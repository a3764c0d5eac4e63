/** Envelope encryption written by hand: what any Worker that keeps the promise has to do for one consultation. */
import { Buffer } from 'node:buffer';
import type { Row } from './row.ts';

const WRAPPING_KEY = new Uint8Array(32).fill(7);
let wrapping: Promise<CryptoKey> | undefined;
let hashing: Promise<CryptoKey> | undefined;

/** Fresh ciphertexts of the sample's sizes for every sealed column of `content`, and the wrapped key that opens them. */
export async function sealLike(
  content: Row,
  keyRow: Row,
  id: string,
): Promise<{ content: Row; keyRow: Row }> {
  wrapping ??= importKey(WRAPPING_KEY);
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const [key, wrapped] = await Promise.all([importKey(bytes), seal(await wrapping, `case_key|${id}`, bytes)]);
  const columns = Object.entries(content).map(async ([column, value]) => {
    if (typeof value !== 'string' || !value.startsWith('v1.')) return [column, value] as const;
    return [
      column,
      await seal(key, `consultation_content|${column}|${id}`, new Uint8Array(plainSize(value))),
    ] as const;
  });
  return { content: Object.fromEntries(await Promise.all(columns)), keyRow: { ...keyRow, wrapped } };
}

/** Short keyed hashes, as a Worker makes them that lets residents be found without writing them down. */
export async function hashLike(count: number): Promise<number[]> {
  hashing ??= crypto.subtle.importKey('raw', WRAPPING_KEY, { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  const key = await hashing;
  return Promise.all(
    Array.from({ length: count }, async () => {
      const hash = await crypto.subtle.sign('HMAC', key, crypto.getRandomValues(new Uint8Array(16)));
      return new DataView(hash).getUint16(0);
    }),
  );
}

function importKey(bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt']);
}

async function seal(key: CryptoKey, place: string, plain: Uint8Array<ArrayBuffer>): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const additionalData = Buffer.from(place);
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, plain);
  return `v1.case.${Buffer.from(iv).toString('base64url')}.${Buffer.from(sealed).toString('base64url')}`;
}

/** A ciphertext is its text and a tag of 16 bytes. */
function plainSize(sealed: string): number {
  return Math.max(0, Buffer.from(sealed.split('.').at(-1) ?? '', 'base64url').length - 16);
}
