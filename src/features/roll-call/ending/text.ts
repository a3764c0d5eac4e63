/** What people read when a roll-call is ended. */
import type { RollCallKind } from '../words.ts';

export const endingText = {
  title: '終える',
  submit: '終える',
  question: {
    drill: '*訓練* を終えます。終えたあとに、再開することはできません。',
    actual:
      ':warning: *実際の点呼* を終えます。終えたあとに、再開することはできません。まだ必要なら、新しく始めてください。',
  } satisfies Record<RollCallKind, string>,
  answered: (answered: number, roster: number) => `回答　${roster}名のうち${answered}名`,
  silent: (count: number) => `未回答　${count}名`,
  help: (open: number) => `要救助（解除していない方）　${open}名`,
  unreported: (centers: number, shorts: readonly string[]) =>
    centers === 0
      ? '報告のないセンター　なし'
      : `報告のないセンター　${centers}センター（${shorts.join('、')}）`,
  more: 'など',
  after: '終えると、未回答の方への催促は止まり、報告書ができます。',
  ended: '終えました。',
  errors: {
    notRunning: 'もう終わっています。',
    planned: 'まだ始まっていません。',
  },
  forgotten: '始めてから24時間たったため、自動で終えました。',
  stillRunning: (days: number) =>
    `始めてから${days}日たちましたが、まだ終えていません。状況が落ち着いていたら「開く」から終えてください。自動では終わりません。`,
} as const;
