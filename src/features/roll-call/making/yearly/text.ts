/** What the managers of the core center read when the year's drill is still to be held. */
export const yearlyText = {
  none: (year: string) =>
    `【訓練】${year}年度の訓練は、まだ行っていません。予定もありません。\`/kikan 訓練\` で予定できます。`,
  planned: (year: string, list: readonly string[]) =>
    `【訓練】${year}年度の訓練は、まだ行っていません。予定は次のとおりです。\n${list.join('\n')}`,
  line: (reference: string, when: string) => `・${reference}　${when}`,
  open: '訓練を予定する',
} as const;
