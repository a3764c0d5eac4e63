/** Dates of birth: those that say so, and those of years when only the birth of an older person is likely to lie. */
import type { Finding } from './finding.ts';
import { findingAt, type Reading } from './reading.ts';

const number = '(\\d{1,2}|元|[〇一二三四五六七八九十]{1,4})';
const separator = (word: string) => ` ?(?:[${word}]|[-/.]) ?`;
const monthAndDay = `${separator('年')}${number}${separator('月')}${number}(?: ?日)?`;
const inEra = new RegExp(
  `(?<![A-Za-z\\d])(明治|大正|昭和|平成|令和|(?<!\\p{Script=Han})[明大昭平令]|[MTSHR])[. ]?${number}${monthAndDay}(?!\\d)`,
  'giu',
);
const western = new RegExp(`(?<!\\d|\\d[-/.])((?:19|20)\\d\\d)()${monthAndDay}(?!\\d)`, 'gu');
const withoutEra = new RegExp(
  `(?<![A-Za-z\\d]|\\d[-/.])()${number}${separator('年')}${number}${separator('月')}${number}(?: ?日)?(?!\\d)`,
  'gu',
);

const saidBefore = /(?:生年月日|誕生日|生まれ)[^\d\n]{0,6}$/u;
const saidAfter = /^[ )]{0,2}(?:生|産まれ|誕生)/u;

/** Nothing else in the daily work of the centers is dated before the care insurance law was thought of. */
const lastYearOfOldDates = 1969;
const oldEras: ReadonlySet<string> = new Set(['明治', '大正', '昭和', '明', '大', '昭', 'M', 'T', 'S']);

const kanjiDigits = '〇一二三四五六七八九';

/** 1 to 99, in digits or as 元, 十二, 二十; NaN for what is none. */
function readNumber(written: string): number {
  if (/^\d+$/u.test(written)) return Number(written);
  if (written === '元') return 1;
  const match = /^([二三四五六七八九]?)(十?)([一二三四五六七八九]?)$/u.exec(written);
  if (!match) return Number.NaN;
  const [, tens = '', ten = '', ones = ''] = match;
  if (ten === '' && tens !== '') return kanjiDigits.indexOf(tens);
  return (ten ? 10 * (tens ? kanjiDigits.indexOf(tens) : 1) : 0) + (ones ? kanjiDigits.indexOf(ones) : 0);
}

function isDay(month: string, day: string): boolean {
  const [m, d] = [readNumber(month), readNumber(day)];
  return m >= 1 && m <= 12 && d >= 1 && d <= 31;
}

export function findBirthDates(reading: Reading): Finding[] {
  const { text } = reading;
  const places = (pattern: RegExp, isOld: (era: string) => boolean) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const [whole, era = '', , month = '', day = ''] = match;
      const end = match.index + whole.length;
      const isSaid =
        saidBefore.test(text.slice(Math.max(0, match.index - 12), match.index)) ||
        saidAfter.test(text.slice(end, end + 5));
      const isBirthDate = isDay(month, day) && (isSaid || isOld(era));
      return isBirthDate ? [findingAt(reading, 'birth_date', match.index, end)] : [];
    });
  return [
    ...places(inEra, (era) => oldEras.has(era.toUpperCase())),
    ...places(western, (year) => Number(year) <= lastYearOfOldDates),
    ...places(withoutEra, () => false),
  ];
}
