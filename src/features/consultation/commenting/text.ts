/** 追記する. */
export const commentingText = {
  title: '追記する',
  submit: '追記を送る',
  body: {
    label: '追記',
    hint: '3,000文字まで。暗号化して保存し、Slackには「追記が1件あります」とだけ出ます。',
  },
  told: (reference: string) => `相談 *${reference}* に追記が1件あります。`,
} as const;
