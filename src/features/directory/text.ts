/** What people read of the directory. */
export const directoryText = {
  stranger: (admins: string) =>
    `kikanを使える方として登録されていません。ご利用になる方は、${admins}までお知らせください。`,
  someAdmin: '市または基幹型の管理者',

  notJson: 'JSONとして読めません。',
  missing: '必要な項目がありません。',
  unknownField: 'この項目は使えません。',
  notObject: '{ … } の形で書いてください。',
  notList: '[ … ] の形で書いてください。',
  notText: '文字で書いてください。',
  empty: '空にはできません。',
  tooLong: (max: number) => `${max}文字までです。`,
  tooMany: (max: number) => `${max}件までです。`,
  notUserId: 'SlackのメンバーID（U…）ではありません。',
  notChannelId: 'SlackのチャンネルID（C…）ではありません。',
  notCode: '半角の英小文字・数字・ハイフンで、32文字までです。',
  notMonth: '1から12までの月を書いてください。',
  notDate: '2026-10-01の形の日付を書いてください。',
  notBoolean: 'true か false を書いてください。',
  notHours: '08:30-17:15の形で書いてください。',
  notClosedDay: '12-29 または 12-29/01-03 の形で書いてください。',
  notCenterKind: 'kikan、district、city のどれかです。',
  notRole: 'staff か manager のどちらかです。',
  notEmail: 'メールアドレスではありません。',
  webEntryNotYet: 'いま使えるのは modal だけです。',
  doubled: '同じものが前にもあります。',
  unknownCenter: 'centersにないセンターです。',
  oneCoreCenter: '基幹型（kind: kikan）はちょうど1つ必要です。',
  nobodyOnDuty: '基幹型に、受付当番（duty）か管理者（manager）が1人は必要です。',

  failedDelivery: (count: number, channels: string, reasons: string) =>
    `kikanからのメッセージが${count}件、届いていません。\n宛先: ${channels}\n理由: ${reasons}\n内容は失われていません。kikanをチャンネルに招待するなど、設定をご確認ください。`,
  auditBroken: (days: string) =>
    `記録の点検で、${days}の操作記録に変更の跡が見つかりました。市の情報セキュリティ担当にご連絡ください。`,
} as const;
