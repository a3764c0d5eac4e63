/** Prefectures, cities and towns as they stand before a house number; and those that a sentence calls somebody's home. */

const han = '\\p{Script=Han}';
/** Cities and towns whose names are in hiragana; elsewhere such letters before 市 may be particles of the sentence. */
const hiraganaCities =
  'さいたま|つくば(?:みらい)?|ひたちなか|かすみがうら|さくら|みどり|いすみ|ふじみ野|あきる野|うきは|うるま|えびの|おおい|かほく|さぬき|たつの|つがる|つるぎ|にかほ|まんのう|みなかみ|みなと|みやま|みよし|むつ|あま|あわら|いなべ|いちき串木野|いわき|えりも|おいらせ|せたな|ときがわ|みなべ|みやき|みやこ|むかわ';
/** みなと市, 南アルプス市, 鶴ヶ島市, 白川村 */
const city = `(?:(?:${hiraganaCities})[市町]|${han}(?:${han}|[ァ-ヺー]{2,6}(?=[市町])|[ケヶ]){0,6}[市区町村郡])`;
const prefecture = `(?:北海道|東京都|(?:京都|大阪)府|${han}{2,3}県)`;
const cityBefore = new RegExp(`(?:${prefecture} ?${city}|${city}|${prefecture}) ?$`, 'u');

/** 竹の塚, 宮の前; with more before の it is a sentence (本人の自宅). */
const withNo = `(?<![^\\P{Script=Han}市区町村郡])${han}[のノ](?=${han})`;
const hiraganaTown = '[ぁ-ゖ]{1,6}(?:が丘|(?=[市区町台野]))';
const part = `(?:${withNo}|(?:${hiraganaCities})[市町](?=${han})|(?<=[市区町村])${hiraganaTown}|${han}(?:[がガノ](?=[丘浜崎谷原島台峰野関瀬里]))?|[ァ-ヺーケヶ])`;
/** The first letters may belong to what stands before. */
const townBefore = new RegExp(`(?:${hiraganaTown})?${part}+ ?$`, 'u');
const particle = new RegExp(`^[はがのにへとでもや](?=(?:${hiraganaCities})[市町])`, 'u');

const longestPlace = 32;

/** @returns the town that ends before `end`, with its city and prefecture when they are there; empty when there is none. */
export function placeBefore(text: string, end: number): string {
  const before = text.slice(Math.max(0, end - longestPlace), end);
  let place = (townBefore.exec(before)?.[0] ?? '').replace(particle, '');
  for (let i = 0; place !== '' && i < 3; i += 1) {
    const rest = before.slice(0, before.length - place.length);
    place = (cityBefore.exec(rest)?.[0] ?? '') + place;
  }
  return place;
}

/** What says that somebody lives at the place after it. */
const homeBefore =
  /(?:住所|住まい|自宅|居所|住居|居住地|転居先|転出先|移り先|実家)(?:[はがも、: ]|とは){0,2}[(「]?$|〒 ?\d{3}[-〜~]?\d{4} ?$/u;
const livesAfter =
  /^ ?(?:に(?:も|は|て)? ?(?:お?住|居住|転居|転入|引っ越|引越)|在住|居住|へ(?:転居|転入|引っ越|引越))/u;

export function isSaidToBeHome(text: string, start: number, end: number): boolean {
  return (
    homeBefore.test(text.slice(Math.max(0, start - 12), start)) || livesAfter.test(text.slice(end, end + 8))
  );
}

/** No towns: 平塚市内, 市外, 東区役所, 北部地区. */
const noTown = `(?![市区町村内外民役営立長政議全側]|${han}{0,6}(?:地区|圏域|地域|方面|周辺|支所|部に|担当|包括))`;
const town = `${noTown}(?:${han}|[ァ-ヺーヶの]|[ぁ-ゖ]{1,4}(?=[台野丘町])){1,9}?`;
const afterTown =
  '(?= ?(?:[、。,.)」(\\n]|$|在住|に[もはて]?(?:お?住|居住|転|引|あ)|と|で[すし、]|だ|へ(?:転|引)|の(?:自宅|実家|持ち家|借家|アパート)))';
/** 神奈川県みなと市北町; with a postal code the town alone. */
const townsOfCities = new RegExp(
  `(?<!${han})(?:〒 ?\\d{3}[-〜~]?\\d{4} ?(?:${prefecture} ?)?(?:${city} ?){0,3}|(?:${prefecture} ?)?(?:${city} ?){1,3})${town}${afterTown}`,
  'gu',
);
/** 当市, 本市, 同区: no names. */
const noCity = /^[当本同全各他両隣][市区町村]/u;

/** Towns without a number that the sentence calls somebody's home; with a postal code always. */
export function findHomeTowns(text: string): { start: number; end: number }[] {
  return [...text.matchAll(townsOfCities)].flatMap((match) => {
    const [start, end] = [match.index, match.index + match[0].length];
    const isHome = match[0].startsWith('〒') || (!noCity.test(match[0]) && isSaidToBeHome(text, start, end));
    return isHome ? [{ start, end }] : [];
  });
}

/** 北町, 虹ヶ丘, 大字上吉沢; any town behind its city. */
export const isNamedTown = (place: string): boolean =>
  new RegExp(
    `(?:[町丁村丘]|[${han}ぁ-ゖァ-ヺー][市郡区町村] ?[${han}ぁ-ゖァ-ヺーヶ]{1,9}|大?字.{1,8}) ?$`,
    'u',
  ).test(place);

/** 早川城山, 南金目: two and more kanji that end as many towns do. */
const townEnding = new RegExp(
  `${han}[山川野原田島崎沢谷坂台浜浦岡津塚口井宮池森林瀬倉園里元城根沼橋岸窪辻堂] ?$`,
  'u',
);
export const mayBeTown = (place: string): boolean => townEnding.test(place);
