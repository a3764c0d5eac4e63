/** The form of an answer. */
export const answeringText = {
  title: '回答する',
  submit: '回答を送る',
  label: '回答',
  hint: '3,000文字まで。暗号化して保存し、Slackには「回答が1件あります」とだけ出ます。',
  accepts: 'この相談はまだ受付待ちです。回答を送ると、あなたが受け付けたことになります。',
} as const;
