/** Where somebody lives: a town with its block and house number, a building with a room, a postal code. */
import type { Finding } from './finding.ts';
import { findHomeTowns, isNamedTown, isSaidToBeHome, mayBeTown, placeBefore } from './places.ts';
import { findingAt, type Reading } from './reading.ts';

const kanjiDigit = '〇一二三四五六七八九十百';
const number = `(?:(?<!\\d)\\d{1,4}|[${kanjiDigit}]{1,4})`;
/** What makes of the number before it a count, a date or a time. */
const notCounted = `(?! ?(?:[\\d時分秒日月年週回度件人名歳才枚点階個円世帯戸床割%か~]|丁目|ヶ|[${kanjiDigit}]))`;

/** 二丁目3番4号, 2丁目3-4, 12番地の3, 3番4号. A chōme alone is an area that may be named. */
const blocks = new RegExp(
  [
    `${number}丁目 ?${number}(?:番地?|号|[-の])? ?(?:の?${number}(?:号|[-の]${number}号?)?)?${notCounted}`,
    `${number}番地?の? ?${number}号`,
    `(?<!\\d)\\d{1,5}番地(?:の?\\d{1,4})?(?!域|区)`,
    `[${kanjiDigit}]{1,5}番地(?:の?[${kanjiDigit}]{1,4})?(?!域|区)`,
  ].join('|'),
  'gu',
);
const threeNumbers = new RegExp(
  `(?<![\\d-])[1-9]\\d{0,3}-\\d{1,4}-\\d{1,4}(?:-\\d{1,4})?(?!-)${notCounted}`,
  'gu',
);
const twoNumbers = new RegExp(`(?<![\\d-])[1-9]\\d{0,3}-\\d{1,4}(?!-)${notCounted}`, 'gu');

/** Numbered, but no place: forms, chapters, agenda, terms, dates. */
const numberedThings =
  /(?:様式|別紙|別表|別添|別|資料|議題|議案|項目|表|図|問|版|章|節|条|項|令和|平成|昭和|番号|支援|介護|第|号|年度|案|式|型|用|回|時|分|日|月|年|課題|目標|計画|内線|便|室|階|会議|会|例|頁|ページ|期限|開催|日程|期間|午前|午後|電話|携帯|自宅|勤務先|連絡先|コード|バージョン) ?$/u;
const isDate = (numbers: string) =>
  /^(?:19|20)\d\d-(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12]\d|3[01])$/u.test(numbers);

const homes =
  'コーポ|ハイツ|ハイム|マンション|アパート|団地|ハウス|レジデンス|メゾン|コート|パレス|ヒルズ|タワー|ヴィラ|荘|寮|住宅|ドエル|エステート|シャトー|カーサ|フラット|ビル';
const homeName = `(?:[ぁ-ゖ]{1,6}|[\\p{Script=Han}ァ-ヺーA-Za-z]{1,10})?(?:${homes})`;
const wing = '(?:[A-Z\\d]{1,3}(?:号?棟|-) ?)?';
const rooms = new RegExp(
  [
    `${homeName}[\\p{Script=Han}ァ-ヺーA-Za-zぁ-ゖ・]{0,8}? ?${wing}[A-Z]?\\d{1,4}(?:号室|室)`,
    `${homeName}[\\p{Script=Han}ァ-ヺーA-Za-z・]{0,8} ?${wing}(?:[A-Z]?\\d{1,4}号|(?<!\\d)\\d{3,4}(?![.,]\\d)${notCounted})`,
  ].join('|'),
  'gu',
);
const postalCode = /〒 ?\d{3}[-〜~]?\d{4}(?!\d)/gu;

/** What stands behind the number of a house: a building with a room. */
const buildingAfter = new RegExp(
  `[, ]?(?:[\\p{Script=Han}ぁ-ゖァ-ヺーA-Za-z・]{0,10}(?:${homes})[\\p{Script=Han}ぁ-ゖァ-ヺーA-Za-z・]{0,10}?|[ァ-ヺー・]{3,14}) ?${wing}[A-Z]?(?:\\d{1,4}(?:号室|号|室)|\\d{3,4}(?![.,]\\d)${notCounted})`,
  'uy',
);

function withBuilding(text: string, end: number): number {
  buildingAfter.lastIndex = end;
  return end + (buildingAfter.exec(text)?.[0].length ?? 0);
}

interface Place {
  start: number;
  end: number;
}

/** Places that overlap, or that only a space keeps apart (a town with its number, then the building), are one. */
function joinNeighbours(text: string, places: readonly Place[]): Place[] {
  const joined: Place[] = [];
  for (const place of places.toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last && (place.start <= last.end || text.slice(last.end, place.start) === ' '))
      last.end = Math.max(last.end, place.end);
    else joined.push(place);
  }
  return joined;
}

/** @returns places in folded text with ASCII dashes; telephone numbers and dates may be among them: see `find`. */
export function findAddresses(reading: Reading): Finding[] {
  const { text } = reading;
  const found = (pattern: RegExp, isHome: (place: string, numbers: string, start: number) => boolean) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const place = placeBefore(text, match.index);
      const start = match.index - place.length;
      return isHome(place, match[0], start)
        ? [{ start, end: withBuilding(text, match.index + match[0].length) }]
        : [];
    });
  const alone = (pattern: RegExp) =>
    [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
  const isTown = (place: string) => place !== '' && !numberedThings.test(place);
  return joinNeighbours(text, [
    ...found(blocks, () => true),
    ...found(threeNumbers, (place, numbers) => isTown(place) && !isDate(numbers)),
    ...found(
      twoNumbers,
      (place, numbers, start) =>
        isTown(place) &&
        (isNamedTown(place) ||
          mayBeTown(place) ||
          isSaidToBeHome(text, start, start + place.length + numbers.length)),
    ),
    ...findHomeTowns(text),
    ...alone(rooms),
    ...alone(postalCode),
  ]).map(({ start, end }) => findingAt(reading, 'address', start, end));
}
