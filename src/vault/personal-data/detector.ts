/**
 * Finds what looks like personal data in what people type where none should stand. It warns; it proves nothing: what it misses and
 * what it takes for data is measured in its test. The tables are large and few requests need them: they are loaded at the first one.
 */
import { findAddresses } from './addresses.ts';
import { findBirthDates } from './birth-dates.ts';
import { type Finding, joinFindings } from './finding.ts';
import { findKnownValues } from './known-values.ts';
import { findNames } from './names.ts';
import { findInsuredNumbers, findMyNumbers, findPhones } from './numbers.ts';
import { readText, withAsciiDashes } from './reading.ts';

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

const overlaps = (one: Finding) => (other: Finding) => one.start < other.end && other.start < one.end;

export async function loadDetector(): Promise<Detector> {
  const [{ default: phoneTables }, { readNameBook }] = await Promise.all([
    import('libphonenumber-js/metadata.max.json'),
    import('./name-book.ts'),
  ]);
  const book = readNameBook();
  return {
    find(text, { known = [], colleagues = [] } = {}) {
      const plain = readText(text);
      const dashed = withAsciiDashes(plain);
      const phones = findPhones(dashed, phoneTables);
      const numbers = [
        ...phones,
        ...findMyNumbers(dashed),
        ...findInsuredNumbers(dashed, phones),
        ...findBirthDates(dashed),
      ];
      // 自宅0463-21-9988 has the form of a town with its number.
      const addresses = findAddresses(dashed).filter((address) => !numbers.some(overlaps(address)));
      const names = findNames(plain, book, colleagues);
      return joinFindings([...numbers, ...addresses, ...names, ...findKnownValues(text, known, colleagues)]);
    },
  };
}
