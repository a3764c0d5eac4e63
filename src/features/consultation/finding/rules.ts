/** By which words a case is found, and when two cases are about one person. Pure. */
import { fold, foldName, foldNumber, nameKeys } from '../../../lib/japanese.ts';
import type { SubjectField } from '../tables.ts';

/** What is known of a resident, as the form reads it. */
export type Subject = Partial<Record<SubjectField, string>>;

/** What somebody looks for. */
export type Search =
  | { by: 'reference'; reference: string }
  /** The keys under which it may stand, and the same folded, to compare with what is opened. */
  | { by: 'subject'; keys: string[]; folded: string };

/** A name has no key of more characters but its whole: see `nameKeys`. */
const LONGEST_KEY = 12;

/** `R8-0042`. */
export function formatReference(series: string, number: number): string {
  return `${series}-${String(number).padStart(4, '0')}`;
}

/** Takes a reference with any width, case, dash and number of zeros (`ｒ８ー４２`), a phone or insured number, or a name. */
export function readSearch(typed: string): Search {
  const number = foldNumber(typed).toUpperCase().replaceAll(/\s/g, '');
  const [, series, count] = /^([A-Z]\d{1,3})-0*(\d{1,9})$/.exec(number) ?? [];
  if (series && count) return { by: 'reference', reference: formatReference(series, Number(count)) };
  const digits = number.replaceAll(/[-()]/g, '');
  if (/^\d{10,11}$/.test(digits))
    return { by: 'subject', keys: [`phone:${digits}`, `insured:${digits}`], folded: digits };
  const folded = foldName(typed);
  const beginning = [...folded].slice(0, LONGEST_KEY).join('');
  return { by: 'subject', keys: [...new Set([folded, beginning])].map((key) => `name:${key}`), folded };
}

/** Under which keys a resident is found; each begins with its kind. */
export function subjectKeys(subject: Subject): string[] {
  const names = subject.subjectName ? nameKeys(subject.subjectName, subject.subjectKana) : [];
  return [...names.map((key) => `name:${key}`), ...numberKeys(subject)];
}

/** The keys that cases about the same person share. */
export function samenessKeys(subject: Subject): string[] {
  const name = fullNameOf(subject);
  return [...(name ? [`name:${name}`] : []), ...numberKeys(subject)];
}

/**
 * Whether two cases may be about one person: the same insured number, phone, or full name. Namesakes with different insured
 * numbers or readings are two persons.
 */
export function maybeSamePerson(one: Subject, other: Subject): boolean {
  const [mine, theirs] = [digitsOf(one), digitsOf(other)];
  if (mine.insured && mine.insured === theirs.insured) return true;
  if (mine.phone && mine.phone === theirs.phone) return true;
  const name = fullNameOf(one);
  if (name === undefined || name !== fullNameOf(other)) return false;
  if (mine.insured && theirs.insured) return false;
  const [kana, otherKana] = [foldName(one.subjectKana ?? ''), foldName(other.subjectKana ?? '')];
  return kana === '' || otherKana === '' || kana === otherKana;
}

/** Whether this is what somebody looks for. Hashes are short, so that a candidate may be anybody. */
export function isFound(subject: Subject, folded: string): boolean {
  const { phone, insured } = digitsOf(subject);
  if (/^\d{10,11}$/.test(folded)) return phone === folded || insured === folded;
  const { subjectName = '', subjectKana = '' } = subject;
  const spellings = [subjectName, subjectKana].flatMap((spelling) => [spelling, ...spelling.split(/\s+/u)]);
  return spellings.some((spelling) => {
    const name = foldName(spelling);
    // One character finds the name that is one character, not the hundreds that begin with it.
    return [...folded].length > 1 ? name.startsWith(folded) : name !== '' && name === folded;
  });
}

/** What offices write for a person without a name. */
const NO_NAMES = ['不明', '匿名', '未定', '本人', 'なし'].map(foldName);

/** Undefined for initials (`T.K.`, `Aさん`), names with letters hidden (`田○`) and words that stand for a missing name. */
function fullNameOf({ subjectName = '' }: Subject): string | undefined {
  const name = foldName(subjectName);
  const isHidden = /[○◯〇●◎*×✕□■△▲?_]/u.test(fold(subjectName));
  const isInitials = /^[a-z]{1,3}(さん|様|氏|殿|子|男)?$/u.test(name.replaceAll(/[.。,'-]/gu, ''));
  const isTooShort = [...name].length < 2 || !/\p{L}/u.test(name);
  return isHidden || isInitials || isTooShort || NO_NAMES.includes(name) ? undefined : name;
}

function numberKeys(subject: Subject): string[] {
  const { phone, insured } = digitsOf(subject);
  return [...(phone ? [`phone:${phone}`] : []), ...(insured ? [`insured:${insured}`] : [])];
}

function digitsOf({ subjectPhone = '', subjectInsuredNumber = '' }: Subject) {
  return { phone: subjectPhone.replaceAll(/\D/g, ''), insured: subjectInsuredNumber.replaceAll(/\D/g, '') };
}
