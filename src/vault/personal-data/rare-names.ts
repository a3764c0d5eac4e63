/** Full names whose surname no list holds: surname, given name and what stands around each bear witness, and enough of it counts. */
import type { NameBook } from './name-book.ts';

const han = '\\p{Script=Han}';

/** What may follow the surname: kanji, katakana, hiragana, or kana with 子 and the like. */
const candidates = [3, 2].map(
  (length) =>
    new RegExp(
      `(${han}{${length}}|${han}[ヶケノツ]${han})((?: ?・ ?| {1,2}|(?: ?\\n ?))?)(?:(${han}{1,3}?)(?:(?![${han}々])|(?=[様氏殿宅方]))|([ぁ-ゖァ-ヺ${han}]{1,2}[ぁ-ゖァ-ヺ]?[子江枝代美乃恵]|志[げづずのまほん])(?![${han}])|([ァ-ヺー]{2,5})(?![ァ-ヺー])|([ぁ-ゖ]{2,4}?)(?=[のはがをにとでもへや]|さん|さま|[^ぁ-ゖ]|$))`,
      'yu',
    ),
);

/** What stands before a name without a particle: 長女山田花子, 本日山田花子. */
const wordsBefore =
  /^(?:[長次二三四][男女]|養[子女]|夫|妻|母|父|本人|息子|娘|孫|[姪甥弟妹兄姉]|故|[今昨本先]日|[今先来]週|相談者|対象者|利用者|介護者|(?:民生)?委員|担当者?|主治医|被保険者|世帯主|氏名|旧姓|前回|最近|現在)/u;

/** How much of a run of kanji stands before a name; 0 when nothing would be left. */
export function lengthOfWordsBefore(run: string): number {
  const length = wordsBefore.exec(run)?.[0].length ?? 0;
  return length < run.length ? length : 0;
}

/** What is enough; a surname of the lists with a given name would have as much. */
const ENOUGH = 4;

const clearGivenName = /[子江枝代夫雄郎彦]$/u;
const clearAfterGap = /[男美一二三治次司吉勲隆稔恵香枝蔵造之助太介平樹]$/u;

function witnessOfKanjiGiven(given: string, isApart: boolean, book: NameBook): number {
  if ([...given].length === 1) return book.isShortGivenName(given) ? 1 : 0;
  if (!book.isGivenName(given)) return 0;
  if (clearGivenName.test(given) || (isApart && clearAfterGap.test(given))) return 2;
  return roleEnding.test(given) ? 0 : 1;
}

/** 理学療法士さん: both ends of it could be a name. */
const roleEnding = /[士師員者長官]$/u;

interface Given {
  kanji: string | undefined;
  katakana: string | undefined;
  mixed: string | undefined;
  hiragana: string | undefined;
}

/** 0: no given name; 0.5 or 1: may be one; 2: hardly anything else. */
function witnessOfGiven(
  { kanji, katakana, mixed, hiragana }: Given,
  isApart: boolean,
  book: NameBook,
): number {
  if (kanji !== undefined) return witnessOfKanjiGiven(kanji, isApart, book);
  if (mixed !== undefined) return book.isMixedGivenName(mixed) ? 2 : 0;
  if (katakana !== undefined) return book.isGivenNameInKana(katakana) ? 2 : 0;
  if (!book.isGivenNameInKana(hiragana ?? '')) return 0;
  // 小川とも is nobody, unless something around speaks for a name.
  return isApart || (hiragana ?? '').length >= 3 ? 2 : 0.5;
}

/** 2: made as surnames are made (青砥, 宍倉); 1: two or three kanji that are no role. */
function witnessOfSurname(surname: string, book: NameBook): number {
  if (book.isSurname(surname)) return 3;
  if (book.isMadeLikeSurname(surname)) return 2;
  return book.mayBeRareSurname(surname) ? 1 : 0;
}

const labelBefore =
  /(?:氏名|名前|対象者|相談者|利用者|本人|キーパーソン|通報者|被保険者|世帯主|訪問|連絡先|ケース|[長次二三四][男女]|夫|妻|母|父|息子|娘|孫|[姪甥弟妹兄姉])(?:[はがの:、 「(・]|\n)*$/u;
const titleAfter = /^ ?(?:さん|さま|様|氏|殿|宅|くん|ちゃん)/u;
const personAfter =
  /^ ?(?:[(、,] ?)?(?:\d{2,3} ?[歳才代]|独居|本人|[長次二三四][男女]|夫|妻|[男女]性|要介護|要支援|生年月日)/u;

/** What stands around: a title or an age says most. */
function witnessAround(text: string, start: number, end: number): number {
  const after = text.slice(end, end + 8);
  const isLabelled = labelBefore.test(text.slice(Math.max(0, start - 12), start));
  const isLine = /(?:^|\n) *$/u.test(text.slice(Math.max(0, start - 3), start)) && /^ *(?:\n|$)/u.test(after);
  const isPerson = titleAfter.test(after) || personAfter.test(after);
  return (isLabelled ? 1 : 0) + (isLine ? 1 : 0) + (isPerson ? 2 : 0);
}

/** Behind a surname of the lists two or three kanji that are no role may be a given name that no list holds. */
function mayBeUnlisted(bySurname: number, kanji: string | undefined, book: NameBook): boolean {
  return bySurname === 3 && kanji !== undefined && book.mayBeRareSurname(kanji);
}

/** What speaks for it that these letters are a full name; below `ENOUGH` they are none. */
function witnessOf(text: string, match: RegExpExecArray, book: NameBook): number {
  const [whole, surname = '', gap = '', kanji, mixed, katakana, hiragana] = match;
  const bySurname = witnessOfSurname(surname, book);
  const byGiven = witnessOfGiven({ kanji, katakana, mixed, hiragana }, gap !== '', book);
  if (bySurname === 0) return 0;
  const around = witnessAround(text, match.index, match.index + whole.length);
  if (byGiven > 0) return bySurname + byGiven + (gap === '' ? 0 : 1) + around;
  const mayCount = around > 0 && !gap.includes('\n') && mayBeUnlisted(bySurname, kanji, book);
  return mayCount ? bySurname + around : 0;
}

/**
 * The full name that begins at `start`, or undefined. Requires that no kanji of the same word stands before; where one may
 * (姉 of 姉崎), `mustBeMade` takes only what is made like a surname.
 */
export function rareNameAt(
  text: string,
  start: number,
  book: NameBook,
  mustBeMade: boolean,
): string | undefined {
  for (const pattern of candidates) {
    pattern.lastIndex = start;
    const match = pattern.exec(text);
    if (!match || (mustBeMade && !book.isMadeLikeSurname(match[1] ?? ''))) continue;
    if (witnessOf(text, match, book) >= ENOUGH) return match[0];
  }
  return undefined;
}
