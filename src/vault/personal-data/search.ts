/** Reads a text as it was typed, then without its line breaks and spaces, and puts together what was found. */
import type { MetadataJson } from 'libphonenumber-js/core';
import { findAddresses } from './addresses.ts';
import { findBirthDates } from './birth-dates.ts';
import { type Finding, type FindingKind, joinFindings } from './finding.ts';
import { findKnownValues } from './known-values.ts';
import { findMails } from './mail-addresses.ts';
import type { NameBook } from './name-book.ts';
import { findNames } from './names.ts';
import { findInsuredNumbers, findMyNumbers, findPhones } from './numbers.ts';
import {
  closeUp,
  joinEvenLines,
  joinLines,
  joinOddLines,
  type Reading,
  readText,
  withAsciiDashes,
} from './reading.ts';

export interface Tables {
  phones: MetadataJson;
  names: NameBook;
}

const overlaps = (one: Finding) => (other: Finding) => one.start < other.end && other.start < one.end;

/** @param isAsTyped whether the lines and spaces of the text are still there; without them only what is certain counts. */
function findValues(plain: Reading, tables: Tables, isAsTyped: boolean): Finding[] {
  const dashed = withAsciiDashes(plain);
  const phones = findPhones(dashed, tables.phones);
  return [
    ...phones,
    ...findMyNumbers(dashed),
    ...findInsuredNumbers(dashed, phones),
    ...findMails(plain, !isAsTyped),
    ...findBirthDates(dashed),
  ];
}

/** 自宅0463-21-9988 has the form of a town with its number. */
const findOtherAddresses = (plain: Reading, values: readonly Finding[]): Finding[] =>
  findAddresses(withAsciiDashes(plain)).filter((address) => !values.some(overlaps(address)));

/** What half of a broken value looks like: ten digits of twelve are a telephone number, a town is a surname. */
const isPartOf: Partial<Record<FindingKind, FindingKind>> = { phone: 'my_number', person_name: 'address' };

/** Adds of `more` what stands where nothing was found, and puts what is whole in the place of what a break had cut. */
function addWhole(found: readonly Finding[], more: readonly Finding[]): Finding[] {
  const all = joinFindings(found);
  for (const finding of joinFindings(more)) {
    const cut = all.filter(overlaps(finding));
    const isWhole = cut.every(
      ({ kind, start, end }) =>
        (kind === finding.kind || isPartOf[kind] === finding.kind || kind === 'insured_number') &&
        finding.start <= start &&
        finding.end >= end,
    );
    // Two numbers in two lines are two; the lines of an address are one.
    if (!isWhole || (cut.length > 1 && finding.kind !== 'address')) continue;
    for (const part of cut) all.splice(all.indexOf(part), 1);
    all.push(finding);
  }
  return all;
}

/** @param known @param colleagues see `SearchOptions` */
export function searchText(
  text: string,
  tables: Tables,
  known: readonly string[],
  colleagues: readonly string[],
): Finding[] {
  const plain = readText(text);
  const findAll = (reading: Reading, isAsTyped: boolean) => {
    const values = findValues(reading, tables, isAsTyped);
    const names = findNames(reading, tables.names, colleagues);
    return [...values, ...findOtherAddresses(reading, values), ...names];
  };
  let found = findAll(plain, true);
  const addFrom = (change: (reading: Reading) => Reading, find: (changed: Reading) => Finding[]) => {
    const changed = change(plain);
    if (changed.text !== plain.text) found = addWhole(found, find(changed));
  };
  addFrom(joinOddLines, (changed) => findAll(changed, false));
  addFrom(joinEvenLines, (changed) => findAll(changed, false));
  // Dates and addresses have several lines; all else breaks once.
  addFrom(joinLines, (changed) => {
    const dates = findBirthDates(withAsciiDashes(changed));
    return [...dates, ...findOtherAddresses(changed, dates)];
  });
  addFrom(closeUp, (changed) => findAll(changed, false));
  return joinFindings([...found, ...findKnownValues(text, known, colleagues)]);
}
