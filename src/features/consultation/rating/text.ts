/** The Japanese of the sender's rating. */
export const ratingText = {
  ask: (reference: string) => `相談 *${reference}* は終結しました。今回の支援はいかがでしたか。`,
  askAfter: (sentence: string) => `${sentence}今回の支援はいかがでしたか。`,
  addSentence: 'ひとこと添える',
  title: '支援の評価',
  submit: '評価する',
  value: { label: '今回の支援は' },
  comment: {
    label: 'ひとこと',
    hint: '3,000文字まで。なくてもかまいません。暗号化して保存し、相談を見られる方だけが読みます。',
  },
  told: (reference: string, value: string) => `相談 *${reference}* の支援に「${value}」の評価がありました。`,
} as const;
