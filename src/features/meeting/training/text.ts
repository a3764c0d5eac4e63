/** What people read of 研修: the list, the applications and what becomes of them. */
import { formatDate, type JapanDate } from '../../../lib/jst.ts';

export const trainingText = {
  title: '研修',
  submit: '登録する',
  close: '閉じる',
  back: '戻る',
  ahead: 'これからの研修',
  none: '申し込める研修はありません。',
  more: (count: number) => `ほかに${count}件あります。`,
  forAll: '全職種',
  facts: {
    professions: '対象',
    applyBy: '申込締切',
    seats: '定員',
  },
  fact: (label: string, value: string) => `${label}　${value}`,
  seats: (seats: number | null) => (seats === null ? 'なし' : `${seats}名`),
  day: (on: JapanDate) => formatDate(on),
  professionsOf: (professions: readonly string[]) =>
    professions.length === 0 ? '全職種' : professions.join('、'),
  buttons: {
    apply: '申し込む・取り消す',
    seats: '定員を変える',
    survey: 'アンケートに答える',
    offer: '研修を企画する',
    outside: '外部研修を知らせる',
  },
  state: {
    accepted: '申込済み',
    inLine: 'キャンセル待ち',
    waiting: (place: number) => `キャンセル待ち ${place}番目`,
  },
  applicant: (name: string, center: string, state: string) => `${name}（${center}）　${state}`,
  apply: {
    title: '研修の申込',
    submit: '申し込む',
    person: '申し込む方',
    choose: '選んでください',
    listed: '申し込んでいる方',
    noneListed: '申し込んでいる方はいません。',
    withdraw: '取り消す',
    withdrawTitle: '申込を取り消しますか？',
    withdrawQuestion: 'キャンセル待ちの方がいれば、次の方が参加できるようになります。',
    withdrawConfirm: '取り消す',
    withdrawDeny: 'やめる',
    accepted: (name: string) => `${name}さんの申込を受け付けました。`,
    waiting: (name: string, place: number) =>
      `満員のため、${name}さんはキャンセル待ちの${place}番目です。空きが出たらお知らせします。`,
    withdrawn: (name: string) => `${name}さんの申込を取り消しました。`,
    errors: {
      profession: (professions: readonly string[]) => `この研修の対象は${professions.join('、')}です。`,
      closed: (on: JapanDate) => `申込は${formatDate(on)}で締め切りました。`,
      over: 'この研修は、もう申し込めません。',
      notYours: 'この方の申込はできません。',
      nobody: '申し込む方を選んでください。',
      tooLate: '当日になったため、取り消せません。主催者へご連絡ください。',
      notApplied: '申込が見つかりません。すでに取り消されたのかもしれません。',
    },
  },
  told: {
    forYou: (by: string, name: string, state: string) =>
      `${by}さんが、あなたを ${name} に申し込みました（${state}）。`,
    withdrawnForYou: (by: string, name: string) => `${by}さんが、${name} へのあなたの申込を取り消しました。`,
    movedUp: (name: string) => `*${name}* に空きが出たため、参加できるようになりました。`,
  },
  changeSeats: {
    title: '定員を変える',
    field: '定員（空欄は定員なし）',
    done: '定員を変えました。',
    movedUp: (count: number) => `キャンセル待ちから${count}名が参加できるようになりました。`,
    errors: {
      number: '1から1000までの数で入力してください。',
      tooFew: (accepted: number) => `すでに${accepted}名の申込を受け付けています。`,
    },
  },
  hours: '受講時間を見る',
  record: '参加を記録する',
  applicants: '申込の一覧',
  columns: { name: '氏名', center: '所属', profession: '職種', state: '状況' },
  notFound: '見つかりません。中止になったのかもしれません。',
} as const;
