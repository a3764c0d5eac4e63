/** What people read when a roll-call is started, planned, moved and called off. */
import { formatInstant } from '../../../lib/jst.ts';
import type { RollCallKind } from '../words.ts';

export const startingText = {
  open: { drill: '訓練を始める・予定する', actual: '実際の点呼を始める' } satisfies Record<
    RollCallKind,
    string
  >,
  title: { drill: '訓練を始める', actual: '実際の点呼を始める' } satisfies Record<RollCallKind, string>,
  intro: {
    drill: '*訓練* を始めます。お知らせはすべて【訓練】で始まり、実際の点呼には数えません。',
    actual:
      ':warning: *実際の災害での点呼* を始めます。訓練のときは「やめる」を押して、`/kikan 訓練` をお使いください。',
  } satisfies Record<RollCallKind, string>,
  fields: {
    scenario: '想定・災害の種類',
    instructions: 'お願いすること',
    note: '連絡文',
    noteHint: '画面だけに出ます。チャットやメールには「連絡文があります」とだけ出ます。',
    centers: '対象のセンター',
    centersHint: '選ばなければ、すべてのセンター（市の課を除く）が対象です。',
    centersPlaceholder: 'すべて',
    when: 'いつ',
    on: '日付',
    at: '時刻',
    laterHint: '「日時を決める」のときに使います。',
    options: '知らせ方',
  },
  when: { now: 'すぐに', later: '日時を決める' },
  options: {
    announce: '予告する',
    announceHint:
      '日時を決めたときに、決めた日と当日の朝に知らせます。夜間・休日（予告なし）では知らせません。',
    mail: '全員にメールも送る',
    mailHint: '「Slack停止」では、選ばなくてもメールだけで行います。',
  },
  noteOnPage: '連絡文を付けるときは、画面から始めてください。',
  next: '確認へ進む',
  back: '内容を直す',
  confirmTitle: { drill: '訓練の確認', actual: '実際の点呼の確認' } satisfies Record<RollCallKind, string>,
  question: {
    drill: (people: number, centers: number) =>
      `*訓練* を${centers}センターの *${people}名* に知らせて始めます。`,
    actual: (people: number, centers: number) =>
      `:warning: これは訓練ではありません。*実際の点呼* を${centers}センターの *${people}名* に知らせて始めます。下の赤いボタンを押すと始まります。`,
  } satisfies Record<RollCallKind, (people: number, centers: number) => string>,
  laterQuestion: {
    drill: (people: number, centers: number, at: Date) =>
      `*訓練* を${formatInstant(at)}に、${centers}センターの *${people}名* に知らせて始めます（人数は今の名簿です）。`,
    actual: (people: number, centers: number, at: Date) =>
      `:warning: これは訓練ではありません。*実際の点呼* を${formatInstant(at)}に、${centers}センターの *${people}名* に知らせて始めます（人数は今の名簿です）。`,
  } satisfies Record<RollCallKind, (people: number, centers: number, at: Date) => string>,
  start: {
    drill: (people: number) => `訓練を始める（${people}名）`,
    actual: (people: number) => `実際の点呼を始める（${people}名）`,
  } satisfies Record<RollCallKind, (people: number) => string>,
  plan: {
    drill: (people: number) => `訓練を予定する（${people}名）`,
    actual: (people: number) => `実際の点呼を予定する（${people}名）`,
  } satisfies Record<RollCallKind, (people: number) => string>,
  ways: {
    chat: 'チャットで知らせます。',
    chatAndMail: 'チャットとメールで知らせます。',
    mailOnly: 'チャットでは知らせません。メールだけで知らせます。',
    withoutMail: (people: number) => `うち${people}名は、メールアドレスが名簿にありません。`,
    announced: '予定した今と、当日の朝に予告します。',
    unannounced: '予告はしません。始められる方のほかには見えません。',
  },
  endDrillLabel: '行っている訓練',
  endDrill: '今の訓練を終える',
  drillRuns: (name: string) => `今、${name}を行っています。実際の点呼を優先します。`,
  started: { drill: '訓練を始めました。', actual: '実際の点呼を始めました。' } satisfies Record<
    RollCallKind,
    string
  >,
  planned: (at: Date) => `${formatInstant(at)}に始める予定にしました。`,
  drillEnded: '行っていた訓練は終えました。',
  alreadyRuns: (by: string, at: Date) =>
    `すでに${by}さんが${formatInstant(at)}に始めています。新しくは始めませんでした。`,
  change: '日時を変える',
  cancel: '取りやめる',
  changeTitle: '日時を変える',
  cancelTitle: '取りやめる',
  save: '変える',
  cancelQuestion: 'この予定を取りやめます。',
  cancelTells: '予告していたので、取りやめたことを知らせます。',
  moved: (at: Date) => `${formatInstant(at)}に変えました。`,
  same: '日時は変わっていません。',
  cancelled: '取りやめました。',
  tooLate: (name: string, at: Date) =>
    `${name}は、予定の${formatInstant(at)}を12時間過ぎても始められなかったため、取りやめました。必要なら、もう一度予定してください。`,
  errors: {
    choose: '選んでください。',
    notDate: '日付を選んでください。',
    notTime: '時刻を選んでください。',
    past: '過ぎた日時です。これからの日時を選んでください。',
    tooFar: '1年より先です。1年以内の日時を選んでください。',
    noCenter: '今はないセンターがあります。選び直してください。',
    emptyCenters: (shorts: readonly string[]) =>
      `職員のいないセンターがあります（${shorts.join('、')}）。外してください。`,
    nobody: '対象の方がいません。',
    tooLong: (max: number) => `${max}字以内で書いてください。`,
    stale: '別の方が先に変えました。今の内容をご覧のうえ、もう一度お願いします。',
    begun: 'もう始まっています。',
    over: 'もう終わったか、取りやめになっています。',
    notSaved: '今は保存できませんでした。しばらくしてから、もう一度お試しください。',
  },
} as const;
