/** Names of people: a surname with a title (高崎さん), a given name with one (よし子さん), a full name (高崎 吉子). */
import { foldName } from '../../lib/japanese.ts';
import type { Finding } from './finding.ts';
import type { NameBook } from './name-book.ts';
import { findingAt, type Reading } from './reading.ts';

/** さん of さんぽ, 様 of 様子, 氏 of 氏名 are no titles. */
const titles =
  /さん(?!ぽ|か月|ざ)|さま(?!ざま)|様(?![子式々相態変])|氏(?![名族神])|ちゃん|くん|君(?![主臨が津])|殿(?![下堂])|どの(?=[、。 ]|$)|宅(?![地配急建])|夫妻|夫婦|の?お(?:じい|ばあ|じ|ば|とう|かあ|父|母|爺|婆)(?:さん|ちゃん|様|さま)|の(?:奥さん|ご主人|旦那さん|息子さん|娘さん)/gu;

const han = '\\p{Script=Han}';
const kanjiBefore = new RegExp(`[${han}ヶケノツ]{1,7} ?$`, 'u');
const katakanaBefore = /[ァ-ヺー]{2,9} ?$/u;
const hiraganaBefore = /[ぁ-ゖー]{2,9} ?$/u;
const mixedBefore = new RegExp(`([${han}ヶケノツ]{1,5}) ?([ぁ-ゖァ-ヺー]{1,4}[子江枝代美乃]?) ?$`, 'u');
/** Before a surname in hiragana: a particle, or what is no hiragana. */
const particles = 'のはがをにとでもへやか';

/** Of those who are called by their given name after another word (長女和子さん); 法士 of 療法士さん is no name. */
const endOfGivenName = /[子江枝恵美代夫雄男郎一二三彦]$/u;

const isCalled = (name: string, book: NameBook) => book.isWholeSurname(name) || book.isShortGivenName(name);

/** The longest end of `run` that is a name; what is shorter than the run must be in the lists. */
function nameAtEnd(run: string, book: NameBook): string | undefined {
  const letters = [...run];
  for (let i = 0; i < letters.length; i += 1) {
    const name = letters.slice(i).join('');
    const isWhole = i === 0;
    if (book.isFullName(name) || (isWhole && isCalled(name, book))) return name;
    if (letters.length - i < 2) continue;
    if (book.isSurname(name)) return name;
    if (book.isGivenName(name) && (isWhole || endOfGivenName.test(name))) return name;
  }
  return undefined;
}

/** They stand before a name without a particle. */
const dayWords = /^(?:[本昨今明先翌毎][日朝夜]|[今先来][週月回]|前回|最近|現在)/u;
const titlesOfRareNames: ReadonlySet<string> = new Set(['さん', '様', 'さま', '氏']);

function kanjiName(before: string, book: NameBook, title: string): string | undefined {
  const run = kanjiBefore.exec(before)?.[0].trimEnd();
  if (run === undefined) return undefined;
  const at = before.trimEnd().length - run.length;
  // お星様, ご主人様
  if (/[おご]/u.test(before.charAt(at - 1))) return undefined;
  const listed = nameAtEnd(run, book);
  if (listed !== undefined || !titlesOfRareNames.has(title)) return listed;
  const rare = run.replace(dayWords, '');
  return book.mayBeRareSurname(rare) ? rare : undefined;
}

function katakanaName(before: string, book: NameBook): string | undefined {
  const run = katakanaBefore.exec(before)?.[0].trimEnd();
  return run !== undefined && book.isNameInKana(run) ? run : undefined;
}

function hiraganaName(before: string, book: NameBook): string | undefined {
  const letters = [...(hiraganaBefore.exec(before)?.[0].trimEnd() ?? '')];
  for (let i = 0; i < letters.length - 1; i += 1) {
    const name = letters.slice(i).join('');
    const isApart = i === 0 || (name.length >= 3 && particles.includes(letters[i - 1] ?? ''));
    if (isApart && book.isNameInKana(name)) return name;
  }
  return undefined;
}

/** 高崎よし子, 佐藤ヨシ: a surname in kanji, then kana. */
function mixedName(before: string, book: NameBook): string | undefined {
  const [, run = '', given = ''] = mixedBefore.exec(before) ?? [];
  const letters = [...run];
  if (!book.isNameInKana(given) && !book.isMixedGivenName(given)) return undefined;
  const surname = letters.map((_, i) => letters.slice(i).join('')).find((end) => book.isSurname(end));
  return surname === undefined ? undefined : before.slice(before.lastIndexOf(surname)).trimEnd();
}

/** よし子, ヨシ子: a given name alone. */
const mixedGivenBefore =
  /(?:([ァ-ヺー]{1,3})|(?:^|[^ぁ-ゖ]|[のはがをにとでもへや])([ぁ-ゖ]{1,3}?))([子江枝代美乃恵]) ?$/u;
function mixedGivenName(before: string, book: NameBook): string | undefined {
  const [, katakana, hiragana = '', last = ''] = mixedGivenBefore.exec(before) ?? [];
  const name = (katakana ?? hiragana) + last;
  return book.isMixedGivenName(name) && name.length > 2 ? name : undefined;
}

const longestName = 14;
const readers = [mixedName, mixedGivenName, kanjiName, katakanaName, hiraganaName];

function* titledNames(text: string, book: NameBook): Generator<[start: number, name: string]> {
  for (const match of text.matchAll(titles)) {
    const before = text.slice(Math.max(0, match.index - longestName), match.index);
    const name = readers.map((read) => read(before, book, match[0])).find((found) => found !== undefined);
    if (name !== undefined)
      yield [match.index - (before.length - before.trimEnd().length) - name.length, name];
  }
}

/** Up to four kanji of a surname, perhaps a space, then a given name; each place is tried once for each length. */
const kanjiRun = new RegExp(`[${han}ヶケノツ]{1,12}`, 'gu');
const givenAfter = new RegExp(
  `( ?)(?:([ぁ-ゖァ-ヺ${han}]{1,3}[子江枝代美乃恵])(?![${han}])|([ァ-ヺー]{2,5})(?![ァ-ヺー])|([ぁ-ゖ]{2,4})(?![ぁ-ゖ])|([ぁ-ゖ]{2,4}?)(?=[のはがをにとでもへや]))`,
  'yu',
);
const endOfName = `(?![${han}々])|(?=[様氏殿宅君方])`;
const kanjiGiven = [3, 2, 1].map((length) => new RegExp(`( ?)([${han}]{${length}})(?:${endOfName})`, 'yu'));
/** One kanji is a word too: 茂 counts, 進める does not. */
const afterOneKanji = /[^\p{L}\p{N}]|[のはがをにとでもへや様氏殿君宅方]|さん|さま|$/uy;

function givenInKana(text: string, at: number, book: NameBook): number {
  givenAfter.lastIndex = at;
  const match = givenAfter.exec(text);
  if (!match) return 0;
  const [whole, space, mixed, katakana, apart, beforeParticle] = match;
  if (mixed !== undefined) return book.isMixedGivenName(mixed) ? whole.length : 0;
  const name = katakana ?? apart ?? beforeParticle ?? '';
  const isLongEnough = katakana !== undefined || space !== '' || name.length >= 3;
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

/** A rare surname counts when what follows can hardly be anything but a given name. */
const rareSurname = new RegExp(
  `(${han}{2,3}?)(?:( ?)(${han}{2,3})(?!${han})| ([ァ-ヺー]{2,4})(?![ァ-ヺー]))`,
  'uy',
);
const clearGivenName = /[子江枝代夫雄郎彦]$/u;
const clearAfterSpace = /[男美一二三治次司吉勲隆稔]$/u;

function lengthOfRareName(text: string, start: number, book: NameBook): number {
  rareSurname.lastIndex = start;
  const [whole, surname = '', space, kanji, kana] = rareSurname.exec(text) ?? [];
  if (whole === undefined || !book.mayBeRareSurname(surname)) return 0;
  if (kana !== undefined) return book.isGivenNameInKana(kana) ? whole.length : 0;
  const given = kanji ?? '';
  const isClear = clearGivenName.test(given) || (space !== '' && clearAfterSpace.test(given));
  return isClear && book.isGivenName(given) ? whole.length : 0;
}

function* fullNames(text: string, book: NameBook): Generator<[start: number, name: string]> {
  for (const run of text.matchAll(kanjiRun)) {
    let isFound = false;
    for (let i = run.index; i < run.index + run[0].length; ) {
      const length = lengthOfFullName(text, i, i === run.index, book);
      if (length > 0) yield [i, text.slice(i, i + length)];
      isFound ||= length > 0;
      i += Math.max(1, length);
    }
    const rare = isFound ? 0 : lengthOfRareName(text, run.index, book);
    if (rare > 0) yield [run.index, text.slice(run.index, run.index + rare)];
  }
}

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
