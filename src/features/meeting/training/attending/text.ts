/** What people read when it is noted who was at a training, and for how long people learnt in a year. */
export const attendingText = {
  title: (name: string) => `参加の記録 ${name}`,
  intro: (minutes: number) =>
    `参加した時間を分で入力してください。はじめは研修の長さ（${minutes}分）が入っています。欠席は0分です。`,
  columns: { name: '氏名', center: '所属', minutes: '参加した時間（分）' },
  minutesOf: (name: string) => `${name}さんの参加時間（分）`,
  save: '記録する',
  none: '参加の申込はありません。',
  saved: '記録しました。',
  errors: {
    minutes: (max: number) => `0から${max}までの数で入力してください。`,
    summary: '入力を確かめてください。',
    stale: 'ほかの方が先に記録を変えました。いまの記録を下に表示しています。あなたの入力は欄に残っています。',
  },
  stored: (minutes: number | null) =>
    minutes === null ? 'いまの記録: まだありません' : `いまの記録: ${minutes}分`,
  back: '研修の画面へ',
  hours: {
    title: '受講時間',
    year: (year: number) => `${year}年度`,
    columns: { name: '氏名', center: '所属', profession: '職種', count: '回数', hours: '時間' },
    csv: 'CSVで保存する',
    show: '表示する',
    yearField: '年度',
    none: '受講の記録はありません。',
    note: '参加が記録される前の研修は、欠席と答えた方を除き、研修の長さで数えています。',
    back: '研修の一覧へ',
  },
} as const;
