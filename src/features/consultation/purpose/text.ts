/** What people read who open a case that they are not part of. */
export const purposeText = {
  emergency: '緊急閲覧',
  title: '閲覧の目的',
  submit: '目的を記録して開く',
  cancel: '開かない',
  notice: (reference: string) =>
    `あなたは相談 ${reference} の担当や協力者ではありません。個人情報を見る前に、目的を記録してください。この相談で尋ねるのは1回だけです。記録は、所属の管理者などが確かめます。`,
  purpose: { label: '見る目的' },
  words: {
    label: '補足',
    hint: '500文字まで。「その他」を選んだときは必ず書いてください。暗号化して保存します。',
  },
  wordsNeeded: '「その他」を選んだときは、目的をここに書いてください。',
} as const;
