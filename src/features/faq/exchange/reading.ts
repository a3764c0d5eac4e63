/** A file of entries as bytes: JSON or a table, in the encodings that offices' programs write. */

import { parseEntriesCsv } from './csv.ts';
import { type ParsedEntries, parseEntriesJson } from './schema.ts';
import { exchangeText as text } from './text.ts';

/** Reads JSON (UTF-8) or CSV (UTF-8, or Shift_JIS as Excel in Japan writes it), told apart by their first letter. */
export function readEntriesFile(bytes: Uint8Array): ParsedEntries {
  const content = decode(bytes);
  if (content === undefined) return { ok: false, faults: [{ path: '(file)', problem: text.notDecoded }] };
  return /^\uFEFF?\s*[[{]/.test(content) ? parseEntriesJson(content) : parseEntriesCsv(content);
}

function decode(bytes: Uint8Array): string | undefined {
  return decodeAs('utf-8', bytes) ?? decodeAs('shift_jis', bytes);
}

function decodeAs(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    // Not of this encoding.
    return undefined;
  }
}
