/** What programs are told, for the people who run them. */
export const apiText = {
  noToken:
    'トークンがないか、正しくありません。Authorization: Bearer に、npm run token で作ったトークンを書いてください。',
  notReady: 'いまは検索できません（索引がまだできていません）。1時間以内に自動で作られます。',
  failed: 'いまは検索できません。少し待ってから、もう一度尋ねてください。',
  noIndex: 'このkikanには、検索の索引（FAQ_INDEX）がつながっていません。docs/operations.md をご覧ください。',
  wrongMethod: 'GET で尋ねてください。',
} as const;
