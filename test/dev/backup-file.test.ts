/** The encrypted file of a backup: what was written comes back, and nothing else is ever taken for it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { newBackupKey, readBackupKey } from '../../dev/backup/backup-key.ts';
import { readSealedFile, writeSealedFile } from '../../dev/backup/sealed-file.ts';
import { StartError } from '../../dev/local/start-error.ts';

const CHUNK = 64 * 1024;
const SEALED_CHUNK = CHUNK + 16;
const folder = mkdtempSync(path.join(os.tmpdir(), 'kikan-sealed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const key = readBackupKey(newBackupKey('b1'), []);
const about = { takenAt: '2026-11-22T05:45:41.000Z', manifestSha256: '00' };

async function write(name: string, lines: Iterable<string>, by = key): Promise<string> {
  const file = path.join(folder, name);
  await writeSealedFile(file, about, by, lines);
  return file;
}

async function read(file: string, by = key): Promise<string[]> {
  return readSealedFile(file, by, async (_, lines) => {
    const read: string[] = [];
    for await (const line of lines) read.push(line);
    return read;
  });
}

/** A copy of a file with other bytes. */
function changed(file: string, change: (bytes: Buffer) => Buffer): string {
  const copy = path.join(folder, 'changed');
  writeFileSync(copy, change(readFileSync(file)));
  return copy;
}

/** Lines that fill three chunks and a bit; none of them repeats, so that no two chunks are alike. */
const long = Array.from({ length: 10_000 }, (_, i) => `行 ${i} \u2028 🙂`);

/** Where the chunks of a file begin. */
function bodyOf(bytes: Buffer): number {
  let at = 0;
  for (let line = 0; line < 3; line += 1) at = bytes.indexOf(10, at) + 1;
  return at;
}

describe('a sealed file', () => {
  const line = (bytes: number) => 'x'.repeat(bytes - 1);

  it.each([
    ['no line', []],
    ['an empty line', ['']],
    [
      'lines with separators of Unicode, quotes, carriage returns and NUL',
      ['a\u2028b\u2029c', '"\'\r\0', '🙂'],
    ],
    ['one byte less than a chunk', [line(CHUNK - 1)]],
    ['exactly a chunk', [line(CHUNK)]],
    ['one byte more than a chunk', [line(CHUNK + 1)]],
    ['exactly two chunks', [line(CHUNK), line(CHUNK)]],
    ['a line over many chunks', [line(2_000_000), 'end']],
    ['many lines', long],
  ])('gives back %s', async (_, lines) => {
    expect(await read(await write('whole', lines))).toEqual(lines);
  });

  it('belongs to its owner alone', async () => {
    expect(statSync(await write('whole', ['secret'])).mode & 0o777).toBe(0o600);
  });

  it('shows nothing of its content', async () => {
    const bytes = readFileSync(await write('whole', ['canary-of-the-content']));
    expect(bytes.includes('canary-of-the-content')).toBe(false);
  });

  it('is never the same twice', async () => {
    const one = readFileSync(await write('one', ['same']));
    const other = readFileSync(await write('other', ['same']));
    expect(one.subarray(bodyOf(one))).not.toEqual(other.subarray(bodyOf(other)));
  });

  it('leaves nothing behind when its writing fails', async () => {
    const failing = (function* () {
      yield* long;
      throw new Error('no more');
    })();
    await expect(write('failed', failing)).rejects.toThrow('no more');
    expect(readdirSync(folder).filter((name) => name.startsWith('failed'))).toEqual([]);
  });
});

describe('refused is', () => {
  it('a file of which any one byte was changed', async () => {
    const file = await write('short', ['a short content', 'with two lines']);
    const { length } = readFileSync(file);
    const accepted: number[] = [];
    for (let at = 0; at < length; at += 1) {
      for (const bit of [0x01, 0x20, 0x80]) {
        const copy = changed(file, (bytes) => {
          bytes[at] = (bytes[at] ?? 0) ^ bit;
          return bytes;
        });
        await read(copy).then(
          () => accepted.push(at),
          (error) => expect(error).toBeInstanceOf(StartError),
        );
      }
    }
    expect(accepted).toEqual([]);
    expect(length).toBeGreaterThan(200);
  });

  it('a file that was cut anywhere', async () => {
    const short = await write('short', ['a short content']);
    for (let length = 0; length < readFileSync(short).length; length += 1)
      await expect(read(changed(short, (bytes) => bytes.subarray(0, length)))).rejects.toThrow(StartError);
  });

  it.each([
    ['cut behind its first chunk', (chunks: Buffer[]) => chunks.slice(0, 1)],
    ['without its last chunk', (chunks: Buffer[]) => chunks.slice(0, -1)],
    ['without its first chunk', (chunks: Buffer[]) => chunks.slice(1)],
    ['without any chunk', () => []],
    ['with two chunks swapped', ([a, b, ...rest]: Buffer[]) => [b, a, ...rest]],
    ['with a chunk twice', ([a, ...rest]: Buffer[]) => [a, a, ...rest]],
    ['with its last chunk twice', (chunks: Buffer[]) => [...chunks, chunks.at(-1)]],
    ['with bytes added', (chunks: Buffer[]) => [...chunks, Buffer.from('more')]],
  ])('a file %s', async (_, change) => {
    const file = await write('long', long);
    const copy = changed(file, (bytes) => {
      const body = bodyOf(bytes);
      const chunks: Buffer[] = [];
      for (let at = body; at < bytes.length; at += SEALED_CHUNK)
        chunks.push(bytes.subarray(at, at + SEALED_CHUNK));
      expect(chunks.length).toBeGreaterThan(2);
      return Buffer.concat([bytes.subarray(0, body), ...change(chunks).filter((each) => each !== undefined)]);
    });
    await expect(read(copy)).rejects.toThrow(/壊れているか/);
  });

  it('a chunk of another file under the same key', async () => {
    const [one, other] = [await write('one', long), await write('other', long)];
    const foreign = readFileSync(other);
    const copy = changed(one, (bytes) =>
      Buffer.concat([bytes.subarray(0, bodyOf(bytes)), foreign.subarray(bodyOf(foreign))]),
    );
    await expect(read(copy)).rejects.toThrow(/壊れているか/);
  });

  it('the header of another file under the same key', async () => {
    const [one, other] = [await write('one', long), await write('other', long)];
    const foreign = readFileSync(other);
    const copy = changed(one, (bytes) =>
      Buffer.concat([foreign.subarray(0, bodyOf(foreign)), bytes.subarray(bodyOf(bytes))]),
    );
    await expect(read(copy)).rejects.toThrow(/壊れているか/);
  });

  it('another key, saying which one is wanted', async () => {
    const file = await write('whole', ['content']);
    await expect(read(file, readBackupKey(newBackupKey('b2'), []))).rejects.toThrow(/鍵 b1 .*鍵 b2 /);
    await expect(read(file, readBackupKey(newBackupKey('b1'), []))).rejects.toThrow(
      /BACKUP_KEY の中身が違うか/,
    );
  });

  it('a file of another kind, or none', async () => {
    await expect(read(changed(await write('whole', ['x']), () => Buffer.from('PNG')))).rejects.toThrow(
      /ではないか/,
    );
    await expect(read(path.join(folder, 'none'))).rejects.toThrow(/読めません/);
    await expect(read(folder)).rejects.toThrow(StartError);
  });
});

describe('BACKUP_KEY', () => {
  it.each([
    ['nothing', undefined],
    ['an empty text', '  '],
    ['no id', newBackupKey('b1').slice(2)],
    ['a short key', 'b1:AAAA'],
    ['a key that is no base64', `b1:${'*'.repeat(44)}`],
    ['an id with capitals', newBackupKey('b1').toUpperCase()],
  ])('refuses %s', (_, text) => {
    expect(() => readBackupKey(text, [])).toThrow(StartError);
  });

  it('refuses a key that opens cases, under whatever name', () => {
    const dataKey = newBackupKey('k1');
    const backupKey = dataKey.replace('k1:', 'b1:');
    expect(() => readBackupKey(backupKey, ['', `${newBackupKey('k2')},\n${dataKey}`])).toThrow(/DATA_KEYS/);
    expect(readBackupKey(backupKey, [newBackupKey('k2')]).id).toBe('b1');
  });
});
