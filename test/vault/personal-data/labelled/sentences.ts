/** Sentences of the centers' daily writing with a place for a value, at their beginning, in them and at their end. */

export type Sentence = (value: string) => string;

const around = (list: string): Sentence[] =>
  list
    .trim()
    .split('\n')
    .map((line) => (value) => line.replaceAll('/', '\n').replace('※', () => value));

/** Said of any value; `/` is a new line. */
export const anywhere = around(`
※
※です。
※に変わりました。
連絡先は※です。
確認したところ、※でした。
【確認】※/よろしくお願いします。
記録には「※」とあります。
R8-0042の方の件で、※（本人確認済み）
お疲れさまです。/※/以上、共有です。
申請書に※と書いてあるか、見てもらえますか。
・※/・要介護2、独居
メモ:※、次回は11月25日14時
昨日の件、※で合っていますか？
引継ぎ事項…※
`);

export const aboutPhones = [
  ...anywhere,
  ...around(`
電話は※へお願いします。
携帯※（日中つながります）
※まで折り返しをお願いします
長女の連絡先 ※
TEL:※ FAXなし
`),
];

export const aboutMyNumbers = [
  ...anywhere,
  ...around(`
マイナンバーは※と申請書にあります。
個人番号：※
`),
];

/** Numbers without separators may stand alone, with separators they stand after their name. */
export const aboutInsured = [
  ...anywhere,
  ...around(`被保険者番号：※\n介護保険証の番号は※でした。\n保険証番号 ※`),
];
export const namedInsured = around(`
被保険者番号：※
被保険者番号は※です。
介護保険証の番号は※でした。
保険証番号 ※
介護保険被保険者番号（※）を確認しました。
被保番※で照会してください。
`);

export const aboutMails = [
  ...anywhere,
  ...around(`
メールは※にお願いします。
アドレス:※
次女のメール（※）に送ってよいそうです。
`),
];

export const aboutAddresses = [
  ...anywhere,
  ...around(`
住所は※です。
※にお住まいの方です。
本人宅（※）を訪問しました。
住所：※/世帯：独居
自宅は※、エレベーターはありません。
`),
];

export const aboutTowns = around(`
住所は※です。
住所：※
※にお住まいの方です。
※に住む80代の女性です。
※在住、独居です。
自宅は※だそうです。
長男は※に住んでいます。
お住まいは※と聞きました。
転居先は※です。
実家が※にあります。
`);

export const aboutBirths = [
  ...anywhere,
  ...around(`
生年月日は※です。
※生まれ、要介護1です。
生年月日：※
本人（※生）は入院中です。
`),
];

export const aboutTitled = around(`
本日、※さんから電話がありました。
※様のお宅に伺います。
民生委員より、※氏の近況を聞いています。
昨日は※さまのお宅へ。お変わりありません。
隣の※さんが心配してくれています。
※さんの件、共有します。
対象者は※様です。
先週から※さんが入院しています。
R8-0042の※様について、ご相談です。
12時に※さん宅で待ち合わせましょう。
お疲れさまです。/※さんの訪問、明日でお願いします。
※さんと長女の同意を得ました。
通所は※さんの希望で週1回です。
今月から担当が※さんになります。/よろしくお願いします。
ヘルパーさんが※さんのけがに気づきました。
※様、要支援2。
介護者の※さんが倒れたそうです。
至急です。※さんと連絡が取れません
あのあと※さんはどうされましたか？
「※さん」と呼んでください。
地区の民生委員※さんに見守りをお願いしました。
※さんご夫妻で来所されました。
向かいの※さん方で預かっています。
`);

export const aboutFullNames = around(`
相談者は※、80代です。
対象者：※（独居）
今日※の自宅を訪ねました。
※様の担当をお願いします。
本人 ※/住まい 持ち家
氏名:※
※さんが救急搬送されました。
※（82歳、女性）が昨夜から戻りません。
記録を見ると、※となっています。
長男の※が同居しています。
緊急連絡先は長女※です。
本日の訪問：※、14時
R8-0042は※の件です。
お疲れさまです。/※/上記の方の件で電話をください。
キーパーソンは※（次男）
被保険者は※、要介護3。
※について、後見の申立てを検討中です。
通報があったのは※宅です。
主治医に※の状態を伝えました。
名前は※、住所は記録のとおりです。
`);
