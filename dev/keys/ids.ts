/** Names of data keys. The keys themselves are never shown, nor what looks like one. */
import { StartError } from '../local/start-error.ts';

export function isKeyId(text: string): boolean {
  return /^[a-z0-9_-]{1,32}$/.test(text);
}

/**
 * The names in a DATA_KEYS, in their order: the first one is the active key.
 * @throws {StartError} when it is not of the form; the sentence repeats nothing of it
 */
export function dataKeyIds(dataKeys: string): string[] {
  const items = dataKeys.split(/[\s,]+/).filter(Boolean);
  return items.map((item, n) => {
    const [id = '', key] = item.split(':');
    if (!isKeyId(id) || !key)
      throw new StartError(
        `DATA_KEYS の${n + 1}番目が「鍵の名前:鍵」の形になっていません。コンマの位置も確かめてください。`,
      );
    return id;
  });
}
