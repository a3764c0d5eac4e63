/** What people read of courses that others give. */
import { formatDate, type JapanDate } from '../../../../lib/jst.ts';

export const outsideText = {
  title: '外部研修を知らせる',
  submit: '登録して知らせる',
  heading: '外部研修',
  fields: {
    title: '研修名',
    provider: '主催',
    url: '申込先のURL',
    on: '開催日',
    place: '場所',
    applyBy: '申込の締切日',
    professions: '対象の職種（選ばなければ全職種）',
  },
  mark: '外部研修',
  link: '申込先を開く',
  name: (title: string, provider: string) => `「${title}」（${provider}）`,
  facts: { on: '開催日', place: '場所', applyBy: '申込締切', professions: '対象' },
  day: (on: JapanDate) => formatDate(on),
  withdraw: '取り下げる',
  withdrawTitle: 'この外部研修を取り下げますか？',
  withdrawQuestion: '一覧から消え、締切前のお知らせも止まります。',
  withdrawConfirm: '取り下げる',
  withdrawDeny: 'やめる',
  withdrawnMark: '（取り下げ）',
  withdrawn: '取り下げました。',
  done: 'お知らせしました。',
  reminder: (name: string, on: JapanDate) => `外部研修 ${name} の申込締切は${formatDate(on)}です。`,
  takenBack: (name: string) => `外部研修 ${name} のお知らせは取り下げられました。`,
  notFound: '見つかりません。すでに取り下げられたのかもしれません。',
} as const;
