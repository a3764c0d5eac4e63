/** Numbers that stand for a person: telephones, My Number (個人番号), the number of the insured (介護保険被保険者番号). */
import { findNumbers, type MetadataJson } from 'libphonenumber-js/core';
import type { Finding } from './finding.ts';
import { findingAt, type Reading } from './reading.ts';

/** A number of the same town, known as one by the word before it: 電話21-9988. */
const localPhone = /(?:電話|携帯|TEL)(?:番号)?[^\d\n]{0,4}(\d{2,4}-\d{4})(?![\d-])/dgiu;

/** Telephone numbers that exist in the tables, in Japan or with a country's code. */
export function findPhones(reading: Reading, tables: MetadataJson): Finding[] {
  // A comma would begin an extension: 0463-21-9988,0463-21-9989 are two numbers.
  const text = reading.text.replaceAll(/[,;#~]/gu, '、');
  const whole = findNumbers(text, { defaultCountry: 'JP', v2: true }, tables)
    // The tables also know 2026121018 as a number without its 0, which nobody writes.
    .filter((found) => /^\(?[+0]/u.test(text.slice(found.startsAt, found.startsAt + 2)))
    .map((found) => findingAt(reading, 'phone', found.startsAt, found.endsAt));
  const local = [...text.matchAll(localPhone)].flatMap((match) => {
    const place = match.indices?.[1];
    return place ? [findingAt(reading, 'phone', ...place)] : [];
  });
  return [...whole, ...local];
}

const twelveDigits = [
  /(?<![\dA-Za-z]|\d[-.])\d{4}([ -]?)\d{4}\1\d{4}(?!\d|[-.]\d)/gu,
  /(?<![\dA-Za-z]|\d[-.])\d{3}([ -])\d{3}\1\d{3}\1\d{3}(?!\d|[-.]\d)/gu,
];

/** The check digit of a My Number: ordinance of the Ministry of Internal Affairs, 平成26年総務省令第85号, article 5. */
function hasCheckDigit(digits: string): boolean {
  const [check = 0, ...others] = [...digits].reverse().map(Number);
  const sum = others.reduce((total, digit, i) => total + digit * (i < 6 ? i + 2 : i - 4), 0);
  const rest = sum % 11;
  return check === (rest <= 1 ? 0 : 11 - rest);
}

export function findMyNumbers(reading: Reading): Finding[] {
  return twelveDigits.flatMap((pattern) =>
    [...reading.text.matchAll(pattern)].flatMap((match) => {
      const digits = match[0].replaceAll(/\D/gu, '');
      const isNumber = /[1-9]/u.test(digits) && hasCheckDigit(digits);
      return isNumber ? [findingAt(reading, 'my_number', match.index, match.index + match[0].length)] : [];
    }),
  );
}

const insuredWithLetter = /(?<![\dA-Za-z])(H-?\d{9,10})(?!\d|[-.,]\d)/dgiu;
const insuredAfterItsName =
  /(?:被保険?者?番?|保険証|介護保険)[番号証はがの:. (No]{0,8}(H?\d(?:(?: |-|[〜~])?\d){7,9})(?!\d|[-.,]\d)/dgiu;
const tenDigits = /(?<![\dA-Za-z+]|\d[-., ])(\d{10})(?!\d|[A-Za-z円人件名]|[-.,]\d)/dgu;

/** With H before it, after its name, or ten digits (the length of a number of 介護保険) that are no telephone number. */
export function findInsuredNumbers(reading: Reading, phones: readonly Finding[]): Finding[] {
  const places = (pattern: RegExp) =>
    [...reading.text.matchAll(pattern)].flatMap((match) => {
      const place = match.indices?.[1];
      return place ? [findingAt(reading, 'insured_number', ...place)] : [];
    });
  const isPhone = ({ start, end }: Finding) => phones.some((phone) => phone.start < end && start < phone.end);
  return [
    ...places(insuredWithLetter),
    ...places(insuredAfterItsName),
    ...places(tenDigits).filter((finding) => !isPhone(finding)),
  ];
}
