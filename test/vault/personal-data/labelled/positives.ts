/** Texts with one piece of personal data each, of eight kinds, in every spelling that the issue names. */
import type { FindingKind } from '../../../../src/vault/personal-data/finding.ts';
import { makePeople } from './people.ts';
import { chance, type Half, pick, startDraws } from './random.ts';
import * as sentences from './sentences.ts';
import * as spellings from './spellings.ts';
import * as values from './values.ts';

export type LabelledKind =
  | 'phone'
  | 'my_number'
  | 'insured_number'
  | 'mail'
  | 'address'
  | 'birth_date'
  | 'titled_name'
  | 'full_name';

export interface Positive {
  kind: LabelledKind;
  text: string;
  /** Where the value stands in `text`, in UTF-16 units; a title does not belong to it. */
  start: number;
  end: number;
}

/** What the detector calls it. */
export const findingKindOf: Readonly<Record<LabelledKind, FindingKind>> = {
  phone: 'phone',
  my_number: 'my_number',
  insured_number: 'insured_number',
  mail: 'mail',
  address: 'address',
  birth_date: 'birth_date',
  titled_name: 'person_name',
  full_name: 'person_name',
};

type Draw = (half: Half) => { value: string; sentence: sentences.Sentence };

/** Two in five as the register writes it, the others in one of the ways. */
const spell = (value: string, ways: readonly spellings.Spell[]) => (chance(0.4) ? value : pick(ways)(value));

const ofDigits = [
  spellings.wide,
  spellings.withInvisible,
  spellings.withOtherDashes,
  spellings.wideWithOtherDashes,
  spellings.spacedOut,
  spellings.brokenAnywhere,
  spellings.brokenAfterDash,
];

const phoneForms: readonly spellings.Spell[] = [
  (number) => number,
  (number) => number,
  (number) => number.replaceAll('-', ''),
  (number) => number.replace(/-(\d+)-/u, '($1)'),
  (number) => `(${number.replace('-', ')')}`,
  (number) => number.replaceAll('-', '.'),
  (number) => `+81-${number.slice(1)}`,
];

const drawPhone: Draw = () => {
  const number = values.phone();
  const value = chance(0.5)
    ? spell(number, [...ofDigits, spellings.spacesForDashes, spellings.spacesAroundDashes])
    : spell(pick(phoneForms)(number), [spellings.wide, spellings.withInvisible, spellings.brokenAnywhere]);
  return { value, sentence: pick(sentences.aboutPhones) };
};

const grouped = (number: string, separator: string) => number.replaceAll(/(\d{4})(?=\d)/gu, `$1${separator}`);

const drawMyNumber: Draw = () => {
  const number = values.myNumber();
  const written = chance(0.5) ? number : grouped(number, '-');
  const value = spell(written, [...ofDigits, spellings.spacesForDashes, spellings.spacesAroundDashes]);
  return { value, sentence: pick(sentences.aboutMyNumbers) };
};

const drawInsured: Draw = () => {
  const number = values.insuredNumber();
  if (chance(0.15))
    return {
      value: spell(`${pick(['H', 'h'])}${number}`, [spellings.wide, spellings.withInvisible]),
      sentence: pick(sentences.aboutInsured),
    };
  if (chance(0.5))
    return {
      value: spell(number, [
        spellings.wide,
        spellings.withInvisible,
        spellings.spacedOut,
        spellings.brokenAnywhere,
      ]),
      sentence: pick(sentences.aboutInsured),
    };
  const apart = `${number.slice(0, 4)}-${number.slice(4)}`;
  return {
    value: spell(apart, [...ofDigits, spellings.spacesForDashes]),
    sentence: pick(sentences.namedInsured),
  };
};

const drawMail: Draw = () => {
  const address = values.mail();
  const ways = [
    spellings.wide,
    spellings.withInvisible,
    spellings.brokenAnywhere,
    (mail: string) => mail.replace('@', '＠'),
    (mail: string) => mail.replace('@', pick([' @ ', '@ ', ' ＠'])),
    (mail: string) => mail.replace('@', pick(['(at)', '[at]', '（アット）', ' at '])),
    (mail: string) => mail.replace('@', '@\n'),
    (mail: string) => mail.toUpperCase(),
  ];
  return { value: spell(address, ways), sentence: pick(sentences.aboutMails) };
};

const drawAddress: Draw = (half) => {
  const parts = values.addressParts(half);
  const isTownOnly = values.isTownOnly(parts);
  const value = pick(['', '', '', ' ', '　'])
    ? parts.join(pick([' ', '　']))
    : parts.join(parts[0]?.startsWith('〒') ? ' ' : '');
  const ways = [
    spellings.wide,
    spellings.halfWidth,
    spellings.withInvisible,
    spellings.withOtherDashes,
    spellings.wideWithOtherDashes,
    spellings.spacesAroundDashes,
    () => parts.join('\n'),
    () => parts.join('\n').replace(/(?<=[^\d〒\n])(?=\d)/u, '\n'),
    spellings.brokenAnywhere,
  ];
  return {
    value: spell(value, ways),
    sentence: pick(isTownOnly ? sentences.aboutTowns : sentences.aboutAddresses),
  };
};

const drawBirthDate: Draw = () => ({
  value: spell(values.birthDate(), [
    ...ofDigits,
    (date) => date.replaceAll(/\d+/gu, ' $& ').trim(),
    (date) => date.replaceAll(/(?<=年|月)/gu, '\n'),
  ]),
  sentence: pick(sentences.aboutBirths),
});

const ofNames = [
  spellings.withInvisible,
  spellings.withInvisible,
  spellings.spacedOut,
  spellings.brokenAnywhere,
];

const drawTitled: Draw = (half) => {
  const people = makePeople(half);
  const sentence = pick(sentences.aboutTitled);
  if (chance(0.15)) {
    const [surname, given] = people.kana();
    const name = pick([surname, given, `${surname} ${given}`]);
    return { value: pick([spellings.plain, spellings.halfWidth, spellings.toHiragana])(name), sentence };
  }
  const name = chance(0.15) ? people.givenName() : people.surname();
  // A name of one letter can be neither spaced nor broken.
  return { value: [...name].length > 1 ? spell(name, ofNames) : name, sentence };
};

const drawFullName: Draw = (half) => {
  const people = makePeople(half);
  const sentence = pick(sentences.aboutFullNames);
  if (chance(0.12)) {
    const [surname, given] = people.kana();
    const name = `${surname}${pick([' ', '　', '・'])}${given}`;
    return { value: pick([spellings.plain, spellings.halfWidth, spellings.toHiragana])(name), sentence };
  }
  const [surname, given] = [people.surname(), people.givenName()];
  const name = `${surname}${pick(['', '', ' ', '　', '・'])}${given}`;
  return { value: spell(name, [...ofNames, () => `${surname}\n${given}`]), sentence };
};

const draws: Readonly<Record<LabelledKind, Draw>> = {
  phone: drawPhone,
  my_number: drawMyNumber,
  insured_number: drawInsured,
  mail: drawMail,
  address: drawAddress,
  birth_date: drawBirthDate,
  titled_name: drawTitled,
  full_name: drawFullName,
};

export const labelledKinds: readonly LabelledKind[] = [
  'phone',
  'my_number',
  'insured_number',
  'mail',
  'address',
  'birth_date',
  'titled_name',
  'full_name',
];

/** `count` of each kind. The same for the same seed, half and count. */
export function makePositives(seed: number, half: Half, count: number): Positive[] {
  startDraws(seed);
  return labelledKinds.flatMap((kind) =>
    Array.from({ length: count }, () => {
      const { value, sentence } = draws[kind](half);
      const text = sentence(value);
      const start = text.indexOf(value);
      return { kind, text, start, end: start + value.length };
    }),
  );
}
