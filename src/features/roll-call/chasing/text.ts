/** What silent people are asked again, and what their managers and the core center then hear. */
export const chasingText = {
  asked: (minutes: number) =>
    `開始から${minutes}分がたちましたが、まだあなたの回答がありません。安否を知らせてください。`,
  askedShort: 'まだ回答がありません',
  managerIntro: 'まだ回答のない方がいます。電話などで確かめて、必要なら代わりに入力してください。',
  managerLine: (center: string, people: string) => `*${center}*　${people}`,
  names: (mentions: readonly string[]) => `${mentions.length}名（${mentions.join('、')}）`,
  count: (silent: number) => `${silent}名`,
  coreIntro: '回答が少なく、管理者の回答もまだないセンターがあります。',
  coreLine: (center: string, silent: number, people: number) =>
    `*${center}*　未回答 ${silent}名／${people}名`,
  coreMore: (centers: number) => `ほか${centers}か所`,
  settings: {
    label: '催促の間隔',
    summary: '点呼・訓練で、まだ回答のない方に何分後にもう一度たずねるかを決めます。',
    field: '開始から何分後（「、」で区切る）',
    hint: (now: string, standard: string) =>
      `いまの設定: ${now}。1〜240分を、小さい順に5つまで。空欄にすると標準（${standard}）になります。`,
    atStandard: '標準',
    minutes: (minutes: readonly number[]) => `${minutes.join('、')}分`,
    after: '最後の催促の1分後に、そのセンターの管理者に知らせます。',
    wrong: '「5、15、30」のように、1〜240の数字を小さい順に5つまで入力してください。',
    notAllowed: '催促の間隔を変更できるのは、基幹型の管理者と市の管理者です。',
  },
} as const;
