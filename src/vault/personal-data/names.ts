/** Names of people: a surname with a title (高崎さん), a given name with one (よし子さん), a full name (高崎 吉子). */
import { foldName } from '../../lib/japanese.ts';
import type { Finding } from './finding.ts';
import { fullNames } from './full-names.ts';
import type { NameBook } from './name-book.ts';
import { findingAt, type Reading } from './reading.ts';
import { titledNames } from './titled-names.ts';

/** The folded names of staff, whole and in parts: they may be named. */
function colleagueNames(colleagues: readonly string[], book: NameBook): ReadonlySet<string> {
  return new Set(
    colleagues.flatMap((name) => {
      const parts = name.split(/[\s・]+/u);
      const surname = parts.length === 1 ? book.surnameOf(name) : undefined;
      return [name, ...parts, ...(surname === undefined ? [] : [surname])].map(foldName);
    }),
  );
}

export function findNames(reading: Reading, book: NameBook, colleagues: readonly string[]): Finding[] {
  const mayBeNamed = colleagueNames(colleagues, book);
  const { text } = reading;
  return [...titledNames(text, book), ...fullNames(text, book)]
    .filter(([, name]) => !mayBeNamed.has(foldName(name)))
    .map(([start, name]) => findingAt(reading, 'person_name', start, start + name.length));
}
