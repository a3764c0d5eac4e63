/**
 * What of a record is to be looked at before a resident gets a copy: places that may tell of somebody else. It marks; nothing is
 * blackened by itself, and what it does not mark may have to be blackened, too: a person reads the whole. Pure.
 * Act on the Protection of Personal Information, article 78: what is not disclosed.
 */
import { fold, foldName } from '../../../../lib/japanese.ts';
import type { Finding } from '../../../../vault/personal-data/finding.ts';
import type { Subject } from '../../finding/rules.ts';

/**
 * `reporter`: may tell who reported abuse (高齢者虐待防止法 article 8). `family`: the resident, or somebody of the same family name.
 * `staff`: officials' names are usually disclosed; whoever works for a contractor may be another matter.
 */
export type MarkKind = 'reporter' | 'person' | 'family' | 'contact' | 'staff';

/** From `start` to before `end`, in UTF-16 units of its text. */
export interface Mark {
  kind: MarkKind;
  start: number;
  end: number;
}

/** Whose copy it is, and who worked on it. */
export interface Surroundings {
  subject: Subject;
  staffNames: readonly string[];
  /** 高齢者虐待: each source of information may be a reporter. */
  isAbuse: boolean;
}

const STRONGEST_FIRST: readonly MarkKind[] = ['reporter', 'person', 'family', 'contact', 'staff'];
const HONORIFIC = /(さん|さま|様|氏|殿|ちゃん|くん|君|先生)$/u;
const REPORTING = /通報|届け?出(?:者|が|た)|情報提供者|匿名|告発/u;
const SOURCE = /(?:から|より)[^。\n]{0,20}?(?:話|連絡|電話|相談|情報|知らせ|報告|訴え|申し?出)/u;

/** In order, without overlaps. @param find what looks like personal data in a text */
export function marksIn(text: string, find: (text: string) => Finding[], around: Surroundings): Mark[] {
  return joinMarks([
    ...find(text).flatMap((finding) => markOf(text, finding, around)),
    ...staffMarks(text, around.staffNames),
    ...reporterMarks(text, around.isAbuse),
  ]);
}

function markOf(text: string, { kind, start, end }: Finding, around: Surroundings): Mark[] {
  const found = text.slice(start, end);
  if (kind !== 'person_name')
    return isOwnValue(found, around.subject) ? [] : [{ kind: 'contact', start, end }];
  const name = foldName(found.replace(HONORIFIC, ''));
  const { subjectName = '', subjectKana = '' } = around.subject;
  if ([subjectName, subjectKana].some((own) => own !== '' && foldName(own) === name)) return [];
  const isFamily = [subjectName, subjectKana].some((own) => isPartOf(own, name));
  if (isFamily) return [{ kind: 'family', start, end }];
  const isStaff = around.staffNames.some((staff) => foldName(staff) === name || isPartOf(staff, name));
  return [{ kind: isStaff ? 'staff' : 'person', start, end }];
}

/** Whether it is the family name or the given name. */
function isPartOf(fullName: string, name: string): boolean {
  return name !== '' && fullName.split(/\s+/u).some((part) => foldName(part) === name);
}

function isOwnValue(found: string, subject: Subject): boolean {
  const digits = found.replaceAll(/\D/gu, '');
  const { subjectPhone = '', subjectInsuredNumber = '', subjectAddress = '' } = subject;
  const ownDigits = [subjectPhone, subjectInsuredNumber].map((own) => own.replaceAll(/\D/gu, ''));
  if (digits.length >= 9 && ownDigits.includes(digits)) return true;
  const [address, own] = [fold(found), fold(subjectAddress)];
  return own !== '' && (own.includes(address) || address.includes(own));
}

/** With a space, without, and with a wide one. */
function staffMarks(text: string, names: readonly string[]): Mark[] {
  return names.flatMap((name) => {
    const spellings = new Set([name, name.replaceAll(/\s/gu, ''), name.replaceAll(/\s/gu, '\u3000')]);
    return [...spellings].flatMap((spelling) => occurrencesOf(spelling, text));
  });
}

function occurrencesOf(name: string, text: string): Mark[] {
  const marks: Mark[] = [];
  if (name.length < 2) return marks;
  for (let start = text.indexOf(name); start >= 0; start = text.indexOf(name, start + name.length))
    marks.push({ kind: 'staff', start, end: start + name.length });
  return marks;
}

/** The whole sentence: who it was may follow from any word of it. */
function reporterMarks(text: string, isAbuse: boolean): Mark[] {
  const marks: Mark[] = [];
  for (const sentence of text.matchAll(/[^。\n]+。?/gu)) {
    const [words] = sentence;
    if (REPORTING.test(words) || (isAbuse && SOURCE.test(words)))
      marks.push({ kind: 'reporter', start: sentence.index, end: sentence.index + words.length });
  }
  return marks;
}

/** Those that overlap become one, of the kind that weighs most. */
function joinMarks(marks: readonly Mark[]): Mark[] {
  const joined: Mark[] = [];
  for (const mark of marks.toSorted((one, other) => one.start - other.start || other.end - one.end)) {
    const last = joined.at(-1);
    if (!last || mark.start >= last.end) {
      joined.push({ ...mark });
      continue;
    }
    last.end = Math.max(last.end, mark.end);
    if (STRONGEST_FIRST.indexOf(mark.kind) < STRONGEST_FIRST.indexOf(last.kind)) last.kind = mark.kind;
  }
  return joined;
}
