/**
 * Made-up people, spread as in Japan: of 100 surnames 62 come from the 500 commonest (faker's list, whose authors know nothing of
 * the detector), 38 from rarer ones; given names are those of all ages from faker and those of older people. The lists here
 * were written down by heart, without a look at the detector's: do not fit either to the other.
 */
import { faker } from '@faker-js/faker/locale/ja';
import { chance, type Half, halfOf, pick, wordsOf } from './random.ts';

/** Beyond the 500 commonest; of these about one family in three. */
export const rarerSurnames = wordsOf(`
会田 相磯 藍沢 青砥 青沼 赤羽根 赤間 秋庭 秋保 明石 浅賀 浅香 朝比奈 芦沢 芦原 足羽 安宅 渥美 阿南 姉崎 網野 雨宮 鮎沢 荒牧 有働 有江 粟野 粟飯原
安生 飯尾 飯干 伊佐 石坪 石津 石徹白 出雲 磯辺 板東 市丸 一色 井手口 糸川 糸数 稲富 犬飼 犬塚 井深 今給黎 岩切 岩渕 鵜沢 鵜野 牛尾 牛山 臼田 宇留野
江面 江連 江幡 恵良 遠田 老沼 大饗 大胡 大井川 大貫 大脇 大湾 小鹿 岡留 小川原 奥津 奥泉 忍足 小津 鬼丸 小幡 海津 加賀谷 垣内 柿木 鍵谷 蔭山 影浦
笠間 樫村 加治屋 勝又 角谷 金指 金築 蟹江 鹿野 釜谷 上遠野 上條 亀谷 狩野 苅部 河内山 川久保 川田谷 神原 木内 木佐貫 木地谷 北出 北條 木津 吉瀬 木暮
木元 桐谷 釘宮 草薙 草間 久津見 国分 久保井 熊坂 倉本 蔵本 栗林 黒滝 桑名 郡司 毛塚 玄葉 合田 河野辺 小坂井 古城 小菅 小塚 小檜山 駒井 五味 是枝
権藤 権田 紺谷 斎木 佐合 坂牧 相良 鷺坂 佐々 佐瀬 里吉 佐生 猿渡 沢登 塩沢 重松 宍倉 設楽 篠宮 柴原 島貫 清水川 下平 下条 下鳥 庄野 白鳥 城間 新保
新村 陣内 末次 菅沼 須加 杉野 鈴村 須長 隅田 諏訪部 瀬川 関川 瀬古 膳所 千賀 仙石 曽根 其田 染谷 大工原 大黒 大門 高倉 高取 高柳 滝口 多久和 武智
竹林 田坂 多田羅 立花 立松 伊達 田名網 棚橋 種村 田野 玉置 垂水 近松 筑紫 千明 千野 茶谷 長南 塚越 津村 津留 手嶋 寺嶋 寺西 土居 東條 堂本 遠山
常盤 徳山 戸叶 飛田 富沢 富所 友寄 豊永 鳥海 鳥居 内記 中条 仲尾 永楽 長友 仲宗根 中台 中垣 長江 中舘 中谷内 名取 鍋島 生井 楢崎 成瀬 南條 新美
西脇 仁科 新田目 二反田 新渡戸 温井 沼尻 根津 野上 野宮 乗松 芳賀 羽賀 袴田 萩野谷 橋詰 橋元 蓮見 長谷 畑中 初見 羽鳥 馬渡 浜口 羽生 半沢 伴野 疋田
樋渡 日置 人見 日向野 平賀 平間 広沢 弘中 深井 福富 藤代 藤巻 伏見 船木 船越 古沢 古庄 帆苅 星川 細井 堀越 堀之内 本庄 前沢 前野 真木 牧内 正木 増井
又吉 町野 松金 真野 馬渕 丸岡 万代 三井 御厨 三沢 水上 水越 道下 三塚 皆川 南方 峯岸 三原 宮坂 宮里 宮脇 三吉 武笠 向山 棟方 村岡 村越 村中 室井 目時
毛利 元木 桃井 森口 森谷 諸岡 門間 八木原 安原 矢内 柳瀬 矢吹 山県 山際 山城 山添 山高 鑓水 湯本 横尾 横塚 吉成 吉留 吉見 依田 米川 若月 若山 脇坂
鷲尾 渡会 蕨野 穴沢 我妻 荒尾 粟津 家入 飯村 池谷 石合 板倉 井戸川 今中 岩間 上杉 魚住 内海 畝本 梅原 江越 大串 大隈 大坪 岡安 荻原 尾関 小田倉
海保 柏原 桂田 門田 金光 川俣 神林 貴志 北岡 木原 清田 久野 倉持 小岩 古閑 小嶋 小寺 小室 坂上 桜田 佐治 椎野 塩見 島津 城戸 新海 杉江 瀬尾 平良
高津 竹原 田尻 辰巳 種田 塚原 辻井 徳田 冨永 中江 長坂 中津 名倉 並木 西郷 西澤 新妻 沼倉 野瀬 橋爪 秦野 花岡 浜本 原島 東野 日比 平尾 深谷 福地
藤倉 淵上 細野 堀尾 前原 増本 松木 水島 三船 村木 持田 森脇 安永 山辺 横倉 吉武 若松 和栗
`);

/** As the register and the keyboards of the family write them. */
const registerSurnames = wordsOf(
  '髙橋 髙田 髙木 渡邉 渡邊 齋藤 齊藤 濵田 濱口 嶋﨑 山﨑 川﨑 宮﨑 冨樫 廣瀬 國分 眞鍋 德永 增田 澤井',
);

/** Of people over 65. */
export const olderWomen = wordsOf(`
千鶴子 美津子 喜代子 登美子 富士子 八千代 喜美枝 志津子 ふみ子 きみ子 たか子 みつ子 とし子 よし江 まさ子 しづ江 すみ江 はつ江 ツル子 ノブ子 ミチ子 ヤエ子 タツ子
ハツエ ミサヲ キヌヱ トシヱ フジエ ミヨ トヨ スエ ヒデ キク ウメ タマ ナミ ツネ ミネ リン イネ チヨ セツ ハツ フジ マツ サダ ヨネ アキ はな きよ とめ ちよ みつ
寿美子 久枝 時子 常子 政子 秀子 愛子 操 光代 清美 公子 民子 春枝 信枝 きぬ枝 朝子 泰子 厚子 睦子 陽子 紘子 邦子 征子 洋江 康子 佐知子 加代子 由紀子 嘉子 郁子
鈴江 米子 松枝 菊江 絹代 糸子 里子 志げ 志づ マサ子 スズ子 タキ コト 田鶴子 美佐子 多美子 喜久江 ますみ 美恵子 貴美子 伸江 三枝子 久仁子 千恵子 芙美子 敦子
律子 裕美子 初江 幸枝 静江 澄子 豊子 勢津子 三千代 須美子 美智代 光江
`);
export const olderMen = wordsOf(`
喜一 喜三郎 源次郎 善一 伝吉 徳次 吉之助 重太郎 幸作 音松 作造 栄吉 与一 金蔵 兼吉 仁平 嘉一 留吉 鶴松 庄次郎 常雄 安男 一雄 貞夫 芳男 和男 敏夫 義男 信雄 勝男
光雄 恒夫 宗一 保 正 勲 登 巌 実 守 昇 治 武男 忠 昭夫 政雄 秀雄 文夫 幸男 国男 公男 俊雄 哲夫 征男 紀夫 勝利 正治 清治 国雄 孝雄 弥太郎 喜八 久次 房吉
作治 甚一 益男 章三 啓介 康裕 孝志 義之 良一 賢治 真治 信也 隆志 周平 耕造 泰造 達雄 洋 肇 満男 好夫 吉男 利昭 正明 信行 敬三 仙吉 竹次郎 七郎 亀吉 米蔵 寛治
信一 誠司 輝男 栄作 栄三郎 丑松 清次 省三 庄一 甲子男 勝美 節男 禎一 靖夫 晃 暁 敏雄 伊佐男
`);

/** How a surname and a given name are read, as katakana. */
const surnameKana = wordsOf(`
サトウ スズキ タカハシ タナカ イトウ ワタナベ ヤマモト ナカムラ コバヤシ カトウ ヨシダ ヤマダ ササキ マツモト イノウエ キムラ シミズ ヤマザキ イケダ アベ ハシモト イシカワ
モリタ ヤマシタ オガワ イシイ ハセガワ ゴトウ オカダ コンドウ マエダ フジタ エンドウ アオキ サカモト ムラカミ オオタ カネコ フジイ フクダ ニシムラ ミウラ タケウチ ナカガワ
マツダ ハラダ オカモト ナカノ オノ タムラ フジワラ ワダ モリヤマ イシダ ウエダ サカイ クドウ ヨコヤマ ミヤザキ ウチダ タカギ アンドウ タニグチ オオノ マルヤマ イマイ カワノ
フジモト ムラタ タケダ ウエノ スギヤマ マスダ スガワラ ヒラノ オオツカ クボ マツイ イワサキ サクライ キノシタ ノグチ ノムラ アライ キクチ マツオ オオニシ フルカワ ヒラタ
アメミヤ イヌカイ カツマタ キリタニ クサナギ ソメヤ タカヤナギ ナルセ ハガ ヒトミ ミヤサカ モウリ ヨコオ イッシキ イワマ ウチウミ オオクシ カリノ コムロ シライシ タチバナ
ツカゴシ トオヤマ ナトリ ニシナ ノガミ ハタナカ フカイ ホンジョウ マキノ ミナガワ ヤブキ ワカヤマ エモリ オイヌマ キモト セガワ チノ
`);
const givenKana = wordsOf(`
ハナコ カズコ サチコ セツコ ヨシコ ミヨコ フミコ トシコ キミコ マサコ ヒロコ ケイコ ヨウコ アキコ ノリコ チヨコ スミコ シズエ ハルエ フミエ ミツエ キクエ ヒサエ トメ キヨ ハル ツネ
キヨシ シゲル イサム ミノル ヒロシ タケシ タダシ マサオ ヨシオ カズオ トシオ ヒデオ イチロウ ジロウ サブロウ ケンイチ ショウジ マサル ススム ユタカ タロウ コウイチ シゲオ
ミチコ レイコ ユキコ ミエコ クミコ エミコ タカコ チエコ テルコ ナオコ ヤスコ リョウコ マサヒロ ヒデキ カツヨシ ノブオ ヤスオ テツオ
`);

export interface People {
  surname(): string;
  givenName(): string;
  /** Both in katakana. */
  kana(): [surname: string, given: string];
}

const listOf = (...lists: (readonly string[] | undefined)[]) =>
  wordsOf(lists.flatMap((list) => list ?? []).join(' '));
const ofFaker = faker.rawDefinitions.person;
export const commonSurnames = listOf(ofFaker?.last_name?.generic);
const givenNamesOfAllAges = listOf(ofFaker?.first_name?.female, ofFaker?.first_name?.male);
const olderGivenNames = [...olderWomen, ...olderMen];
if (commonSurnames.length < 400 || givenNamesOfAllAges.length < 200)
  throw new Error("faker's lists of names are not what they were");

/** Draws with replacement; `surname` as often common and rare as in Japan. */
export function makePeople(half: Half): People {
  const ofHalf = (list: readonly string[]) => pick(halfOf(list, half));
  return {
    surname: () =>
      chance(0.05) ? ofHalf(registerSurnames) : ofHalf(chance(0.6) ? commonSurnames : rarerSurnames),
    givenName: () => ofHalf(chance(0.35) ? givenNamesOfAllAges : olderGivenNames),
    kana: () => [ofHalf(surnameKana), ofHalf(givenKana)],
  };
}
