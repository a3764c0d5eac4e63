/** What people wrote into a case, as readers see it. */
export const notesText = {
  kinds: {
    comment: '追記',
    question: '質問',
    reply: '返事',
    reason: '理由',
    thread: 'スレッドの投稿',
  },
  heading: (kind: string, when: string) => `${kind}　${when}`,
  by: (name: string) => `${name} さん`,
  edited: (when: string) => `${when} に直されました。`,
  deletedInSlack: 'Slackでは削除されています。',
} as const;
