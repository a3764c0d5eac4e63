/**
 * Covers what points to people in the words of a case before they become a draft. Pure. The house's detector finds what looks like personal
 * data; here is added what only the case's own record tells: parts of names, of the address, the age, in whatever spelling. It covers
 * too much rather than too little: the editor writes anew what is missed.
 */
import type { Detector } from '../../../vault/personal-data/detector.ts';
import {
  type Finding,
  type FindingKind,
  joinFindings,
  maskFindings,
} from '../../../vault/personal-data/finding.ts';
import type { NameBook } from '../../../vault/personal-data/name-book.ts';
import type { OpenedContent } from '../../consultation/content/data.ts';
import { findBeside } from './beside.ts';

/** Whom the case is about, and who worked on it. */
export interface CasePeople {
  subject: OpenedContent['subject'];
  /** Names of staff. */
  staff: readonly string[];
}

export interface Covered {
  text: string;
  /** What was covered, each as often as it stood there. */
  kinds: FindingKind[];
}

const KANA = /^[ぁ-ゖァ-ヺーｦ-ﾟ]+$/u;
const SHORTEST = { kana: 3, kanji: 2 } as const;
/** A name is no longer: what is is an address or a mistake. */
const LONGEST_NAME = 12;

/** @returns covers a text of the case */
export function coverFor(detector: Detector, book: NameBook, people: CasePeople): (text: string) => Covered {
  const { subject, staff } = people;
  const names = [subject.subjectName, subject.subjectKana].flatMap((name) =>
    name === undefined ? [] : [name],
  );
  const known = [
    ...[...names, ...staff].flatMap((name) => [name, ...partsOfName(name)]),
    ...partsOfAddress(subject.subjectAddress ?? ''),
    ...[subject.subjectPhone, subject.subjectInsuredNumber].flatMap((value) => value ?? []),
  ];
  const patterns = [REFERENCE, ...shortNames(names), ...agePatterns(subject.subjectAge)];
  return (text) => {
    const own = patterns.flatMap((pattern) => findAll(text, pattern));
    const findings = joinFindings([...detector.find(text, { known }), ...findBeside(text, book), ...own]);
    return { text: maskFindings(text, findings), kinds: findings.map(({ kind }) => kind) };
  };
}

/** Of a name that was typed without a space nobody knows where its parts meet: every beginning and end. */
function partsOfName(name: string): string[] {
  const parts = name.split(/[\s・]+/u).filter(Boolean);
  if (parts.length > 1) return parts.flatMap((part) => ([...part].length > 1 ? [part] : []));
  const letters = [...name].slice(0, LONGEST_NAME);
  const shortest = KANA.test(name) ? SHORTEST.kana : SHORTEST.kanji;
  return letters.flatMap((_, at) => [
    ...(at >= shortest ? [letters.slice(0, at).join('')] : []),
    ...(letters.length - at >= shortest && at > 0 ? [letters.slice(at).join('')] : []),
  ]);
}

/** 林 花子 as 林: alone, since 林業 is another word. */
function shortNames(names: readonly string[]): RegExp[] {
  const short = names
    .flatMap((name) => name.split(/[\s・]+/u))
    .filter((part) => /^\p{Script=Han}$/u.test(part));
  return short.map((part) => new RegExp(`(?<!\\p{Script=Han})${part}(?!\\p{Script=Han})`, 'gu'));
}

/** The town, the house and its name: 「北町」, 「北町一丁目2-3」, 「コーポ若葉」. */
function partsOfAddress(address: string): string[] {
  const plain = address.normalize('NFKC');
  const places = plain.split(/\s+/u);
  const town =
    /^(?:.{2,3}[都道府県])?(?:[^\d\s]{1,8}?[市郡区])?([^\d\s一二三四五六七八九十]{2,}?)(?=[\d一二三四五六七八九十]|$)/u.exec(
      places[0] ?? '',
    );
  const named = places.slice(1).map((each) => each.replace(/[\d\s号室階F-]+$/u, ''));
  return [address, ...places, town?.[1] ?? '', ...named].filter((each) => [...each].length > 1);
}

/** References lead those who may see the case back to it, and belong to no answer. */
const REFERENCE = /(?<![A-Za-z\d])[RHSＲ][0-9０-９]{1,2}[-－‐ー][0-9０-９]{3,6}/gu;

const DIGITS = '〇一二三四五六七八九';

/** 「87歳」 in any digits, of this very age: 「65歳以上」 is a rule, not a person. */
function agePatterns(age: string | undefined): RegExp[] {
  const digits = /\d{1,3}/.exec((age ?? '').normalize('NFKC'))?.[0];
  if (digits === undefined) return [];
  const wide = digits.replaceAll(
    /\d/g,
    (digit) => `[${digit}${String.fromCharCode(0xff10 + Number(digit))}]`,
  );
  const years = '\\s*(?:歳|才|さい)';
  return [
    new RegExp(`(?<![\\d０-９])${wide}${years}`, 'gu'),
    ...kanjiNumbers(Number(digits)).map((each) => new RegExp(`(?<![${DIGITS}十百])${each}${years}`, 'gu')),
  ];
}

/** 87 as 八十七 and 八七. */
function kanjiNumbers(number: number): string[] {
  const kanji = (digit: number) => DIGITS.charAt(digit);
  const [hundreds, tens, ones] = [Math.floor(number / 100), Math.floor(number / 10) % 10, number % 10];
  const place = (digit: number, unit: string) =>
    digit === 0 ? '' : `${digit === 1 ? '' : kanji(digit)}${unit}`;
  const spoken = `${place(hundreds, '百')}${place(tens, '十')}${ones === 0 ? '' : kanji(ones)}`;
  const written = String(number).replaceAll(/\d/g, (digit) => kanji(Number(digit)));
  return [spoken, written].filter(Boolean);
}

function findAll(text: string, pattern: RegExp): Finding[] {
  return [...text.matchAll(pattern)].map((match) => ({
    kind: 'known_value',
    start: match.index,
    end: match.index + match[0].length,
  }));
}
