/** What people read of 緊急閲覧. */
export const emergencyText = {
  title: '緊急閲覧',
  lead: '閲覧が限定された相談を、緊急のときに管理者が60分間だけ読むためのページです。',
  rules: [
    '緊急閲覧では読むことだけができます。',
    '担当者・相談した方など、その相談に関わる方へ、すぐに通知されます。',
    '理由と、見た内容は、記録されます。',
  ],
  reference: { label: '相談の番号', hint: '例: R8-0042' },
  reason: { label: '理由', hint: '500文字まで。暗号化して保存します。' },
  submit: '理由を記録して開く',
  errors: {
    reference: '番号を入力してください（例: R8-0042）。',
  },
  /** The same for whatever it was: what is there is told to nobody by this page. */
  notFound: '見つかりません。番号を確かめてください。この入力は記録されました。',
  banner: (until: string) =>
    `緊急閲覧中です（${until}まで）。緊急閲覧では読むことだけができます。見たことは記録され、関わる方に通知されています。`,
  told: (person: string, center: string, reference: string, until: string) =>
    `:warning: ${person} さん（${center}の管理者）が、閲覧が限定された相談 *${reference}* を緊急閲覧しています（${until}まで）。心当たりがないときは、所属の管理者に知らせてください。`,
} as const;
