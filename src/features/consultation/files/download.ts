/** How a file leaves: as a download that browsers neither show nor guess about, under its own name. */
import type { OpenedFile } from './mutations.ts';
import { endingOfType } from './words.ts';

/** The headers of a download. The front adds `nosniff`, `no-store` and a sandbox; see `web/headers.ts`. */
export function downloadHeaders({ name, type, reference }: OpenedFile): Record<string, string> {
  const plain = `kikan-${reference}.${endingOfType(type)}`;
  return {
    'content-type': type,
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeExtended(name)}`,
  };
}

/** RFC 8187 (once 5987), `ext-value`: what encodeURIComponent leaves is allowed there but for `'`, `(`, `)` and `*`. */
function encodeExtended(name: string): string {
  return encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
