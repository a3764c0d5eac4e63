/** What people read when a year of meetings is planned. */
export const planningText = {
  title: '年間予定',
  close: '戻る',
  year: (era: string, year: number) => `${era}年度（${year}年度）`,
  heading: (year: string) => `${year}の年間予定`,
  intro:
    '会議体で決めた月と曜日から、日にちの案を作ります。休みの日は会議体の決まりで動かします。直してから確定すると、会議が作られ、参加する方に1回だけまとめて知らせます。',
  propose: '年間予定の案を作る',
  proposeAgain: '足りない日を足す',
  otherYear: (year: string) => `${year}を見る`,
  confirm: '確定して知らせる',
  edit: '直す',
  none: '日にちはまだありません。',
  noneWithoutMonths: '必要なときに開く会議です。',
  moreKinds: (count: number) => `ほかに${count}の会議体があります。画面で見られます。`,
  moved: (from: string) => `祝日・休みのため${from}から移動`,
  closed: '⚠ 休みの日です',
  past: '過ぎています',
  made: '確定済み',
  making: '確定済み（会議を作っています）',
  clash: (name: string, shared: number) => `⚠ ${name}と同じ時間です（${shared}名が重なる）`,
  clashMark: '　⚠ ほかの会議と重なります',
  added: (count: number) => `${count}件の日にちを加えました。`,
  nothingMissing: '足りない日はありません。',
  saved: '保存しました。',
  counts: (open: number, confirmed: number, clashes: number) =>
    `案 ${open}件　確定済み ${confirmed}件${clashes > 0 ? `　⚠ 重なり ${clashes}件` : ''}`,
  byMonth: '日にちの順',

  editTitle: '日にちを直す',
  editIntro: '日付を消すとその日は外れます。空いている欄に入れると加わります。',
  editConfirmed: '確定済みの日は、それぞれの会議の画面で変えてください。',
  dateLabel: (position: number) => `${position}回目の日付`,
  timeLabel: (position: number) => `${position}回目の時刻`,
  newDateLabel: (position: number) => `加える日付（${position}）`,
  newTimeLabel: (position: number) => `加える時刻（${position}）`,
  save: '保存する',
  errors: {
    notDate: '日付を選んでください。',
    timeMissing: '時刻を選んでください。',
    'out-of-year': 'この年度の日付ではありません。',
    past: '今日までの日付は選べません。',
    doubled: '同じ日時がほかにあります。',
    overtaken:
      '画面を開いているあいだに、ほかの方が変更しました。いまの予定を確かめて、もう一度保存してください。',
    overtakenConfirm:
      '画面を開いているあいだに予定が変わりました。いまの予定を確かめて、もう一度「確定して知らせる」を押してください。',
    notAllowed: 'この予定は、基幹型と市の職員だけが変更できます。',
    notAYear: '計画できるのは、今年度と来年度です。',
    nothing: '確定する日にちがありません。すでに確定されたのかもしれません。',
  },

  confirmTitle: '確定して知らせる',
  confirmQuestion: (year: string, meetings: number, people: number) =>
    `${year}の *${meetings}件* の会議を確定し、参加する *${people}名* に、それぞれの一覧を1回だけ知らせます。`,
  confirmClashes: (count: number) => `⚠ 時間の重なりが${count}件残っています。`,
  confirmTime: (minutes: number) =>
    `会議はこのあと順に作られ、およそ${minutes}分で知らせが届きます。この画面は閉じてかまいません。`,
  confirmed: (meetings: number, people: number, minutes: number) =>
    `${meetings}件を確定しました。会議を順に作り、およそ${minutes}分で${people}名に知らせます。`,

  digest: {
    title: (year: string, count: number) => `${year}の会議の予定です（${count}件）`,
    more: (count: number) => `ほかに${count}件あります。すべては画面で見られます。`,
    how: '出欠は、`/kikan 会議` で会議を開いて答えられます。',
    open: '会議の一覧を開く',
    mailSubject: (city: string, year: string) => `【${city}】${year}の会議のご案内`,
    mailGreeting: (name: string) => `${name} 様`,
    mailBody: (city: string, year: string) => `${city}の${year}の会議の予定をご案内します。`,
    mailEnd: 'このメールは送信専用です。ご都合が合わないときは、主催者へお知らせください。',
    done: (year: string, meetings: number, people: number) =>
      `${year}の会議を${meetings}件作り、${people}名に知らせました。`,
  },
} as const;
