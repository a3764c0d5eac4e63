/** What people read of those who have not answered. */
export const silentText = {
  title: '未回答の方',
  none: '全員が回答しました。',
  count: (silent: number, people: number) => `未回答　*${silent}名*／${people}名`,
  center: (short: string, silent: number, people: number) => `*${short}*　${silent}名／${people}名`,
  names: (names: readonly string[]) => names.join('、'),
  more: (count: number) => `ほか${count}名`,
  elsewhere: '名前は、同じセンターの方と、基幹型・市の方だけに表示しています。',
} as const;
