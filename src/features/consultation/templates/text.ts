/** 定型文: the texts that the core center keeps for its answers. */
export const templatesText = {
  label: '定型文',
  summary: '回答に入れる文章を、みんなで使えるように残します。',
  intro:
    '回答の画面の「定型文を入れる」で選べます。基幹型の職員だけが見られます。対象者の氏名など、個人情報は入れないでください。',
  count: (count: number) => `いま${count}件あります。`,
  empty: 'まだ定型文がありません。「追加する」を押して、よく使う文章を残してください。',
  add: '追加する',
  choose: '直す定型文を選ぶ',
  chooseTitle: '直す・消す',
  full: '定型文は100件までです。使わないものを消すと、追加できます。',

  newTitle: '定型文を追加する',
  editTitle: '定型文を直す',
  fields: {
    title: { label: '題名', hint: '60文字まで。一覧に出る短い名前です。' },
    body: { label: '本文', hint: '3,000文字まで。' },
  },
  remove: '消す',
  removeTitle: 'この定型文を消しますか',
  removeQuestion: '消すと、誰も選べなくなります。送った回答はそのままです。',
  keep: 'やめる',
  back: '一覧に戻る',

  saved: (title: string) => `「${title}」を保存しました。`,
  removed: (title: string) => `「${title}」を消しました。`,
  changedMeanwhile: (name: string, when: string) =>
    `画面を開いているあいだに、${name}さんがこの定型文を直しました（${when}）。いまの内容は下のとおりです。入力した内容は残っています。置き換えるときは、もう一度「保存する」を押してください。`,
  removedMeanwhile:
    'この定型文は、画面を開いているあいだに消されました。入力した内容は残っています。「保存する」を押すと、新しい定型文として残します。',
  now: (title: string) => `いまの内容：${title}`,
  notThere: 'この定型文は、もう消されています。',
  sentBefore: 'この画面からは保存済みです。直したいときは、一覧から開いてください。',

  insert: '定型文を入れる',
  doesNotFit: (title: string) =>
    `「${title}」を入れると3,000文字を超えるので、入れませんでした。文章を短くしてから、もう一度選んでください。`,
} as const;
