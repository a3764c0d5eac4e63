/** Envelope encryption: what was sealed opens where it belongs, and nowhere else. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromBase64, toBase64Url } from '../../src/lib/bytes.ts';
import type { DataKey } from '../../src/lib/env.ts';
import { type CaseKey, KeyRing, keyRingOf, type Place, VaultError } from '../../src/vault/key-ring.ts';

const dataKey = (id: string): DataKey => ({ id, bytes: crypto.getRandomValues(new Uint8Array(32)) });
const [spring, autumn] = [dataKey('spring'), dataKey('autumn')];

const PLACE: Place = { table: 'consultation_content', column: 'body', row: 'case-1', center: 'east' };

async function caseOf(caseId = 'case-1', keys: readonly DataKey[] = [spring]) {
  return (await KeyRing.from(keys)).createCaseKey(caseId);
}

/** Why something does not open; fails the test when it does. */
async function whyNot(opening: Promise<unknown>): Promise<VaultError> {
  const error = await opening.then(
    () => new Error('opened, though it should not have'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof VaultError) return error;
  throw error;
}

/** Opens any text: the type of `open` takes only what was sealed, which a changed row is not. */
function openText(key: CaseKey, text: string): Promise<string> {
  return Reflect.apply(key.open, key, [PLACE, text]);
}

const flipped = (part: string, index: number): string => {
  const bytes = fromBase64(part);
  bytes[index % bytes.length] = (bytes[index % bytes.length] ?? 0) ^ 1;
  return toBase64Url(bytes);
};

describe('what was sealed', () => {
  test('opens again, whatever was typed', async () => {
    const { caseKey } = await caseOf();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (text) => {
        expect(await caseKey.open(PLACE, await caseKey.seal(PLACE, text))).toBe(text);
      }),
    );
  });

  test.each([
    ['nothing', ''],
    ['3,000 letters outside the basic plane', '𠮷'.repeat(3000)],
    ['line breaks of Windows', 'a\r\nb\r\n'],
    ['a null character', 'a\u0000b'],
    ['a byte order mark, as pasted from a file', '\uFEFFご相談'],
    ['what looks sealed', 'v1.case.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA'],
  ])('opens as it was: %s', async (_, text) => {
    const { caseKey } = await caseOf();
    expect(await caseKey.open(PLACE, await caseKey.seal(PLACE, text))).toBe(text);
  });

  test('does not show what is in it, and has the form that the database demands', async () => {
    const { caseKey } = await caseOf();
    const sealed = await caseKey.seal(PLACE, 'Takasaki 0463-21-9988');
    expect(sealed).toMatch(/^v1\.case\.[\w-]{16}\.[\w-]+$/);
    expect(new TextDecoder().decode(fromBase64(sealed.split('.')[3] ?? ''))).not.toContain('Takasaki');
  });

  test('twice is two different texts', async () => {
    const { caseKey } = await caseOf();
    const sealed = await Promise.all(Array.from({ length: 50 }, () => caseKey.seal(PLACE, '同じ')));
    expect(new Set(sealed).size).toBe(50);
    expect(new Set(sealed.map((each) => each.split('.')[2])).size).toBe(50);
  });

  test.each<[string, Partial<Place>]>([
    ['another table', { table: 'answer' }],
    ['another column', { column: 'subjectName' }],
    ['another row', { row: 'case-2' }],
    ['another center', { center: 'west' }],
    ['a place whose parts only join to the same text', { table: 'consultation_contentb', column: 'ody' }],
  ])('does not open in %s', async (_, moved) => {
    const { caseKey } = await caseOf();
    const sealed = await caseKey.seal(PLACE, 'あ');
    const error = await whyNot(caseKey.open({ ...PLACE, ...moved }, sealed));
    expect(error.code).toBe('does-not-open');
  });

  test('opens in no other place, however its parts are divided', async () => {
    const { caseKey } = await caseOf();
    const part = fc.string({ unit: fc.constantFrom('a', 'b', '"', ',', '\\', '.', '/'), maxLength: 4 });
    const place = fc.record({ table: part, column: part, row: part, center: part });
    await fc.assert(
      fc.asyncProperty(place, place, async (from, to) => {
        fc.pre(JSON.stringify(from) !== JSON.stringify(to));
        expect((await whyNot(caseKey.open(to, await caseKey.seal(from, 'あ')))).code).toBe('does-not-open');
      }),
    );
  });

  test('does not open with the key of another case', async () => {
    const [one, other] = [await caseOf('case-1'), await caseOf('case-1')];
    const sealed = await one.caseKey.seal(PLACE, 'あ');
    expect((await whyNot(other.caseKey.open(PLACE, sealed))).code).toBe('does-not-open');
  });

  test.each([
    ['initial value', 2],
    ['ciphertext or tag', 3],
  ])('does not open when any byte of its %s was changed', async (_, part) => {
    const { caseKey } = await caseOf();
    const sealed = await caseKey.seal(PLACE, '相談');
    const length = fromBase64(sealed.split('.')[part] ?? '').length;
    for (let i = 0; i < length; i += 1) {
      const parts = sealed.split('.');
      const changed = parts.with(part, flipped(parts[part] ?? '', i)).join('.');
      expect((await whyNot(openText(caseKey, changed))).code).toBe('does-not-open');
    }
  });

  test('does not open when it was cut or lengthened', async () => {
    const { caseKey } = await caseOf();
    const sealed = await caseKey.seal(PLACE, '高齢者虐待の相談');
    for (const changed of [sealed.slice(0, -4), `${sealed}AAAA`])
      expect((await whyNot(openText(caseKey, changed))).code).toBe('does-not-open');
  });

  test('that does not open tells neither the text nor the ciphertext, only the column', async () => {
    const { caseKey } = await caseOf();
    const sealed = await caseKey.seal(PLACE, 'canary');
    const { message } = await whyNot(caseKey.open({ ...PLACE, row: 'case-2' }, sealed));
    expect(message).toBe('consultation_content.body: does-not-open');
  });
});

describe('a text that is no sealed value', () => {
  test.each([
    ['empty', ''],
    ['in the clear', '髙﨑 𠮷子'],
    ['of another version', 'v2.case.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA'],
    ['without its ciphertext', 'v1.case.AAAAAAAAAAAAAAAA'],
    ['with an empty ciphertext', 'v1.case.AAAAAAAAAAAAAAAA.'],
    ['with a ciphertext shorter than a tag', 'v1.case.AAAAAAAAAAAAAAAA.AAAA'],
    ['with a short initial value', 'v1.case.AAAA.AAAAAAAAAAAAAAAAAAAAAA'],
    ['with five parts', 'v1.case.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA.x'],
    ['with signs that are no base64url', 'v1.case.AAAAAAAAAAAAAAA+.AAAAAAAAAAAAAAAAAAAAAA'],
    ['with a line break', 'v1.case.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA\n'],
    ['of dots', '...'],
  ])('(%s) is malformed', async (_, text) => {
    const { caseKey } = await caseOf();
    expect((await whyNot(openText(caseKey, text))).code).toBe('malformed');
  });

  test('never opens, whatever it is', async () => {
    const { caseKey } = await caseOf();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        expect(await whyNot(openText(caseKey, text))).toBeInstanceOf(VaultError);
      }),
    );
  });
});

describe('the key of a case', () => {
  test('opens from its stored row', async () => {
    const { caseKey, row } = await caseOf();
    expect(row).toMatchObject({ caseId: 'case-1', keyId: 'spring' });
    const sealed = await caseKey.seal(PLACE, 'あ');
    const opened = await (await KeyRing.from([spring])).openCaseKey(row);
    expect(await opened.open(PLACE, sealed)).toBe('あ');
  });

  test('is another one for each case', async () => {
    const ring = await KeyRing.from([spring]);
    const rows = await Promise.all(['case-1', 'case-2', 'case-1'].map((id) => ring.createCaseKey(id)));
    expect(new Set(rows.map(({ row }) => row.wrapped)).size).toBe(3);
    const [first, second] = rows;
    const sealed = await first?.caseKey.seal(PLACE, 'あ');
    if (!sealed || !second) throw new Error('no keys');
    expect((await whyNot(second.caseKey.open(PLACE, sealed))).code).toBe('does-not-open');
  });

  test('does not open when its row was given to another case', async () => {
    const { row } = await caseOf('case-1');
    const ring = await KeyRing.from([spring]);
    const error = await whyNot(ring.openCaseKey({ ...row, caseId: 'case-2' }));
    expect([error.code, error.message]).toEqual(['does-not-open', 'case_key.wrapped: does-not-open']);
  });

  test('does not open when a byte of it was changed', async () => {
    const { row } = await caseOf();
    const ring = await KeyRing.from([spring]);
    const parts = row.wrapped.split('.');
    for (const part of [2, 3])
      for (const byte of [0, 5, 11, -1]) {
        const length = fromBase64(parts[part] ?? '').length;
        const wrapped = parts.with(part, flipped(parts[part] ?? '', (byte + length) % length)).join('.');
        expect((await whyNot(ring.openCaseKey({ ...row, wrapped }))).code).toBe('does-not-open');
      }
  });

  test.each(['', 'AAAA', 'v1.spring.x.y', '{"k":1}'])('%j is malformed', async (wrapped) => {
    const { row } = await caseOf();
    const ring = await KeyRing.from([spring]);
    expect((await whyNot(ring.openCaseKey({ ...row, wrapped }))).code).toBe('malformed');
  });

  test('cannot be read as a value of a column', async () => {
    const { caseKey, row } = await caseOf();
    expect((await whyNot(openText(caseKey, row.wrapped))).code).toBe('does-not-open');
  });
});

describe('when keys change', () => {
  test('the new first key seals, and the old one still opens what it sealed', async () => {
    const before = await caseOf('case-1', [spring]);
    const sealed = await before.caseKey.seal(PLACE, '前の年');
    const ring = await KeyRing.from([autumn, spring]);
    expect((await ring.createCaseKey('case-2')).row.keyId).toBe('autumn');
    expect(await (await ring.openCaseKey(before.row)).open(PLACE, sealed)).toBe('前の年');
  });

  test('a case sealed by the new key does not open for whoever has only the old one', async () => {
    const { row } = await caseOf('case-1', [autumn, spring]);
    const error = await whyNot((await KeyRing.from([spring])).openCaseKey(row));
    expect(error.code).toBe('unknown-key');
  });

  test('a key that was taken away is named', async () => {
    const { row } = await caseOf('case-1', [spring]);
    const error = await whyNot((await KeyRing.from([autumn])).openCaseKey(row));
    expect([error.code, error.message]).toEqual(['unknown-key', 'DATA_KEYS spring: unknown-key']);
  });

  test('another key under the same id does not open', async () => {
    const { row } = await caseOf('case-1', [spring]);
    const ring = await KeyRing.from([dataKey('spring')]);
    expect((await whyNot(ring.openCaseKey(row))).code).toBe('does-not-open');
  });

  test('a row that claims another key of the ring does not open', async () => {
    const { row } = await caseOf('case-1', [spring, autumn]);
    const ring = await KeyRing.from([spring, autumn]);
    expect((await whyNot(ring.openCaseKey({ ...row, keyId: 'autumn' }))).code).toBe('does-not-open');
  });

  test('no keys at all are refused', async () => {
    expect((await whyNot(KeyRing.from([]))).code).toBe('unknown-key');
  });
});

test('settings have one ring, imported once', async () => {
  const settings = { DATA_KEYS: [spring] };
  expect(await keyRingOf(settings)).toBe(await keyRingOf(settings));
  expect(await keyRingOf({ DATA_KEYS: [spring] })).not.toBe(await keyRingOf(settings));
});
