/** The Japanese of closing and reopening. */
export const closingText = {
  title: '終結を提案する',
  submit: '提案する',
  outcome: { label: '結果' },
  lessons: {
    label: '気づき・今後に生かすこと',
    hint: '3,000文字まで。なくてもかまいません。暗号化して保存します。',
  },
  issueTags: { label: '地域課題', placeholder: '当てはまるものを選ぶ（いくつでも）' },
  faq: { label: 'よくある質問' },
  faqOption: 'FAQの下書きにする',
  faqHint: '個人情報を除いて、基幹型が下書きを書きます。',
  measures: { label: '行った対応', hint: '苦情・カスハラへの対応です。3,000文字まで。' },
  prevention: { label: '再発防止', hint: '同じことを繰り返さないための取組です。3,000文字まで。' },
  closesByItself: (when: string) => `相談元が ${when} までに返事をしないときは、自動で終結します。`,
  closesWithManager: '至急か高齢者虐待の相談です。担当者ではない基幹型の管理者が確認するまで、終結しません。',
  noManager:
    'この相談の終結を確認できる管理者がいません。基幹型の管理者（担当者以外）を協力者に加えるか、担当を替えてから、もう一度提案してください。',

  proposed: (reference: string, person: string, outcome: string, when: string) =>
    `相談 *${reference}* の終結を、基幹型の ${person} さんが提案しました（結果：${outcome}）。${when} までにお返事がないときは、自動で終結します。`,
  proposedToManager: (reference: string, person: string, outcome: string) =>
    `相談 *${reference}* の終結を、${person} さんが提案しました（結果：${outcome}）。担当者ではない管理者の確認が必要です。確認するまで終結しません。`,
  proposedForInformation: (reference: string, person: string, outcome: string) =>
    `相談 *${reference}* の終結を、基幹型の ${person} さんが提案しました（結果：${outcome}）。基幹型の管理者が確認すると終結します。`,
  confirmed: (reference: string, person: string) =>
    `相談 *${reference}* の終結を、${person} さんが確認しました。`,
  closedByItself: (reference: string) =>
    `相談 *${reference}* は、期限までに返事がなかったので、自動で終結しました。`,
  objected: (reference: string, person: string) =>
    `相談 *${reference}* はまだ終結しないと、${person} さんが返事をしました。「対応中」に戻りました。`,
  takenBack: (reference: string, person: string) =>
    `相談 *${reference}* の終結の提案を、基幹型の ${person} さんが取り下げました。「対応中」に戻りました。`,
  readReason: '理由を読む',

  objectTitle: 'まだ終結しない',
  objectSubmit: '対応中に戻す',
  reason: { label: '理由', hint: '3,000文字まで。暗号化して保存し、相談に関わる方が読みます。' },
  reopenTitle: '相談を再開する',
  reopenSubmit: '再開する',
  reopened: (reference: string, person: string) =>
    `終結していた相談 *${reference}* を、${person} さんが再開しました。`,
  reopenedWithoutPerson: (reference: string, person: string) =>
    `終結していた相談 *${reference}* を、${person} さんが再開しました。前の担当者がいないので、担当を決めてください。`,

  sections: {
    title: '終結',
    outcome: (outcome: string) => `結果：${outcome}`,
    issueTags: (tags: string) => `地域課題：${tags}`,
    faq: 'FAQの下書きにする',
    lessons: '気づき・今後に生かすこと',
    measures: '行った対応',
    prevention: '再発防止',
    rating: (rating: string, when: string) => `相談元の評価：${rating}（${when}）`,
  },
} as const;
