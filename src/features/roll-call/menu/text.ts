/** What people read in the menu of 点呼. */
export const menuText = {
  running: 'いま行っているもの',
  nothingRuns:
    'いま行っている点呼・訓練はありません。始まると、センターのチャンネルに「無事」のボタンが届きます。',
} as const;
