/** Sentences of the pages of 点呼. */
export const rollCallPagesText = { navigation: '点呼・訓練', title: '点呼・訓練' } as const;
