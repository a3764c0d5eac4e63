/** Full names: a surname and a given name of the lists (高崎 吉子), and rarer ones where everything around speaks for a name. */
import type { NameBook } from './name-book.ts';
import { lengthOfWordsBefore, rareNameAt } from './rare-names.ts';

const han = '\\p{Script=Han}';
/** Between surname and given name. */
const gap = '((?: ?・ ?| {1,2}|(?: ?\\n ?))?)';

/** Up to four kanji of a surname, then a given name; each place is tried once for each length. */
const kanjiRun = new RegExp(`[${han}ヶケノツ]{1,12}`, 'gu');
const givenAfter = new RegExp(
  `${gap}(?:([ぁ-ゖァ-ヺ${han}]{1,3}[子江枝代美乃恵]|志[げづずのまほん])(?![${han}])|([ァ-ヺー]{2,5})(?![ァ-ヺー])|([ぁ-ゖ]{2,4})(?![ぁ-ゖ])|([ぁ-ゖ]{2,4}?)(?=[のはがをにとでもへや]))`,
  'yu',
);
const endOfName = `(?![${han}々])|(?=[様氏殿宅君方])`;
const kanjiGiven = [3, 2, 1].map((length) => new RegExp(`${gap}([${han}]{${length}})(?:${endOfName})`, 'yu'));
/** One kanji is a word too: 茂 counts, 進める does not. */
const afterOneKanji = /[^\p{L}\p{N}]|[のはがをにとでもへや様氏殿君宅方]|さん|さま|$/uy;

function givenInKana(text: string, at: number, book: NameBook): number {
  givenAfter.lastIndex = at;
  const match = givenAfter.exec(text);
  if (!match) return 0;
  const [whole, between, mixed, katakana, apart, beforeParticle] = match;
  if (mixed !== undefined) return book.isMixedGivenName(mixed) ? whole.length : 0;
  const name = katakana ?? apart ?? beforeParticle ?? '';
  const isLongEnough = katakana !== undefined || between !== '' || name.length >= 3;
  return isLongEnough && book.isGivenNameInKana(name) ? whole.length : 0;
}

function givenInKanji(text: string, at: number, book: NameBook): number {
  for (const pattern of kanjiGiven) {
    pattern.lastIndex = at;
    const [whole, , name = ''] = pattern.exec(text) ?? [];
    if (whole === undefined) continue;
    if ([...name].length > 1 && book.isGivenName(name)) return whole.length;
    afterOneKanji.lastIndex = at + whole.length;
    if (book.isShortGivenName(name) && afterOneKanji.test(text)) return whole.length;
  }
  return 0;
}

function lengthOfFullName(text: string, start: number, isApart: boolean, book: NameBook): number {
  for (let length = 5; length >= 1; length -= 1) {
    const surname = text.slice(start, start + length);
    if (!(length === 1 ? isApart && book.isShortSurname(surname) : book.isSurname(surname))) continue;
    const end = start + length;
    const given = givenInKanji(text, end, book) || givenInKana(text, end, book);
    // 東京に, 原文の: two characters of which both could be a name are mostly a word.
    if (given > 0 && length + given > 2) return length + given;
  }
  return 0;
}

function* listedNames(
  text: string,
  run: { start: number; end: number; first: number },
  book: NameBook,
): Generator<[start: number, name: string]> {
  for (let i = run.start; i < run.end; ) {
    const length = lengthOfFullName(text, i, i === run.start || i === run.first, book);
    // 八木原丑松 is more than the 木原丑松 in it.
    const isLonger = i === run.first + 1 && book.isMadeLikeSurname(text.slice(run.first, run.first + 3));
    const start = isLonger ? run.first : i;
    if (length > 0) yield [start, text.slice(start, i + length)];
    i += Math.max(1, length);
  }
}

function* fullKanjiNames(text: string, book: NameBook): Generator<[start: number, name: string]> {
  for (const { index: start, 0: letters } of text.matchAll(kanjiRun)) {
    const first = start + lengthOfWordsBefore(letters);
    const listed = [...listedNames(text, { start, end: start + letters.length, first }, book)];
    yield* listed;
    if (listed.length > 0) continue;
    const rare = rareNameAt(text, first, book, false);
    const other = rare === undefined && first > start ? rareNameAt(text, start, book, true) : undefined;
    if (rare !== undefined) yield [first, rare];
    else if (other !== undefined) yield [start, other];
  }
}

/** ヤマダ ハナコ, やまだ・はなこ */
const inKana = new RegExp(
  ['ァ-ヺー', 'ぁ-ゖー']
    .map((kana) => `(?<![ァ-ヺー])([${kana}]{2,8})(?: ?・ ?| {1,2}|\\n)([${kana}]{2,9})`)
    .join('|'),
  'gu',
);
const afterKanaName = /^(?:[のはがをにとでもへや、]|さん|さま|ちゃん|です|だ|$)/u;

/** The given name that a run of kana begins with: はなこ of はなこさんが. */
function givenNameAtStart(run: string, book: NameBook): string | undefined {
  const ends = Array.from({ length: Math.min(5, run.length) - 1 }, (_, i) => run.slice(0, i + 2));
  return ends.findLast((name) => book.isGivenNameInKana(name) && afterKanaName.test(run.slice(name.length)));
}

function* fullKanaNames(text: string, book: NameBook): Generator<[start: number, name: string]> {
  for (const match of text.matchAll(inKana)) {
    const [whole, katakana, katakanaAfter, hiragana = '', hiraganaAfter = ''] = match;
    const after = katakanaAfter ?? hiraganaAfter;
    const given = givenNameAtStart(after, book);
    const run = katakana ?? hiragana;
    const surname = katakana ?? book.surnameInKanaAtEnd(run);
    if (given === undefined || surname === undefined) continue;
    if (!(book.isNameInKana(surname) || book.mayBeSurnameInKana(surname))) continue;
    const skipped = run.length - surname.length;
    yield [match.index + skipped, whole.slice(skipped, whole.length - after.length + given.length)];
  }
}

export function* fullNames(text: string, book: NameBook): Generator<[start: number, name: string]> {
  yield* fullKanjiNames(text, book);
  yield* fullKanaNames(text, book);
}
