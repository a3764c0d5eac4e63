/** Answers whether a word is a name, from the lists of names that most people bear. */
import { foldName } from '../../lib/japanese.ts';
import { commonKanji } from '../../lib/kanji-variants.ts';
import * as lists from './name-lists.ts';

/** Words come as they stand in a `Reading`: kanji in their common form, kana as they were typed. */
export interface NameBook {
  isSurname(word: string): boolean;
  isShortSurname(word: string): boolean;
  /** A surname of any length; for places where a title follows. */
  isWholeSurname(word: string): boolean;
  /** Two or three kanji that are no role: perhaps a rare surname, where さん or 様 follows. */
  mayBeRareSurname(word: string): boolean;
  isGivenName(word: string): boolean;
  isShortGivenName(word: string): boolean;
  /** よし子, 志づ江 */
  isMixedGivenName(word: string): boolean;
  isGivenNameInKana(word: string): boolean;
  /** A surname or a given name. */
  isNameInKana(word: string): boolean;
  isFullName(word: string): boolean;
  /** The surname that a full name without a space begins with. */
  surnameOf(name: string): string | undefined;
}

const wordsOf = (list: string) => list.trim().split(/\s+/u);
const lettersOf = (list: string) => [...list.replaceAll(/\s/gu, '')];
const ga = (word: string) => word.replaceAll(/[ヶヵケ]/gu, 'ヶ').replaceAll(/[ノ之]/gu, 'ノ');

/** 竹ヶ原, 関ヶ原 */
const withSmallKe = /^\p{Script=Han}[ヶヵケ]\p{Script=Han}$/u;

const mixedGivenName = /^(?:[ぁ-ゖァ-ヺ]{1,3}|\p{Script=Han}[ぁ-ゖァ-ヺ]{1,2})[子江枝代美乃恵]$/u;
/** 高崎の子, 高崎のお子さん, この子 */
const noGivenName =
  /^(?:[のはがをにとでもへやお]お?|いい|[あこど]の|\p{Script=Han}[のはがをにとでもへやい]お?)子$/u;

function readSurnames(): Set<string> {
  const grouped = lists.surnamesByEnding
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [ending = '', beginnings = ''] = line.split(' ');
      return [...beginnings].map((beginning) => beginning + ending);
    });
  return new Set([...grouped, ...wordsOf(lists.otherSurnames)].map(ga));
}

function readKanaNames(): Set<string> {
  const endings = ['', 'え', 'こ', 'よ', 'み', 'の', 'じ'];
  const built = wordsOf(lists.kanaGivenNameStems).flatMap((stem) => endings.map((ending) => stem + ending));
  return new Set([...built, ...wordsOf(lists.otherKanaGivenNames)]);
}

export function readNameBook(): NameBook {
  const surnames = readSurnames();
  const shortTitled = new Set(wordsOf(lists.shortSurnames));
  const shortSurnames = new Set([...shortTitled, ...lists.directions.split(' ')]);
  const readings = new Set(wordsOf(lists.surnameReadings));
  const firsts = new Set(lettersOf(lists.givenNameFirsts));
  const lasts = new Set(lettersOf(lists.givenNameLasts));
  const words = new Set(wordsOf(lists.wordsLikeGivenNames));
  const shortGiven = new Set(lettersOf(lists.shortGivenNames));
  const kanaGiven = readKanaNames();

  const isSurname = (word: string) => surnames.has(ga(word));
  const isGivenName = (word: string) => {
    const letters = [...word.replace('々', word.charAt(word.indexOf('々') - 1))];
    const last = letters.pop() ?? '';
    return (
      letters.length >= 1 &&
      letters.length <= 2 &&
      letters.every((letter) => firsts.has(letter)) &&
      lasts.has(last) &&
      !words.has(word)
    );
  };
  const isWholeSurname = (word: string) => shortTitled.has(word) || isSurname(word) || withSmallKe.test(word);
  const isGivenNameInKana = (word: string) => kanaGiven.has(foldName(word));
  const ends = (word: string) => [...word].map((_, i) => [word.slice(0, i), word.slice(i)] as const);
  return {
    isSurname,
    isShortSurname: (word) => shortSurnames.has(word),
    isWholeSurname,
    mayBeRareSurname: (word) =>
      /^\p{Script=Han}{2,3}$/u.test(word) &&
      !lists.roleEndings.includes(word.slice(-1)) &&
      !lists.roleBeginnings.includes(word.charAt(0)) &&
      !words.has(word),
    isGivenName,
    isShortGivenName: (word) => shortGiven.has(word),
    isMixedGivenName: (word) => mixedGivenName.test(word) && !noGivenName.test(word),
    isGivenNameInKana,
    isNameInKana: (word) => readings.has(foldName(word)) || isGivenNameInKana(word),
    isFullName: (word) => ends(word).some(([surname, given]) => isSurname(surname) && isGivenName(given)),
    surnameOf: (name) =>
      ends([...name].map(commonKanji).join(''))
        .reverse()
        .find(([surname]) => isSurname(surname))?.[0],
  };
}
