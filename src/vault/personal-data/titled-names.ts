/** Names with a title behind: a surname (高崎さん), a given name (よし子さん, 長女和子さん), both in kana (タカサキ ヨシコ様). */
import type { NameBook } from './name-book.ts';
import { lengthOfWordsBefore } from './rare-names.ts';

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

/** Roles and offices end so, and names of families after places: 弘中, 野宮, 膳所. */
const endOfPlaces = /[宮寺中内村部宅治所]$/u;
const titlesOfRareNames: ReadonlySet<string> = new Set(['さん', '様', 'さま', '氏']);

function kanjiName(before: string, book: NameBook, title: string): string | undefined {
  const run = kanjiBefore.exec(before)?.[0].trimEnd();
  if (run === undefined) return undefined;
  const at = before.trimEnd().length - run.length;
  // お星様, ご主人様
  if (/[おご]/u.test(before.charAt(at - 1))) return undefined;
  const rest = run.slice(lengthOfWordsBefore(run));
  const isRareTitle = titlesOfRareNames.has(title);
  // 八木原 is more than the 木原 in it.
  if (isRareTitle && [...rest].length === 3 && book.isMadeLikeSurname(rest)) return rest;
  const listed = nameAtEnd(run, book) ?? nameAtEnd(rest, book);
  if (listed !== undefined || !isRareTitle) return listed;
  return book.mayBeRareSurname(rest) || (endOfPlaces.test(rest) && book.isMadeLikeSurname(rest))
    ? rest
    : undefined;
}

const katakanaSurnameBefore = /(?<![ァ-ヺー])[ァ-ヺー]{2,6}(?: ?・ ?| {1,2}|\n)$/u;

function katakanaName(before: string, book: NameBook): string | undefined {
  const run = katakanaBefore.exec(before)?.[0].trimEnd();
  if (run === undefined || !(book.isNameInKana(run) || book.isMadeLikeSurnameInKana(run))) return undefined;
  const surname =
    katakanaSurnameBefore.exec(before.slice(0, before.trimEnd().length - run.length))?.[0] ?? '';
  return surname + run;
}

function hiraganaName(before: string, book: NameBook): string | undefined {
  const letters = [...(hiraganaBefore.exec(before)?.[0].trimEnd() ?? '')];
  for (let i = 0; i < letters.length - 1; i += 1) {
    const name = letters.slice(i).join('');
    const isApart = i === 0 || (name.length >= 3 && particles.includes(letters[i - 1] ?? ''));
    if (isApart && (book.isNameInKana(name) || book.isMadeLikeSurnameInKana(name))) return name;
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

export function* titledNames(text: string, book: NameBook): Generator<[start: number, name: string]> {
  for (const match of text.matchAll(titles)) {
    const before = text.slice(Math.max(0, match.index - longestName), match.index);
    const name = readers.map((read) => read(before, book, match[0])).find((found) => found !== undefined);
    if (name !== undefined)
      yield [match.index - (before.length - before.trimEnd().length) - name.length, name];
  }
}
