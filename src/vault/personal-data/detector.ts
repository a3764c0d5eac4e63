/**
 * Finds what looks like personal data in what people type where none should stand. It warns; it proves nothing: what it misses and
 * what it takes for data is measured in its test. The tables are large and few requests need them: they are loaded at the first one.
 */
import type { Finding } from './finding.ts';

export interface SearchOptions {
  /** Values of the case itself (name, kana, address, phone, number): found in any spelling, names also by their parts. */
  known?: readonly string[];
  /** Names of staff: they are no findings, with or without a title. */
  colleagues?: readonly string[];
}

export interface Detector {
  /** In order, without overlaps, in UTF-16 positions of `text`. */
  find(text: string, options?: SearchOptions): Finding[];
}

export async function loadDetector(): Promise<Detector> {
  const [{ default: phones }, { readNameBook }, { searchText }] = await Promise.all([
    import('libphonenumber-js/metadata.max.json'),
    import('./name-book.ts'),
    import('./search.ts'),
  ]);
  const tables = { phones, names: readNameBook() };
  return {
    find: (text, { known = [], colleagues = [] } = {}) => searchText(text, tables, known, colleagues),
  };
}
