/** Sentences of the pages of 点呼. */
export const rollCallPagesText = {
  navigation: '点呼・訓練',
  title: '点呼・訓練',
  running: 'いま行っているもの',
  nothingRuns: 'いま行っているものはありません。',
  planned: '予定',
  nothingPlanned: '予定はありません。',
  actual: '実際の点呼',
  drills: '訓練',
  none: 'まだありません。',
  yearPlan: (year: string) => `${year}年度の訓練`,
  heldThisYear: (names: readonly string[]) => `済みました（${names.join('、')}）。`,
  runsThisYear: 'いま行っています。',
  plannedThisYear: (names: readonly string[]) =>
    `予定があります（${names.join('、')}）。まだ済んでいません。`,
  openThisYear: 'まだ行っていません。予定もありません。',
  doMore: '始める',
  preparation: '備えと改善',
  report: '報告書を見る',
  note: '連絡文',
  back: '点呼・訓練の一覧へ',
} as const;
