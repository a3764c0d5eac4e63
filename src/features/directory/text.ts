/** What people read of the directory. */

const DELIVERY_ERRORS = new Map([
  ['not_in_channel', 'kikanがチャンネルに招待されていません'],
  ['channel_not_found', 'チャンネルが見つからないか、kikanが招待されていません'],
  ['is_archived', 'チャンネルがアーカイブされています'],
  ['invalid_auth', 'kikanのトークンが使えません'],
  ['token_revoked', 'kikanのトークンが取り消されています'],
  ['account_inactive', 'kikanのトークンが使えません'],
  ['user_not_found', 'その方はSlackにいません'],
  ['user_disabled', 'その方のSlackのアカウントは停止されています'],
  ['restricted_action', 'このチャンネルには投稿が許されていません'],
  ['cant_delete_message', 'Slackがこの投稿の削除を許していません'],
  ['compliance_exports_prevent_deletion', 'ワークスペースの設定で、投稿の削除が止められています'],
]);

export const directoryText = {
  stranger: (admins: string) =>
    `kikanを使える方として登録されていません。ご利用になる方は、${admins}までお知らせください。`,
  personOfCenter: (name: string, center: string) => `${name}（${center}）`,
  someAdmin: '市または基幹型の管理者',

  notJson: 'JSONとして読めません。',
  missing: '必要な項目がありません。',
  unknownField: 'この項目は使えません。',
  notObject: '{ … } の形で書いてください。',
  notList: '[ … ] の形で書いてください。',
  notText: '文字で書いてください。',
  empty: '空にはできません。',
  tooLong: (max: number) => `${max}文字までです。`,
  controls: '改行や、目に見えない制御文字は使えません。',
  tooMany: (max: number) => `${max}件までです。`,
  notUserId: 'SlackのメンバーID（U…）ではありません。',
  notChannelId: 'SlackのチャンネルID（C…）ではありません。',
  notCode: '半角の英小文字・数字・ハイフンで、32文字までです。',
  notMonth: '1から12までの月を書いてください。',
  notDate: '2026-10-01の形の日付を書いてください。',
  notBoolean: 'true か false を書いてください。',
  notHours: '08:30-17:15の形で書いてください。',
  notClosedDay: '12-29 または 12-29/01-03 の形で書いてください。',
  neverOpen: 'すべての日が休みになる年があります。開いている日を残してください。',
  notSpan: '30分、4時間、3営業日のように、数字と単位で書いてください。',
  notCenterKind: 'kikan、district、city のどれかです。',
  notRole: 'staff か manager のどちらかです。',
  notEmail: 'メールアドレスではありません。',
  notLink: 'http:// か https:// ではじまるアドレスを書いてください。',
  notVisibility: 'all（全センター）か core（基幹型のみ）のどちらかです。',
  notEntryMode: 'modal か web のどちらかです。',
  notYears: '1から30までの整数（年）を書いてください。',
  notReadingLimit: '5から500までの整数（件）を書いてください。',
  doubled: '同じものが前にもあります。',
  unknownCenter: 'centersにないセンターです。',
  ownSubstitute: '自分のセンターを代替にはできません。',
  stillListed: 'centersにあるセンターです。引き継いだのは、一覧から外したセンターだけです。',
  notChaseMinutes: '1から240までの整数（分）を書いてください。',
  notChaseOrder: '小さい順に、同じ数がないように書いてください。',
  oneCoreCenter: '基幹型（kind: kikan）はちょうど1つ必要です。',
  nobodyOnDuty: '基幹型に、受付当番（duty）か管理者（manager）が1人は必要です。',

  notDelivered: (count: number, references: string, channels: string, reasons: string) =>
    `kikanからのメッセージ${count}件が、まだ届いていません。\n宛先: ${channels}\n理由: ${reasons}\n${references ? `関係する番号: ${references}\n` : ''}原因がなくなると、自動で届きます。24時間たっても届かないときは、あきらめてお知らせします。`,
  givenUp: (count: number, references: string, channels: string, reasons: string) =>
    `kikanからのメッセージ${count}件を、届けられませんでした。自動では届きません。\n宛先: ${channels}\n理由: ${reasons}\n${references ? `関係する番号: ${references}\n` : ''}記録は保存されています。担当の方に、番号を伝えて確かめてください。`,
  /** Slack's error words, for people; a word that is not here is shown as it is, for whoever looks it up. */
  deliveryError: (word: string) => DELIVERY_ERRORS.get(word) ?? `Slackの応答 ${word}`,
  auditBroken: (days: string) =>
    `記録の点検で、${days}の操作記録に変更の跡が見つかりました。市の情報セキュリティ担当にご連絡ください。`,
} as const;
