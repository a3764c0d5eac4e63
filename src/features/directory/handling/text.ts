/** What people read of how the city handles personal data. */
import type { HandlingField } from './schema.ts';

const labels: Readonly<Record<HandlingField, string>> = {
  personalDataEntry: '個人情報の入力方法',
  individual: '個別ケースの保存年限（終結から何年）',
  operation: '運営・制度の相談の保存年限（終結から何年）',
  readingLimit: '閲覧の目安件数（1人・1時間）',
};

export const handlingText = {
  label: '個人情報の取扱い',
  summary: '個人情報の入力方法、相談の保存年限、閲覧の目安件数を決めます。',
  intro:
    '年数と件数は、空欄にするとkikanの標準になります。保存年限を短くすると、年限を過ぎた相談は、30日前のお知らせのあとに消去されます。',
  labels,
  modes: {
    modal: { label: 'Slackの入力画面とWebページ', note: '入力した内容は、Slackを通ってkikanに届きます。' },
    web: { label: 'Webページだけ', note: '個人情報と自由記述は、Slackを通りません。' },
  },
  years: (now: string, standard: number) => `いまの設定: ${now}（標準は${standard}年、1年から30年まで）`,
  yearsOf: (value: number) => `${value}年`,
  limit: (now: string, standard: number) =>
    `1時間にこの件数を超える相談を読んだ職員がいると、管理者に知らせます。いまの設定: ${now}（標準は${standard}件、5件から500件まで）`,
  casesOf: (value: number) => `${value}件`,
  atStandard: '標準',
  notAllowed: '個人情報の取扱いは、管理者の権限（admin）のある方だけが変更できます。',
} as const;
