/** The key of the backups: another secret than DATA_KEYS, kept by somebody else. */
import { createSecretKey, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';
import { StartError } from '../local/start-error.ts';

/** AES-256. */
const KEY_BYTES = 32;
const KEY_ID = /^[a-z0-9_-]{1,32}$/;

export interface BackupKey {
  id: string;
  secret: KeyObject;
}

/**
 * `id:base64` of a new 256-bit key, as BACKUP_KEY takes it.
 * @throws {StartError} when the id has another form
 */
export function newBackupKey(id: string): string {
  if (!KEY_ID.test(id))
    throw new StartError('鍵の名前は、半角の英小文字・数字・ハイフン・下線で32文字までです。');
  return `${id}:${randomBytes(KEY_BYTES).toString('base64')}`;
}

/**
 * Reads BACKUP_KEY. One of DATA_KEYS is refused: a backup holds what those keys open, so with the same key for both, whoever
 * gets hold of a backup and its key would read every case. Two secrets, two keepers.
 * @param dataKeys what is known of DATA_KEYS, each as `id:base64,…`
 * @throws {StartError} when it is missing, malformed, or one of DATA_KEYS
 */
export function readBackupKey(text: string | undefined, dataKeys: readonly string[]): BackupKey {
  if (!text?.trim())
    throw new StartError(
      'BACKUP_KEY がありません。npm run backup -- new-key で作った鍵を、環境変数で渡してください。',
    );
  const [id = '', encoded = ''] = text.trim().split(':');
  const bytes = decodeKey(encoded);
  if (!KEY_ID.test(id) || !bytes)
    throw new StartError(
      'BACKUP_KEY の形が正しくありません。npm run backup -- new-key の最後の行を、そのまま使ってください。',
    );
  const others = dataKeys.flatMap((list) => list.split(/[\s,]+/)).map((item) => item.split(':')[1] ?? '');
  if (others.some((other) => isSame(bytes, decodeKey(other))))
    throw new StartError(
      'BACKUP_KEY に DATA_KEYS の鍵は使えません。npm run backup -- new-key で、別の鍵を作ってください。',
    );
  return { id, secret: createSecretKey(bytes) };
}

function decodeKey(encoded: string): Buffer | undefined {
  if (!/^[A-Za-z0-9+/_-]+=*$/.test(encoded)) return undefined;
  const bytes = Buffer.from(encoded, 'base64');
  return bytes.length === KEY_BYTES ? bytes : undefined;
}

function isSame(one: Buffer, other: Buffer | undefined): boolean {
  return other !== undefined && timingSafeEqual(one, other);
}
