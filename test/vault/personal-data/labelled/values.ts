/** Made-up values of six kinds, each plain as the register would write it. */
import { between, chance, digits, type Half, halfOf, linesOf, pick, wordsOf } from './random.ts';

const mobile = () => `${pick(['090', '080', '070', '060'])}-${between(1, 9)}${digits(3)}-${digits(4)}`;
const areas = wordsOf(`
03-3 03-5 03-6 06-6 011-2 022-2 042-3 043-2 044-8 045-6 046-2 048-6 052-9 054-2 058-2 072-2 073-4 075-3 076-2 078-3 082-2 086-2 087-8 089-9
092-7 096-3 098-8 0120-0 0123-2 0143-2 0152-4 0172-3 0184-2 0191-2 0225-2 0235-2 0242-2 0254-2 0263-3 0266-5 0276-4 0282-2 0294-2 0422-2
0428-2 0436-2 0438-2 0439-5 0460-8 0463-2 0463-3 0463-5 0465-3 0467-2 0475-5 0480-2 0493-2 0495-2 0532-5 0537-2 0544-2 0551-2 0568-3 0572-2
0586-2 0594-2 0739-2 0742-3 0748-3 0761-2 0773-2 0776-2 0790-2 0796-2 0823-2 0829-3 0834-2 0852-2 0866-2 0877-2 0893-2 0942-3 0954-2 0965-3
0977-2 0985-2 0994-4 09969-2 04992-2 08512-2
`);

function landline(): string {
  const [area = '', first = ''] = pick(areas).split('-');
  const rest = 10 - area.length - 4 - first.length;
  return `${area}-${first}${digits(rest)}-${digits(4)}`;
}

/** With dashes. */
export const phone = (): string => {
  if (chance(0.4)) return mobile();
  return chance(0.08) ? `050-${pick(['3', '5'])}${digits(3)}-${digits(4)}` : landline();
};

/** Article 5 of 平成26年総務省令第85号: eleven digits by their weights, eleven minus the rest. */
export function myNumber(): string {
  const eleven = `${between(1, 9)}${digits(10)}`;
  const weights = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
  const rest = weights.reduce((sum, weight, i) => sum + weight * Number(eleven[i]), 0) % 11;
  return `${eleven}${rest <= 1 ? 0 : 11 - rest}`;
}

/** Ten digits; those of many cities begin with zeros. */
export const insuredNumber = (): string =>
  chance(0.6) ? `0000${digits(6)}` : `${pick(['10', '20', '30', '60'])}${digits(8)}`;

const mailNames = wordsOf(
  'yamada tanaka.hanako k_sato suzuki-ichiro hana1938 watanabe.t taro.kimura nakamura77 sachi.ko obaachan.no.mago m.ogawa kazu-kazu y.saitoh2 chiyo_no_mago',
);
const mailHosts = wordsOf(
  'example.com example.jp mail.example.co.jp docomo.ne.jp ezweb.ne.jp softbank.ne.jp gmail.com yahoo.co.jp icloud.com outlook.jp i.softbank.jp nifty.com jcom.home.ne.jp au.com',
);
export const mail = (): string => `${pick(mailNames)}${chance(0.4) ? digits(2) : ''}@${pick(mailHosts)}`;

const prefectures = wordsOf(
  '神奈川県 東京都 埼玉県 千葉県 大阪府 京都府 北海道 愛知県 福岡県 新潟県 長野県 静岡県 秋田県 兵庫県 広島県 沖縄県',
);
const cities = wordsOf(`
平塚市 小平市 本荘市 藤沢市 茅ヶ崎市 逗子市 綾瀬市 海老名市 川崎市高津区 横浜市港北区 さいたま市浦和区 八王子市 国分寺市 東久留米市 つくば市 ひたちなか市 鶴ヶ島市 習志野市
市川市 四日市市 廿日市市 堺市北区 京都市左京区 札幌市白石区 仙台市青葉区 名古屋市千種区 みどり市 南アルプス市 由利本荘市 北秋田市 糸満市 世田谷区 杉並区 江東区 足立区
中郡大磯町 中郡二宮町 足柄上郡山北町 愛甲郡清川村 大野郡白川村 みなと市 南魚沼市 上田市 豊田市 飯塚市
`);
const towns = wordsOf(`
浅間町 見附町 宮の前 明石町 八重咲町 夕陽ケ丘 花水台 黒部丘 撫子原 桃浜町 真土 横内 田村 大神 豊田打間木 城所 岡崎 金目 土屋 旭ヶ丘 日向岡 纒 山下 高根 上平塚 追分 達上ケ丘 徳延
本町 栄町 緑町 学園東町 花小金井 小川町 美園町 大沼町 鈴木町 天神町 回田町 御幸町 石脇 裏尾崎町 桜小路 岩渕下 出戸町 鵠沼海岸 辻堂元町 湘南台 善行坂 片瀬山 大庭 遠藤 打戻
東海岸南 松が丘 浜竹 赤羽根 香川 堤 下寺尾 久木 沼間 小坪 新宿 深谷中 早川城山 大上 さがみ野 国分南 河原口 中新田 久地 溝口 二子 末長 千年新町 綱島西 日吉本町 大豆戸町 樽町
錦町 大町 柏尾町 中央 東 南 北新宿 上高田 阿佐谷南 荻窪 高円寺北 桜上水 祖師谷 奥沢 大島 亀戸 東陽 千住仲町 綾瀬 竹の塚 白川 見沼 常盤 岸町 梅郷 二川 大字上吉沢 大字小泉 字原口
松風町 老松町 南金目 西真土 代官町 榎木町 若草 百合丘 さくら台 虹ヶ浜 龍城ケ丘 菫平 袖ヶ浜 札場町 千石河岸
`);
const buildings = linesOf(`
コーポみどり
ひかり荘
サンハイツ中央
グリーンハイム旭
レジデンス湊
県営横内団地
メゾン・ド・北町
パークマンション
第二すみれアパート
市営住宅
カーサ浜竹
フラワーハイツ
プレジール
`);

const house = (half: Half) => {
  const number = () => String(between(1, 30));
  const form = between(0, 9);
  if (form <= 3) return `${between(1, 9)}-${number()}-${number()}`;
  if (form <= 5) return `${between(1, 6)}丁目${number()}番${number()}号`;
  if (form === 6) return `${between(1, 6)}丁目${number()}-${number()}`;
  if (form === 7) return `${between(1, 2999)}番地${chance(0.4) ? `の${between(1, 9)}` : ''}`;
  if (form === 8) return `${number()}番${number()}号`;
  return half === 'open' ? `${between(10, 40)}-${number()}` : `${between(1, 40)}-${between(10, 60)}`;
};

/** The parts of an address that may stand on lines of their own: perhaps city, town, number, perhaps building with room. */
export function addressParts(half: Half): string[] {
  const city = halfOf(cities, half);
  const town = halfOf(towns, half);
  const parts: string[] = [];
  if (chance(0.12)) parts.push(`〒${digits(3)}-${digits(4)}`);
  if (chance(0.7)) parts.push(`${chance(0.4) ? pick(prefectures) : ''}${pick(city)}`);
  const isNumbered = chance(0.85);
  parts.push(`${pick(town)}${isNumbered || parts.length === 0 ? house(half) : ''}`);
  if (isNumbered && chance(0.35))
    parts.push(
      `${pick(halfOf(buildings, half))}${between(1, 9)}0${between(1, 9)}${pick(['号室', '号', ''])}`,
    );
  return parts;
}

/** The parts that say where: an address that ends with its town is one where the sentence says that somebody lives there. */
export const isTownOnly = (parts: readonly string[]): boolean => !/\d/u.test(parts.at(-1) ?? '');

const kanjiNumber = (n: number): string => {
  const letters = '〇一二三四五六七八九';
  const tens = Math.floor(n / 10);
  return `${tens > 1 ? letters[tens] : ''}${tens > 0 ? '十' : ''}${n % 10 > 0 ? letters[n % 10] : ''}`;
};

/** Of an older person; where it is not, the sentence says that it is a date of birth. */
export function birthDate(): string {
  const [month, day] = [between(1, 12), between(1, 28)];
  const showa = between(1, 38);
  const form = between(0, 9);
  if (form <= 3) return `昭和${showa}年${month}月${day}日`;
  if (form === 4) return `S${showa}.${month}.${day}`;
  if (form === 5) return `${1925 + showa}年${month}月${day}日`;
  if (form === 6) return `${1925 + showa}/${month}/${day}`;
  if (form === 7) return `${1925 + showa}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  if (form === 8) return `昭和${kanjiNumber(showa)}年${kanjiNumber(month)}月${kanjiNumber(day)}日`;
  return `大正${between(9, 15)}年${month}月${day}日`;
}
