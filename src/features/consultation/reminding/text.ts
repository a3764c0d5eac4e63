/** Reminders, digests and the form that puts a deadline off. */
export const remindingText = {
  stages: {
    before: (reference: string, what: string, when: string) =>
      `*${reference}* の「${what}」の期限が近づいています（${when} まで）。`,
    due: (reference: string, what: string, when: string) =>
      `*${reference}* の「${what}」の期限（${when}）になりました。`,
    overdue: (reference: string, what: string, when: string) =>
      `*${reference}* の「${what}」の期限（${when}）を過ぎています。`,
  },
  why: {
    duty: '受付当番の方にお知らせしています。',
    inCharge: '担当者としてお知らせしています。',
    standIn: (name: string) => `${name}さんが不在のため、代理の方にお知らせしています。`,
    helper: (name: string) => `担当の${name}さんから動きがないため、協力者の方にお知らせしています。`,
    manager: (name: string) => `担当の${name}さんから動きがないため、管理者の方にお知らせしています。`,
    managerOfNobody: 'まだ誰も担当していないため、管理者の方にお知らせしています。',
    assignee: '担当を頼まれています。引き受けられるかどうか、お返事ください。',
    managerOfAssignee: '担当を頼まれた方から返事がないため、管理者の方にお知らせしています。',
    receiver: '引継ぎの申込を受けたセンターの方にお知らせしています。',
    managerOfOffer: '引継ぎの申込に返事がないため、管理者の方にお知らせしています。',
    sender: 'お返事がないときは、期限の日に終結します。',
    confirmer: '担当者ではない管理者の確認を待っています。',
    outsideHours: '至急の相談なので、業務時間の外でも当番の方にお知らせしています。',
  },
  digest: (count: number) => `期限を過ぎている相談が ${count}件 あります。`,
  digestLine: (reference: string, what: string, when: string) => `• ${reference}　${what}（${when}）`,
  digestMore: (count: number) => `このほかに ${count}件 あります。\`/kikan 一覧 期限切れ\` で見られます。`,
  digestManager: 'まだ誰も受け付けていない相談を含みます。',
} as const;
