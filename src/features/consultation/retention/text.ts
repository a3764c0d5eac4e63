/** What people read about how long cases are kept. */
export const retentionText = {
  title: '保存期間と消去',
  navigation: '保存期間',
  lead: (individual: number, operation: number) =>
    `相談の記録は、終わってから個別ケースは${individual}年、運営・制度の相談は${operation}年保存し、そのあと消去します。消去の30日前までに、相談元の包括の管理者と基幹型の管理者にお知らせします。`,
  whatGoes:
    '消去すると、対象者・相談内容・回答・経過・活動の内容・添付ファイル・共有した事例、Slackの通知が残らず消え、元に戻せません。件数などの統計（種別・分類・緊急度・日時・結果）と、だれがいつ操作したかの記録は残ります。',
  timeTravel:
    'データベースの提供元（Cloudflare D1）は、直前の状態を最長30日（無料プランは7日）保管します。その間は、提供元の復元機能でデータベース全体を消去前に戻すことが技術的にできます。',
  announced: '消去の予定',
  announcedCaption: '消去の予定（日付の近い順）',
  nothingAnnounced: '消去の予定はありません。',
  held: '消去を保留している相談',
  nothingHeld: '保留している相談はありません。',
  erased: '最近1年に消去した相談',
  nothingErased: '最近1年に消去した相談はありません。',
  columns: {
    reference: '番号',
    center: '相談元',
    kind: '種別',
    status: '状態',
    ended: '終わった日',
    eraseOn: '消去する日',
    heldBy: '保留した人',
    heldOn: '保留した日',
    erasedOn: '消去した日',
  },
  manage: '保留',
  manageLink: '保留を開く',
  manageOf: (reference: string) => `${reference} の保留を開く`,
  find: {
    heading: '番号を指定して保留する',
    label: '相談の番号',
    hint: '例: R8-0042',
    submit: '開く',
    notFound: '見つかりません。番号を確かめてください。',
  },
  caseTitle: (reference: string) => `${reference} の保存と消去`,
  hold: {
    lead: '訴訟・監査・照会などで記録を残す必要があるとき、消去を保留できます。保留を解くまで、この相談は消去されません。',
    reason: '保留する理由',
    reasonHint: '500字まで。対象者の氏名などは書かないでください。',
    submit: '消去を保留する',
    missing: '理由を書いてください。',
    overtaken: 'ほかの方が先に保留にしました。書いた理由は保存されていません。',
    tooLong: (most: number) => `理由は${most}字までにしてください。`,
  },
  lift: {
    reason: '保留の理由',
    reasonHidden: '理由は、相談を見られる方だけが読めます。',
    warning: '保留を解くと、保存期間が過ぎていれば、あらためてお知らせしてから30日後に消去します。',
    submit: '保留を解く',
  },
  done: { held: '消去を保留にしました。', lifted: '消去の保留を解きました。' },
  back: '保存期間の一覧に戻る',
  none: '―',
  by: (name: string) => `${name} さん`,

  warning: (count: number, on: string) =>
    `保存期間が終わる相談が${count}件あります。いちばん早いものは${on}に消去されます。`,
  warningLine: (reference: string, on: string) => `・${reference}（${on}に消去）`,
  warningMore: (count: number) => `ほか${count}件`,
  warningEnd: (url: string) =>
    `残しておく必要があるもの（訴訟・監査・照会など）は、その日までに保留にしてください。基幹型の管理者と管理担当者が保留にできます。\n<${url}|保存期間のページを開く>`,

  erasedTitle: (reference: string) => `相談 ${reference}`,
  erasedSentence: (on: string) => `この相談は保存期間が過ぎたため、${on}に消去されました。`,
  erasedMore: '対象者・相談内容・経過などは残っていません。消去の記録は、操作の記録に残っています。',
} as const;
