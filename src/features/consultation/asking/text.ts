/** 質問する, 質問に答える, 回答待ちにする. */
export const askingText = {
  ask: {
    title: '相談元に質問する',
    submit: '質問を送る',
    body: {
      label: '質問',
      hint: '3,000文字まで。暗号化して保存し、Slackには「質問が1件あります」とだけ出ます。',
    },
    until: { label: '返事がほしい日', hint: 'この日を過ぎると、自動で「対応中」に戻ります。' },
  },
  reply: {
    title: '質問に答える',
    submit: '返事を送る',
    body: {
      label: '返事',
      hint: '3,000文字まで。暗号化して保存し、Slackには「返事が1件あります」とだけ出ます。',
    },
    question: (name: string, when: string) => `質問　${when}　${name} さん`,
  },
  wait: {
    title: '回答待ちにする',
    submit: '回答待ちにする',
    waitedFor: { label: '何を待っていますか' },
    until: { label: 'いつまで待ちますか', hint: 'この日を過ぎると、自動で「対応中」に戻ります。' },
  },

  askedSender: (reference: string, until: string) =>
    `相談 *${reference}* について、基幹型から質問が1件あります。${until}までにお答えください。`,
  askedInThread: (reference: string, until: string) =>
    `質問が1件あります（${reference}）。返事の期日は ${until} です。`,
  replied: (reference: string) => `相談 *${reference}* に、質問への返事が1件あります。`,
  waitsForSender: (reference: string, until: string) =>
    `相談 *${reference}* は、相談元からの返事を待っています（${until}まで）。`,
  timeToGoOn: (reference: string, waitedFor: string) =>
    `相談 *${reference}* は、待っていた期日（${waitedFor}）を過ぎたので「対応中」に戻りました。次の連絡をお願いします。`,
  stillAwaited: (reference: string) =>
    `相談 *${reference}* は、返事の期日を過ぎました。お手数ですが、質問への返事をお願いします。`,
} as const;
