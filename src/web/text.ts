/** What people read around the pages: the frame, signing in, and what goes wrong. */
export const webText = {
  product: 'kikan',
  skip: '本文へ移動',
  navigation: 'メニュー',
  signedInAs: (person: string) => `${person} としてサインイン中`,
  signOut: 'サインアウト',
  footer: 'このページの内容は印刷・保存の前に、取扱いの決まりを確かめてください。見たことは記録されます。',
  errorTitle: (title: string) => `エラー：${title}`,
  documentTitle: (title: string, city: string) => `${title}｜kikan ${city}`,

  signIn: {
    title: 'サインイン',
    lead: (city: string) => `${city}の相談の記録です。名簿にある方だけが使えます。`,
    button: 'Slackでサインイン',
    howLong: '30分使わないと、または12時間たつと、もう一度サインインが必要になります。',
    notSetUp:
      'サインインの設定がまだ済んでいません。管理者は SLACK_CLIENT_ID と SLACK_CLIENT_SECRET を設定してください。',
    signedOut: 'サインアウトしました。',
    expired: 'サインインの有効期間が過ぎました。もう一度サインインしてください。',
  },
  signInFailed: {
    title: 'サインインできませんでした',
    cancelled: 'Slackでのサインインが取り消されました。',
    stale: 'サインインの手続きが古くなったか、別の画面で始めたものでした。もう一度サインインしてください。',
    provider: 'Slackがサインインを確かめられませんでした。少し待ってから、もう一度お試しください。',
    tooMany: '短い時間にサインインの回数が多すぎます。10分ほど待ってから、もう一度お試しください。',
    notListed: 'あなたは名簿に登録されていません。使えるようにするには、市の管理者に連絡してください。',
    again: 'もう一度サインインする',
  },

  notFound: {
    title: 'ページが見つかりません',
    body: 'ページがないか、見ることのできないページです。アドレスを確かめてください。見られるはずのときは、担当者か所属の管理者に確かめてください。',
    home: '受信箱へ',
  },
  fault: {
    title: 'うまくいきませんでした',
    body: 'こちらの不具合です。保存されていないことがあります。少し待ってから、もう一度お試しください。',
  },
  elsewhere: {
    title: '受け付けられません',
    body: 'この送信は、このサイトの画面からのものではないため、受け付けませんでした。画面を開き直してお試しください。',
  },
  wrongMethod: {
    title: '受け付けられません',
    body: 'このページは、その方法では使えません。',
  },
  tooLarge: {
    title: '受け付けられません',
    body: '送られた内容が大きすぎます。',
  },
  again: {
    title: 'まだ保存されていません',
    signedOut:
      'サインインの有効期間が過ぎていたため、保存していません。入力した内容はこの画面に残っています。先に下のリンク（新しいタブ）でサインインし、この画面に戻って「もう一度送る」を押してください。',
    otherSession:
      'サインインし直したため、まだ保存していません。入力した内容を確かめて、よければ「もう一度送る」を押してください。',
    signIn: 'サインインする（新しいタブで開きます）',
    submit: 'もう一度送る',
    typed: '入力した内容',
    files: '選んだファイルは、この画面には残せません。サインインしたあと、元の画面で選び直してください。',
  },
  errorSummary: (count: number) => `入力に${count}か所の誤りがあります`,
  optional: '任意',
  required: '必須',
  chooseNothing: '選ばない',
  remaining: (max: number) => `${max}文字まで`,
  back: '戻る',
  said: 'お知らせ',
  chooseFrom: '選択',
  showChosen: '表示する',
  inNewTab: (label: string) => `${label}（新しいタブ）`,
} as const;
