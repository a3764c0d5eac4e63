/** How much has to be uploaded and parsed. */
import { gzipSync } from 'node:zlib';
import type { Figure } from './figure.ts';

export const MAX_GZIP_KIB = 760;

/** Size of the module that `wrangler deploy` would upload, without its source map. */
export async function measureBundle(productProgram: string): Promise<Figure[]> {
  const rawKib = Buffer.byteLength(productProgram) / 1024;
  const gzipKib = gzipSync(productProgram).byteLength / 1024;
  return [
    {
      name: 'bundle',
      value: `${gzipKib.toFixed(1)} KiB gzip`,
      target: { text: `<= ${MAX_GZIP_KIB} KiB`, isMet: gzipKib <= MAX_GZIP_KIB },
      detail: `${rawKib.toFixed(1)} KiB raw`,
    },
  ];
}
