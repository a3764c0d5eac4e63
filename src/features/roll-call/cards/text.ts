/** What people are told of a roll-call in their center's channel, or one by one. */
import { formatInstant } from '../../../lib/jst.ts';
import type { RollCallKind } from '../words.ts';

export const cardText = {
  isDrill: 'これは訓練です。',
  isActual: ':warning: これは訓練ではありません。',
  asked: 'お願いすること',
  page: '画面で見る',
  actualFirst: ':warning: 実際の点呼が始まっています。そちらを優先してください。',
  closed: (at: Date) => `${formatInstant(at)}に終わりました。ご協力ありがとうございました。`,
  report: '報告書を見る',
  planned: {
    drill: (at: Date) => `${formatInstant(at)}から訓練を行います。`,
    actual: (at: Date) => `${formatInstant(at)}から点呼を行います。`,
  } satisfies Record<RollCallKind, (at: Date) => string>,
  plannedHint: '始まったら、この欄に「無事」のボタンが届きます。今は何もしなくてかまいません。',
  today: {
    drill: (at: Date) => `今日は訓練の日です。${formatInstant(at)}から行います。`,
    actual: (at: Date) => `今日、${formatInstant(at)}から点呼を行います。`,
  } satisfies Record<RollCallKind, (at: Date) => string>,
  moved: (at: Date) => `日時が変わりました。${formatInstant(at)}から行います。`,
  cancelled: (at: Date) => `${formatInstant(at)}からの予定は、取りやめになりました。`,
  joined: '名簿に加わったので、お知らせします。',
} as const;
