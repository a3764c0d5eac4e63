/**
 * Shapes of one kanji that people write for each other in names. Each group begins with the common form; the others fold to it.
 *
 * The pairs are facts of the Jōyō kanji table (the shapes it gives in brackets, いわゆる康熙字典体), of the table of kanji for
 * names in the ordinance of the Family Register Act, and of the shapes that family registers keep and keyboards replace (髙, 﨑, 邉).
 * Compatibility characters (U+F900–FAD9 such as 神, 福) are missing here on purpose: NFKC folds those.
 */

const joyoTable = `
亜亞 悪惡 圧壓 囲圍 医醫 為爲 壱壹 稲稻 飲飮 隠隱 営營 栄榮 衛衞 駅驛 円圓 塩鹽 縁緣 艶艷 応應 欧歐 殴毆
桜櫻 奥奧 横橫 温溫 穏穩 仮假 価價 画畫 会會 絵繪 壊壞 懐懷 概槪 拡擴 殻殼 覚覺 学學斈 岳嶽 楽樂 渇渴
缶罐 巻卷 陥陷 勧勸 寛寬 関關 歓歡 観觀 顔顏 帰歸 気氣 亀龜 偽僞 戯戲 犠犧 旧舊 拠據 挙擧 虚虛 峡峽 挟挾
狭狹 教敎 郷鄕鄉 暁曉 区區 駆驅 勲勳 薫薰 径徑 茎莖 恵惠 掲揭 渓溪谿 経經 蛍螢 軽輕 継繼 鶏鷄雞 芸藝 撃擊
欠缺 研硏 県縣 倹儉 剣劍劒劔剱釼 険險 圏圈 検檢 献獻 権權 顕顯 験驗 厳嚴 広廣 恒恆 効效 鉱鑛砿礦 黄黃 号號
国國圀囯 黒黑 砕碎 済濟 剤劑 雑雜 参參 惨慘 桟棧 蚕蠶 賛贊 残殘 糸絲 歯齒 児兒 辞辭 湿濕 実實 舎舍 写寫
釈釋 寿壽 収收 従從 渋澁 獣獸 縦縱 粛肅 処處 緒緖 叙敍敘 将將 称稱 渉涉 焼燒 奨奬 条條 状狀 乗乘 浄淨
剰剩 畳疊 縄繩 壌壤 嬢孃 譲讓 醸釀 触觸 嘱囑 慎愼 真眞 寝寢 尽盡 図圖 粋粹 酔醉 穂穗 随隨 髄髓 枢樞 数數
瀬瀨 声聲 静靜 斉齊齋斎亝 摂攝 窃竊 専專 戦戰 浅淺 潜潛濳 繊纖 践踐 銭錢 禅禪 曽曾 双雙 壮壯 捜搜 挿插
巣巢 装裝 荘莊 争爭 総總縂 騒騷 蔵藏 臓臟 増增 即卽 属屬 続續 堕墮 対對 体體躰軆 帯帶 滞滯 台臺 滝瀧 択擇
沢澤 単單 担擔 胆膽 団團 弾彈 断斷 痴癡 遅遲 昼晝 虫蟲 鋳鑄 庁廳 徴徵 聴聽 勅敕 鎮鎭 逓遞 鉄鐵銕鐡鉃 点點
転轉 伝傳 党黨 盗盜 灯燈 当當 闘鬪 徳德惪悳 独獨 読讀 届屆 弐貳 悩惱 脳腦 覇霸 廃廢 拝拜 売賣 麦麥 発發
髪髮 抜拔 晩晚 蛮蠻 秘祕 浜濱濵 瓶甁 払拂 仏佛 併倂 並竝 餅餠 辺邊邉 変變 弁辨瓣辯 歩步 宝寶寳 豊豐 褒襃
翻飜 毎每 万萬 満滿 麺麵 黙默 戻戾 弥彌 薬藥 訳譯 予豫 余餘 与與 誉譽 揺搖 様樣 謡謠 来來 頼賴 乱亂 覧覽
竜龍 両兩 猟獵 緑綠 塁壘 涙淚 励勵 礼禮 隷隸 霊靈 齢齡 暦曆 歴歷 恋戀 錬鍊 炉爐 労勞 郎郞 楼樓 録錄 湾灣
痩瘦 剝剥 填塡 頬頰 遡溯
`;

const namesTable = `
亘亙 凜凛 巌巖巗 尭堯 晃晄 桧檜 槙槇 祢禰 祷禱 穣穰 萌萠 遥遙 瑶瑤 禄祿 猪豬 晋晉 彦彥 蒋蔣 頴穎 砺礪
讃讚 涛濤 薮藪籔 芦蘆 桝枡 梼檮 莱萊 蝉蟬 鴎鷗 騨驒 麹麴 醤醬 籠篭 竈竃 壺壷 諌諫 鹸鹼 蝋蠟 噛嚙 掻搔
掴摑 繋繫 嚢囊 呑吞 屏屛 倶俱 溌潑 箪簞 顛顚 焔焰 妍姸 靱靭 撹攪 躯軀 涜瀆 鯵鰺 鶯鴬 兎兔 蛎蠣 鉤鈎 叡睿
聡聰聦 昂昻 皐皋 毘毗 熙熈煕凞 翠翆 舘館
`;

const registerShapes = `
高髙 崎﨑嵜㟢 吉𠮷 島嶋嶌隝 富冨 峰峯 桑桒 渕淵渊 柳栁桺 橋𣘺槗 土圡𡈽 喜㐂 秋穐龝 昇曻 梅楳 柏栢 磯礒 園薗
村邨 鶴靍靏靎 松枩柗 栃杤 野埜 場塲 船舩 達逹 迪廸 旗籏 涼凉 強强 清淸 青靑 戸戶 呉吳 内內 尚尙 歳歲 産產
説說 悦悅 閲閱 税稅 姉姊 隣鄰 脈脉 恥耻 群羣 奇竒 窓窻 解觧 飾餝 珍珎 留畄畱 略畧 密宻 宜冝 卯夘 多夛
峨峩 煙烟 猫貓 裏裡 稟禀 篠筱 線綫 雁鴈 蘇蘓 明朙眀 哲喆 和龢咊 閉閇 間閒 棋棊 厨廚 厩廐廄 曳曵 映暎 湧涌
嘗甞 蓋盖 風凬 走赱 輩軰 職軄聀 蛇虵 肇肈 携攜 床牀 梨棃 韮韭 界畍 侯矦 竪豎 磐盤 裕𥙿 脇𦚰 鼠鼡 曹曺
鑑鑒 爾尓 樽罇 節莭 西⻄ 長⻑ 民⺠ 亀⻲ 竜⻯ 黄⻩ 斉⻫ 歯⻭ 麦⻨ 鬼⻤ 食⻝ 見⻅
`;

let common: ReadonlyMap<string, string> | undefined;

function readTables(): ReadonlyMap<string, string> {
  const groups = [joyoTable, namesTable, registerShapes].join(' ').trim().split(/\s+/u);
  return new Map(
    groups.flatMap((group) => {
      const [head = '', ...others] = group;
      return others.map((other): [string, string] => [other, head]);
    }),
  );
}

/**
 * The common form of one character of a name; the character itself when it has none.
 *
 * 斎, 齋, 齊 and 斉 all give 斉, 龍 gives 竜: registers tell these apart, but the people who type a name do not, and a search that
 * finds one family too many is better than one that misses the person.
 */
export function commonKanji(character: string): string {
  common ??= readTables();
  return common.get(character) ?? character;
}
