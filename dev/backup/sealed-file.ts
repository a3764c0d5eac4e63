/**
 * A backup file: readable header, then chunks under AES-256-GCM. The key of a file is derived from BACKUP_KEY and a random salt,
 * so a chunk's nonce is its number; the last chunk carries a mark of its own. A changed byte, a chunk moved, left out, added or
 * taken from another file, and a cut file all fail to open (the STREAM construction: Hoang, Reyhanitabar, Rogaway, Vizár 2015).
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import * as v from 'valibot';
import { StartError } from '../local/start-error.ts';
import type { BackupKey } from './backup-key.ts';

const MAGIC = 'kikan-backup 1';
const CHUNK_BYTES = 64 * 1024;
const TAG_BYTES = 16;
/** Real headers have about 300 bytes. */
const MAX_HEADER_BYTES = 4096;

const HeaderSchema = v.strictObject({
  keyId: v.string(),
  /** When the backup was taken, ISO 8601 in UTC. */
  takenAt: v.pipe(v.string(), v.isoTimestamp()),
  /** SHA-256 of the first line of the content, in hex. */
  manifestSha256: v.string(),
  salt: v.string(),
});

export type Header = v.InferOutput<typeof HeaderSchema>;

interface FileKeys {
  chunks: Buffer;
  header: Buffer;
}

/**
 * Writes the lines into a new file that only its owner may read. It gets its name when it is whole and on the disk: what was
 * interrupted leaves at most a `.part`, encrypted like the rest, and a failure removes that.
 * @param lines without line feeds
 */
export async function writeSealedFile(
  file: string,
  about: Omit<Header, 'salt' | 'keyId'>,
  key: BackupKey,
  lines: Iterable<string>,
): Promise<void> {
  const salt = randomBytes(32);
  const header: Header = { keyId: key.id, ...about, salt: salt.toString('base64') };
  const keys = deriveKeys(key, salt);
  const text = `${MAGIC}\n${JSON.stringify(header)}\n`;
  const part = `${file}.part`;
  const handle = await openNew(part);
  try {
    await handle.write(`${text}${headerMac(keys, text)}\n`);
    for (const chunk of sealChunks(keys, lines)) await handle.write(chunk);
    await handle.sync();
    await handle.close();
    await rename(part, file);
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(part, { force: true });
    throw error;
  }
}

/** A `.part` that an earlier run left behind is replaced. */
async function openNew(part: string): Promise<FileHandle> {
  try {
    await rm(part, { force: true });
    return await open(part, 'wx', 0o600);
  } catch {
    throw new StartError(`${part} に書き込めません。フォルダーの場所を確かめてください。`);
  }
}

/**
 * Opens a backup file and hands its lines to `read` as they are deciphered. Nothing may be done with them before the last one
 * has come: only then is it certain that the file is whole.
 * @throws {StartError} when the file is none of ours, the key is another, or anything in it was changed
 */
export async function readSealedFile<Value>(
  file: string,
  key: BackupKey,
  read: (header: Header, lines: AsyncIterable<string>) => Promise<Value>,
): Promise<Value> {
  const handle = await openExisting(file);
  try {
    const { header, text, mac, length } = await readHeader(handle, file);
    if (header.keyId !== key.id)
      throw new StartError(
        `${file} は鍵 ${header.keyId} のバックアップです。いまの BACKUP_KEY は鍵 ${key.id} です。`,
      );
    const keys = deriveKeys(key, Buffer.from(header.salt, 'base64'));
    if (!isSame(mac, headerMac(keys, text)))
      throw new StartError(
        `${file} を開けません。BACKUP_KEY の中身が違うか、ファイルの先頭が書き換えられています。`,
      );
    return await read(header, splitLines(openChunks(handle, file, length, keys)));
  } finally {
    await handle.close();
  }
}

async function openExisting(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'r');
  } catch {
    throw new StartError(`${file} を読めません。ファイルの場所を確かめてください。`);
  }
}

async function readHeader(handle: FileHandle, file: string) {
  const start = Buffer.alloc(MAX_HEADER_BYTES);
  const { bytesRead } = await handle.read(start, 0, MAX_HEADER_BYTES, 0).catch(() => ({ bytesRead: 0 }));
  const [magic, json, mac, ...rest] = start.toString('latin1', 0, bytesRead).split('\n');
  const header = v.safeParse(v.pipe(v.string(), v.parseJson(), HeaderSchema), json);
  if (magic !== MAGIC || mac === undefined || rest.length === 0 || !header.success)
    throw new StartError(`${file} は kikan のバックアップではないか、先頭が壊れています。`);
  const text = `${magic}\n${json}\n`;
  return {
    header: header.output,
    text,
    mac,
    length: text.length + mac.length + 1,
  };
}

function deriveKeys({ secret }: BackupKey, salt: Buffer): FileKeys {
  const bytes = Buffer.from(hkdfSync('sha256', secret, salt, MAGIC, 64));
  return { chunks: bytes.subarray(0, 32), header: bytes.subarray(32) };
}

function headerMac(keys: FileKeys, text: string): string {
  return createHmac('sha256', keys.header).update(text).digest('hex');
}

/** As texts: several ways of writing would stand for the same bytes. */
function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one, 'latin1'), Buffer.from(other, 'latin1')];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** 88 bits of number, 8 bits that say whether it is the last one. */
function nonceOf(index: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(index, 5, 6);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

function* sealChunks(keys: FileKeys, lines: Iterable<string>): Generator<Buffer> {
  let index = 0;
  const seal = (plain: Buffer, isLast: boolean) => {
    const cipher = createCipheriv('aes-256-gcm', keys.chunks, nonceOf(index, isLast));
    index += 1;
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  };
  let waiting: Buffer[] = [];
  let size = 0;
  for (const line of lines) {
    const bytes = Buffer.from(`${line}\n`);
    waiting.push(bytes);
    size += bytes.length;
    if (size <= CHUNK_BYTES) continue;
    const plain = Buffer.concat(waiting);
    let at = 0;
    // At least one byte is kept back: whether a chunk is the last is known when the lines have ended.
    for (; plain.length - at > CHUNK_BYTES; at += CHUNK_BYTES)
      yield seal(plain.subarray(at, at + CHUNK_BYTES), false);
    waiting = [plain.subarray(at)];
    size = plain.length - at;
  }
  yield seal(Buffer.concat(waiting), true);
}

async function* openChunks(handle: FileHandle, file: string, from: number, keys: FileKeys) {
  const { size } = await handle.stat();
  const chunks = Math.max(1, Math.ceil((size - from) / (CHUNK_BYTES + TAG_BYTES)));
  const sealed = Buffer.alloc(CHUNK_BYTES + TAG_BYTES);
  for (let index = 0; index < chunks; index += 1) {
    const position = from + index * sealed.length;
    const { bytesRead } = await handle.read(sealed, 0, sealed.length, position);
    const plain = openChunk(keys, sealed.subarray(0, bytesRead), nonceOf(index, index === chunks - 1));
    if (!plain)
      throw new StartError(
        `${file} は壊れているか、途中で切れているか、書き換えられています。別のバックアップを使ってください。`,
      );
    yield plain;
  }
}

/** Answers nothing when the chunk is not what was written at this place. */
function openChunk(keys: FileKeys, sealed: Buffer, nonce: Buffer): Buffer | undefined {
  if (sealed.length < TAG_BYTES) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', keys.chunks, nonce, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
}

/** By line feeds alone: readline would also break lines at U+2028, which JSON leaves as it is. */
async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let parts: Buffer[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      yield Buffer.concat([...parts, chunk.subarray(from, end)]).toString('utf8');
      parts = [];
      from = end + 1;
    }
    parts.push(chunk.subarray(from));
  }
}
