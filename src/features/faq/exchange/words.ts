/** The columns of a file for spreadsheets: names in the file, and the fields that they are. */
export const COLUMN_CODES = [
  'externalId',
  'question',
  'aliases',
  'answer',
  'topics',
  'reviewedOn',
  'links',
  'visibility',
] as const;
export type Column = (typeof COLUMN_CODES)[number];

export const COLUMNS: Readonly<Record<Column, string>> = {
  externalId: '外部ID',
  question: '質問',
  aliases: '別の聞き方',
  answer: '回答',
  topics: '分類',
  reviewedOn: '確認日',
  links: 'リンク',
  visibility: '公開範囲',
};

/** What people also write over a column. */
export const OTHER_NAMES: Readonly<Record<Column, readonly string[]>> = {
  externalId: ['ID', '管理番号'],
  question: ['問い', '質問文'],
  aliases: ['言い換え'],
  answer: ['答え', '回答文'],
  topics: ['カテゴリ', 'カテゴリー', 'トピック'],
  reviewedOn: ['最終確認日'],
  links: ['URL'],
  visibility: ['公開先'],
};
