/** What people read in the menu of 会議. */
export const menuText = {
  call: '会議を開く・日程を調整する',
  plan: '年間予定を作る',
  trainings: '研修',
  promises: '約束ごと',
  issues: '地域課題',
  search: '議事録を探す',
  calendar: 'カレンダーに取り込む',
  kinds: '会議体を決める',
  mine: 'これからの会議',
  none: 'これからの会議はありません。',
  more: 'ほかにもあります。すべては画面で見られます。',
  open: '開く',
  voted: '日程に回答済みです',
  answered: (word: string) => `出欠: ${word}`,
  waiting: {
    vote: '日程の回答がまだです',
    attend: '出欠の回答がまだです',
  },
  doMore: 'できること',
} as const;
