/** Bytes as text and back. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64, sha256Hex, toBase64Url, toHex } from '../../src/lib/bytes.ts';

test('bytes survive base64url, and base64 with and without padding', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const text = toBase64Url(bytes);
      expect(text).toMatch(/^[\w-]*$/);
      const standard = text.replaceAll('-', '+').replaceAll('_', '/');
      const padded = standard.padEnd(Math.ceil(standard.length / 4) * 4, '=');
      for (const each of [text, standard, padded]) expect([...fromBase64(each)]).toEqual([...bytes]);
    }),
  );
});

test.each(['!', 'あ', 'A', 'AA=A', 'AAAAA', '='])('%j is no base64', (text) => {
  expect(() => fromBase64(text)).toThrow();
});

test('hex has two digits a byte', () => {
  expect(toHex(new Uint8Array([0, 9, 16, 255]).buffer)).toBe('000910ff');
});

test('SHA-256 is the one of FIPS 180-4', async () => {
  expect(await sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
