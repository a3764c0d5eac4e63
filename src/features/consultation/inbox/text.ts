/** What people read in their home tab about cases. */
export const inboxText = {
  today: '今日すること',
  nothingToday: '今日することはありません。',
  moreToday: 'ほかにもあります。下の一覧で見られます。',
  counts: '相談の件数',
  count: (view: string, count: string) => `*${view}*　${count}`,
  cases: (count: number) => `${count}件`,
  atLeast: (count: number) => `${count}件以上`,
  see: '一覧を開く',
  cityCounts: '対応中の相談の件数（市全体）',
  cityLine: (status: string, count: number) => `${status}: ${count}件`,
  cityNote: '市の方には、件数だけを表示します。',
  shared: '*共有された記録*　質問と回答、苦情・カスハラの再発防止',
} as const;
