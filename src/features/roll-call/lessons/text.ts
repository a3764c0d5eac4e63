/** What people read of 気づき・改善点 and of what was promised of them. */
import { formatDate, formatInstant, type JapanDate, japanDate } from '../../../lib/jst.ts';

export const lessonsText = {
  heading: '気づき・改善点',
  title: '気づき・改善点',
  about: '気づき・改善点',
  intro: (until: Date) =>
    `よかったこと、困ったこと、直したいことを書いてください。${formatInstant(until)}まで、何件でも送れます。`,
  reading: '基幹型と市が読みます。改善の約束になると、ほかのセンターも読めます。',
  body: '気づいたこと・改善したいこと',
  bodyHint: '対象者や職員の名前など、個人のことは書かないでください。',
  warning: (words: string) =>
    `個人情報かもしれない言葉があります：${words}\n問題がなければ、もう一度「送る」を押してください。`,
  sent: '気づき・改善点を受け付けました。ありがとうございました。',
  notRunning: '気づき・改善点は、点呼が終わってから送れます。',
  over: '気づき・改善点の受付（終わってから7日間）は、終わりました。',
  notAsked: '対象のセンターの方が送れます。',
  full: '1つのセンターから送れる数を超えています。基幹型にご連絡ください。',
  errors: {
    required: '入力してください。',
    tooLong: (max: number) => `${max}文字までで入力してください。`,
    who: '選び直してください。',
    due: '今日から2年以内の日付を選んでください。',
  },
  ask: (name: string, until: Date) =>
    `${name} が終わりました。気づき・改善点を、センターで話し合って送ってください（${formatInstant(until)}まで）。`,
  askAgain: (name: string, until: Date) =>
    `${name} の気づき・改善点が、あなたのセンターからまだ届いていません（${formatInstant(until)}まで）。`,
  open: (until: Date) => `${formatInstant(until)}まで受け付けています。`,
  none: 'まだ届いていません。',
  few: 'あなたのセンターからは、まだ届いていません。',
  from: (short: string, at: Date) => `${short}　${formatDate(japanDate(at))}`,
  missing: (shorts: readonly string[]) => `まだ届いていないセンター：${shorts.join('、')}`,

  promiseButton: '改善の約束にする',
  changeButton: '約束を変える',
  keepButton: '済にする',
  promise: {
    title: '改善の約束',
    what: 'すること',
    whatHint: 'すべてのセンターの方が読めます。個人のことは書かないでください。',
    who: '担当する方',
    due: 'いつまでに',
    submit: '約束にする',
    onPages: '気づきを約束にするのは、画面でできます。',
  },
  promised: (who: string, due: JapanDate) => `担当 ${who}　${formatDate(due)}まで`,
  done: (on: Date) => `済（${formatDate(japanDate(on))}）`,
  overdue: '期限を過ぎています',
  saved: '改善の約束にしました。担当の方に知らせました。',
  kept: '済にしました。',
  denials: {
    'not-found': '見つかりません。この点呼を見られる方ではないのかもしれません。',
    'not-allowed': '基幹型の管理者と、その代行の方ができます。',
    changed: 'ほかの方が先に変えました。画面を開き直して、確かめてください。',
    done: 'この約束は、もう済んでいます。',
  },
  tell: (name: string, due: JapanDate) =>
    `${name} の気づきから、改善の約束の担当になりました（${formatDate(due)}まで）。内容は画面で読めます。`,
  untell: (name: string) => `${name} の改善の約束の担当は、ほかの方に変わりました。`,
  remind: {
    soon: (name: string, due: JapanDate) =>
      `${name} の改善の約束の期限が近づいています（${formatDate(due)}まで）。`,
    due: (name: string, due: JapanDate) => `${name} の改善の約束の期限は今日です（${formatDate(due)}）。`,
  },
  list: {
    title: '改善の約束',
    lead: '訓練と点呼の気づきから、することになったことです。',
    open: 'これからすること',
    done: '済んだこと',
    none: '改善の約束は、まだありません。',
    noneOpen: 'これからすることは、ありません。',
    link: 'これまでの改善の約束',
    earlier: 'これまでの改善の約束（今回、できているか確かめてください）',
    back: '点呼・訓練の一覧へ',
  },
} as const;
