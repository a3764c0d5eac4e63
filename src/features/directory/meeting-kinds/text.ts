/** What people read of 会議体. */
export const meetingKindText = {
  faults: {
    notUrl: 'https:// で始まるアドレスを入力してください。',
    notTime: '14:00 のように書いてください。',
    notMinutes: '5〜600の分数で書いてください。',
    notQuorum: 'majority（過半数）か、センターの数を書いてください。',
    notHost: 'kikan、city、district のどれかを書いてください。',
    notGuest: '外部の方は「guest: 氏名 <メールアドレス>」のように書いてください。',
    notHolidayRule: 'skip、before、after のどれかを書いてください。',
    notDay: '「第3水曜」「最終金曜」のように書いてください。',
  },
} as const;
