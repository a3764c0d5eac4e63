/** What people read of 設定 itself. */
export const settingsText = {
  command: '設定',
  commandSummary: '不在と代理、当番、期限などを決める',
  title: '設定',
  close: '閉じる',
  open: '開く',
  item: (label: string, summary: string) => `*${label}*\n${summary}`,
  save: '保存する',
  back: '戻る',
  saved: '保存しました。',
  importedFile: '市のファイルの読み込み',
  person: (name: string) => `${name}さん`,
  /** The loser of two who change the same thing reads who was first; her input is still there. */
  changedMeanwhile: (by: string, at: string) =>
    `画面を開いているあいだに変更がありました（${by}、${at}）。いまの設定を確かめてください。選んだ内容・入力した内容でよければ、もう一度「保存する」を押してください。`,
  people: {
    label: '職員とセンター',
    summary: '使える方の名簿を登録・変更し、市のファイルを書き出し・読み込みます。',
  },
  devices: {
    title: 'サインイン中の端末',
    body: 'スマートフォンをなくしたときなどは、あなたがサインインしているすべての端末を、この端末も含めて終了できます。',
    submit: 'サインイン中の端末をすべて終了する',
  },
  notForYou: 'この設定は、あなたの役割では開けません。',
} as const;
