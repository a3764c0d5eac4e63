/** What people read of the parts that no feature owns: commands, faults, stale buttons. */
export const slackText = {
  fault:
    'うまく処理できませんでした。お手数ですが、少し待ってからもう一度お試しください。続くときは管理者にお知らせください。',
  cannotOpen:
    '画面を開けませんでした。Slackが混み合っているようです。少し待ってから、もう一度お試しください。',
  staleControl: 'このボタンは古くなっています。`/kikan` と入力して、はじめからお試しください。',
  staleForm:
    'この画面は古くなっていて、送信できません。入力した内容を控えてから閉じ、はじめからお試しください。',
  help: 'ヘルプ',
  helpSummary: 'この一覧を見る',
  helpTitle: '使い方',
  helpIntro: '`/kikan` のあとに、次の言葉を付けて送信してください。',
  helpEnglish: (word: string) => `（半角なら \`${word}\`）`,
  menuTitle: '何をしますか？',
  unknown: 'その使い方は見つかりませんでした。',
  nearest: (word: string) => `もしかして \`/kikan ${word}\` でしょうか？`,
  onPages: 'この市では、個人情報や文章の入力と閲覧は、ページで行います。下のボタンから開いてください。',
  onPagesAbout: (what: string) => `${what}は、この市ではページで行います。下のボタンから開いてください。`,
  openPage: 'ページを開く',
  goOnOnPage:
    '市の設定が変わり、この続きはページで行うことになりました。保存されていません。入力した内容を控えてから閉じ、ページで入力してください。',
  close: '閉じる',
  noPage: 'ページが見つかりません。',
} as const;
