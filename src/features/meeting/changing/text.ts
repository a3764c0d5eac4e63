/** What people read when a meeting is changed or called off. */
export const changingText = {
  change: '日時・場所を変える',
  cancel: '中止する',
  invite: '招く方を足す・外す',
  title: '会議の変更',
  cancelTitle: '会議の中止',
  save: '変更して知らせる',
  doCancel: '中止して知らせる',
  close: '戻る',
  choose: '選んでください',
  fields: {
    on: '日付',
    at: '開始',
    minutes: '長さ（分）',
    place: '場所',
    url: 'オンラインのURL',
    papersUrl: '資料のURL',
    title: '題名',
    answerBy: '出欠の締切',
    agendaBy: '議題の締切',
    reason: '中止の理由',
  },
  dateHint: '日時を変えると、出欠は答え直しになります。',
  intro: '登録すると、これまでに案内した方全員に、変わったところを1回だけお知らせします。',
  cancelIntro:
    '中止すると元に戻せません。これまでに案内した方全員にお知らせします。あらためて開くときは、新しい会議を作ります。',
  saved: '変更を登録し、案内した方にお知らせしました。',
  same: '変わったところはありません。どなたにも知らせていません。',
  cancelled: '会議を中止し、案内した方にお知らせしました。',
  stale:
    'この画面を開いたあとに、ほかの方が変更しました。入力はそのまま残っています。いまの内容を確かめて、もう一度登録してください。',
  now: (lines: string) => `いまの内容\n${lines}`,
  denials: {
    'not-found': '見つかりません。中止になったか、この会議を見られる方ではないのかもしれません。',
    'not-arranging': '主催者だけが変えられます。',
    over: '終わった会議は変えられません。',
    cancelled: 'この会議は中止になりました。あらためて開くときは、新しい会議を作ってください。',
  },
  errors: {
    notDate: '日付を選んでください。',
    notTime: '時刻を選んでください。',
    notMinutes: '5〜1440の分数で書いてください。',
    past: 'これからの日時にしてください。',
    tooFar: '1年半より先の日付です。確かめてください。',
    tooLong: (max: number) => `${max}字までにしてください。`,
    notUrl: 'https:// で始まるアドレスを入力してください。',
    beforeToday: '今日より前です。',
    afterMeeting: '会議の日より後です。',
    answerByOver: '日時を変えると出欠は答え直しになります。締切を今日以降にするか、空にしてください。',
  },
  changed: (name: string) => `*${name}* の予定が変わりました。`,
  calledOff: (name: string) => `*${name}* は中止になりました。`,
  reason: (word: string) => `理由　${word}`,
  fromTo: (label: string, from: string, to: string) => `${label}　~${from}~ → ${to}`,
  from: (label: string, to: string) => `${label}　${to}`,
  gone: (label: string, from: string) => `${label}　~${from}~`,
  answerAnew: '日時が変わったため、出欠をもう一度お答えください。',
  answersKept: 'すでにいただいた出欠のお答えは、そのまま有効です。',
  mailChanged: (city: string, name: string) => `【${city}】${name}の変更のお知らせ`,
  mailCancelled: (city: string, name: string) => `【${city}】${name}の中止のお知らせ`,
} as const;

/** Why a meeting is called off: no words of one's own, since everybody reads it. */
export const CANCEL_REASONS = ['schedule', 'disaster', 'attendance', 'other'] as const;
export type CancelReason = (typeof CANCEL_REASONS)[number];
export const CANCEL_REASON_WORDS: Readonly<Record<CancelReason, string>> = {
  schedule: '日程の都合',
  disaster: '天候・災害',
  attendance: '出席者不足',
  other: 'その他',
};
