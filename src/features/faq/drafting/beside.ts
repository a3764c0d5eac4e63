/**
 * What points to people by the words beside it, in the words of a case: 「孫の翔太」, 「田中医師」, 「（81）」. Elsewhere this would cover too
 * much; a draft is written anew anyway. Pure.
 */
import { commonKanji } from '../../../lib/kanji-variants.ts';
import type { Finding, FindingKind } from '../../../vault/personal-data/finding.ts';
import type { NameBook } from '../../../vault/personal-data/name-book.ts';

const KIN =
  '長男|次男|二男|三男|四男|長女|次女|二女|三女|四女|妻|夫|息子|娘|孫|嫁|婿|弟|妹|兄|姉|父|母|叔父|叔母|伯父|伯母|甥|姪|いとこ|内縁|友人|知人';
const ROLES =
  '医師|先生|看護師|保健師|薬剤師|ケアマネ(?:ジャー|ージャー)?|主任ケアマネ|相談員|師長|院長|民生委員|ヘルパー|主任|係長|課長|部長|所長|施設長|管理者|弁護士|司法書士|社会福祉士|巡査|大家|担当';
const LONGEST_NAME = 5;
const SHORTEST_NAME = 2;

const BEHIND = new RegExp(
  `(?:${KIN}|${ROLES})(?:の|・|、|：|:|　| |（|\\()?([\\p{Script=Han}々]{1,${LONGEST_NAME}}[ぁ-ん]?)`,
  'dgu',
);
const BEFORE = new RegExp(`([\\p{Script=Han}々ヶケノツ]{${SHORTEST_NAME},6})(?=${ROLES})`, 'dgu');

/** The age of whoever was named before it. */
const AGE_IN_BRACKETS =
  /[（(]\s*(?:満|享年)?\s*(?:[6-9][0-9]|10[0-9]|[６-９][０-９]|１０[０-９])\s*(?:歳|才)?\s*[)）]/gu;
const KANJI_NUMBER = /[〇零一二三四五六七八九](?:[-‐―－ー・\s]?[〇零一二三四五六七八九]){8,}/gu;
/** A house's number behind the name of a place. */
const HOUSE =
  /[\p{Script=Han}ぁ-んァ-ヶー々]{1,10}(?:市|区|町|村|郡)[^\s、。（(]{0,12}?[0-9０-９一二三四五六七八九十]+(?:丁目|番地?|[-－‐ー―])[0-9０-９一二三四五六七八九十番地号丁目\-－‐ー―]*/gu;

/** Places that point to somebody by what stands beside them; they may overlap. */
export function findBeside(text: string, book: NameBook): Finding[] {
  return [
    ...namesIn(text, BEHIND, (letters) => startOf(letters, book)),
    ...namesIn(text, BEFORE, (letters) => endOf(letters, book)),
    ...all(text, AGE_IN_BRACKETS, 'known_value'),
    ...all(text, KANJI_NUMBER, 'phone'),
    ...all(text, HOUSE, 'address'),
  ];
}

function namesIn(
  text: string,
  pattern: RegExp,
  nameOf: (letters: readonly string[]) => { from: number; length: number } | undefined,
): Finding[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const [start] = match.indices?.[1] ?? [];
    const letters = [...(match[1] ?? '')];
    const name = nameOf(letters);
    if (start === undefined || !name) return [];
    const before = letters.slice(0, name.from).join('').length;
    const length = letters.slice(name.from, name.from + name.length).join('').length;
    return [{ kind: 'person_name', start: start + before, end: start + before + length }];
  });
}

/** The longest name that the letters begin with. */
function startOf(letters: readonly string[], book: NameBook) {
  for (let length = Math.min(LONGEST_NAME, letters.length); length >= SHORTEST_NAME; length -= 1)
    if (isName(letters.slice(0, length), book)) return { from: 0, length };
  return undefined;
}

/** The longest surname that they end with. */
function endOf(letters: readonly string[], book: NameBook) {
  for (let from = 0; from <= letters.length - SHORTEST_NAME; from += 1) {
    const word = folded(letters.slice(from));
    if (book.isSurname(word) || book.isFullName(word)) return { from, length: letters.length - from };
  }
  return undefined;
}

function isName(letters: readonly string[], book: NameBook): boolean {
  const word = folded(letters);
  return (
    book.isSurname(word) || book.isGivenName(word) || book.isMixedGivenName(word) || book.isFullName(word)
  );
}

/** As the book has its words. */
function folded(letters: readonly string[]): string {
  return letters.map(commonKanji).join('');
}

function all(text: string, pattern: RegExp, kind: FindingKind): Finding[] {
  return [...text.matchAll(pattern)].map((match) => ({
    kind,
    start: match.index,
    end: match.index + match[0].length,
  }));
}
