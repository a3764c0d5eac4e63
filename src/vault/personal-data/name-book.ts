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
  /** Of two kanji that begin and end many surnames (青砥, 宍倉), or of a surname with one more (諏訪部, 八木原). */
  isMadeLikeSurname(word: string): boolean;
  isGivenName(word: string): boolean;
  isShortGivenName(word: string): boolean;
  /** よし子, 志づ江 */
  isMixedGivenName(word: string): boolean;
  isGivenNameInKana(word: string): boolean;
  /** A surname or a given name. */
  isNameInKana(word: string): boolean;
  /** Ends as the readings of many surnames and of few words do: アメミヤ, くさなぎ. */
  isMadeLikeSurnameInKana(word: string): boolean;
  /** Ends as the readings of surnames may. */
  mayBeSurnameInKana(word: string): boolean;
  /** The surname in hiragana that a run of hiragana ends with: もうり of とのもうり. */
  surnameInKanaAtEnd(run: string): string | undefined;
  isFullName(word: string): boolean;
  /** The surname that a full name without a space begins with. */
  surnameOf(name: string): string | undefined;
}

const wordsOf = (list: string) => list.trim().split(/\s+/u);
const lettersOf = (list: string) => [...list.replaceAll(/\s/gu, '')];
const ga = (word: string) => word.replaceAll(/[ヶヵケ]/gu, 'ヶ').replaceAll(/[ノ之]/gu, 'ノ');

/** 竹ヶ原, 関ヶ原 */
const withSmallKe = /^\p{Script=Han}[ヶヵケ]\p{Script=Han}$/u;

const mixedGivenName =
  /^(?:[ぁ-ゖァ-ヺ]{1,3}|\p{Script=Han}[ぁ-ゖァ-ヺ]{1,2})[子江枝代美乃恵]$|^志[げづずのまほん]$/u;
/** 高崎の子, 高崎のお子さん, この子 */
const noGivenName =
  /^(?:[のはがをにとでもへやお]お?|いい|[あこど]の|\p{Script=Han}[のはがをにとでもへやい]お?)子$/u;

function readSurnames() {
  const firsts = new Set(lettersOf(lists.moreSurnameFirsts));
  const lasts = new Set(lettersOf(lists.moreSurnameLasts));
  const names = new Set(wordsOf(lists.otherSurnames).map(ga));
  for (const line of lists.surnamesByEnding.trim().split('\n')) {
    const [ending = '', beginnings = ''] = line.split(' ');
    lasts.add(ending);
    for (const beginning of beginnings) {
      firsts.add(beginning);
      names.add(ga(beginning + ending));
    }
  }
  return { names, firsts, lasts };
}

/** How the ends of surnames are read; with at least one kana before it. */
const kanaSurnameEnding =
  /^もうり$|.(?:むろ|ばな|くし|[かが]わ|むら|もと|やま|[はばわ]ら|[しじ]ま|[さざ]き|[さざ]わ|[とど]う|たに|[くぐ]ち|[はば]し|おか|ばやし|うち|[つづず]か|うら|[くぐ]ら|いけ|した|いし|すぎ|まつ|たけ|[さざ]か|みや|ぬま|がみ|たか|なぎ|ずみ|もり|なか|ざと|くぼ|じょう|がき|なみ|ひろ|ぶき|かい)$/u;
/** These end many words too. */
const shortKanaSurnameEnding = /.(?:[ただ]|[べせ]|つき|[おの]|ね|[きぎ]|つ|み|しろ|とみ|や|え|り)$/u;
const noSurnameInKana =
  /^(?:お(?:とう|じょう|ねえ|にい|くすり|みや)|ぼう|きょう|しょう|にょう|りょう|びょう|みな|いっしょう)/u;

function readKanaNames(): Set<string> {
  const endings = [
    '',
    'え',
    'こ',
    'よ',
    'み',
    'の',
    'じ',
    'お',
    'ろう',
    'いち',
    'ぞう',
    'すけ',
    'や',
    'ひこ',
    'き',
    'ひろ',
    'のり',
    'あき',
    'ゆき',
    'とし',
    'よし',
    'はる',
    'たか',
  ];
  const built = wordsOf(lists.kanaGivenNameStems).flatMap((stem) => endings.map((ending) => stem + ending));
  return new Set([...built, ...wordsOf(lists.otherKanaGivenNames)]);
}

export function readNameBook(): NameBook {
  const { names: surnames, firsts: surnameFirsts, lasts: surnameLasts } = readSurnames();
  const wordsLikeSurnames = new Set(wordsOf(lists.wordsLikeSurnames));
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
  const isNameInKana = (word: string) => readings.has(foldName(word)) || isGivenNameInKana(word);
  const isMadeLikeSurnameInKana = (word: string) =>
    kanaSurnameEnding.test(foldName(word)) && !noSurnameInKana.test(foldName(word)) && !word.includes('ー');
  const mayBeSurnameInKana = (word: string) =>
    kanaSurnameEnding.test(foldName(word)) || shortKanaSurnameEnding.test(foldName(word));
  return {
    isSurname,
    isMadeLikeSurname: (word) => {
      const letters = [...word];
      const [first = '', last = ''] = [letters[0], letters.at(-1)];
      if (!surnameFirsts.has(first) || !surnameLasts.has(last)) return false;
      if (wordsLikeSurnames.has(word) || words.has(word)) return false;
      return (
        letters.length === 2 ||
        (letters.length === 3 && (isSurname(word.slice(1)) || isSurname(word.slice(0, 2))))
      );
    },
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
    isNameInKana,
    mayBeSurnameInKana,
    isMadeLikeSurnameInKana,
    surnameInKanaAtEnd: (run) => {
      const ends = [...run].map((_, i) => run.slice(i)).filter((end) => end.length >= 2);
      const whole = run.length <= 6 && mayBeSurnameInKana(run) ? run : undefined;
      const afterParticle = ends.find(
        (end, i) => i > 0 && 'のはがをにとでもや'.includes(run.charAt(i - 1)) && mayBeSurnameInKana(end),
      );
      return ends.find((end) => readings.has(foldName(end))) ?? whole ?? afterParticle;
    },
    isFullName: (word) => ends(word).some(([surname, given]) => isSurname(surname) && isGivenName(given)),
    surnameOf: (name) =>
      ends([...name].map(commonKanji).join(''))
        .reverse()
        .find(([surname]) => isSurname(surname))?.[0],
  };
}
