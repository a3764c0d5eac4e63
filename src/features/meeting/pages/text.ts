/** What people read on the pages of 会議. */
export const meetingPagesText = {
  navigation: '会議',
  title: '会議',
  mine: 'あなたが参加する会議',
  others: 'ほかの会議',
  doMore: 'できること',
  none: 'これからの会議はありません。',
  pageTitle: (name: string) => name,
  back: '会議の一覧へ',
} as const;
