/** What stands in a text for personal data that was taken out. */
export const maskText = {
  phone: '［電話番号］',
  my_number: '［マイナンバー］',
  insured_number: '［被保険者番号］',
  mail: '［メールアドレス］',
  person_name: '［氏名］',
  address: '［住所］',
  birth_date: '［生年月日］',
  known_value: '［この相談の個人情報］',
} as const;
