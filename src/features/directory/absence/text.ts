/** What people read of absences and deputies. */
import { formatDate, type JapanDate } from '../../../lib/jst.ts';

/** `11月24日(火)〜11月28日(土)`; the year only where it turns. */
function span(fromOn: JapanDate, untilOn: JapanDate): string {
  if (fromOn === untilOn) return formatDate(fromOn);
  const year = untilOn.slice(0, 4);
  const isSameYear = fromOn.startsWith(year);
  return `${formatDate(fromOn)}〜${isSameYear ? '' : `${year}年`}${formatDate(untilOn)}`;
}

export const absenceText = {
  span,
  label: '不在と代理',
  summary: '休暇や研修のあいだ、代わりに動く方を決めておきます。',
  intro:
    '不在のあいだ、担当している相談の知らせは代理の方に届き、代理の方が対応できます。最後の日を過ぎると、自動で元に戻ります。',
  submit: '登録する',
  close: '戻る',
  fields: {
    person: '不在になる方',
    fromOn: '最初の日',
    untilOn: '最後の日',
    deputy: '代理の方',
  },
  untilHint: 'この日も不在に含みます。',
  deputyHint: '同じセンターの職員から選びます。',
  choose: '選んでください',
  nobodyElse: 'このセンターには、代理になれる職員がほかにいません。',
  listTitle: 'いまとこれからの不在',
  listEmpty: '登録されている不在はありません。',
  listMore: (count: number) => `ほかに${count}件あります。`,
  listItem: (name: string, days: string, deputy: string) => `${name}　${days}\n代理: ${deputy}`,
  deputyLeft: (name: string) => `${name}（名簿にありません。代理を決め直してください）`,
  end: '終了する',
  endTitle: '不在を終了しますか？',
  endQuestion: '代理の方に、終わったことをお知らせします。',
  endConfirm: '終了する',
  endCancel: 'やめる',

  noted: (name: string, days: string, deputy: string) =>
    `登録しました: ${name}さん、${days}、代理は${deputy}さん。`,
  deputyAbsent: (deputy: string, days: string, standIn: string) =>
    `代理の${deputy}さんも${days}は不在です。そのあいだは、${standIn}さんが代わります。`,
  deputyAbsentAlone: (deputy: string, days: string) =>
    `代理の${deputy}さんも${days}は不在で、代わる方がいません。別の代理を決めてください。`,
  ended: (name: string, days: string) => `${name}さんの不在（${days}）を終了しました。`,

  errors: {
    required: '選んでください。',
    notDate: '日付を選んでください。',
    over: '今日より前の日です。',
    endsBeforeItBegins: '最初の日より後の日を選んでください。',
    tooLong: '登録できるのは1年までです。',
    tooFar: '1年より先の不在は、まだ登録できません。',
    notOfCenter: 'この方の不在は登録できません。',
    deputyNotOfCenter: '同じセンターの職員を選んでください。',
    deputyIsSelf: 'ご本人は代理になれません。別の方を選んでください。',
    overlaps: (days: string) => `すでに登録されている不在（${days}）と重なっています。`,
    sentBefore: 'この画面からは、すでに別の内容で登録されています。画面を開き直してください。',
  },
  notFound: '見つかりません。すでに終わったか、名簿が変わったのかもしれません。',

  deputyAppointed: (name: string, days: string) =>
    `${name}さんの不在中（${days}）、代理に指名されました。そのあいだ、${name}さんが担当する相談の知らせがあなたにも届き、代わりに対応できます。`,
  deputyReleased: (name: string, days: string) =>
    `${name}さんの不在（${days}）が、予定より早く終わりました。代理はここまでです。`,
  deputyCancelled: (name: string, days: string) =>
    `${name}さんの不在（${days}）は取り消されました。代理は必要なくなりました。`,
  notedForYou: (by: string, days: string, deputy: string) =>
    `${by}さんが、あなたの不在（${days}）を登録しました。代理は${deputy}さんです。違うときは、\`/kikan 設定\` の「不在と代理」で終了できます。`,
  endedForYou: (by: string, days: string) => `${by}さんが、あなたの不在（${days}）を終了しました。`,
} as const;
