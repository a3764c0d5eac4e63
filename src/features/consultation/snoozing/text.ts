/** The form that puts a deadline off. */
export const snoozingText = {
  title: '期限を延ばす',
  submit: '延ばす',
  deadline: { label: 'どの期限を延ばしますか' },
  until: { label: '新しい期限', hint: 'その日の業務終了までになります。30日先まで選べます。' },
  reason: { label: '理由' },
  note: { label: '理由の補足', hint: '「その他」のときは必ず書いてください。暗号化して保存します。' },
  none: 'いま延ばせる期限はありません。',
  noteNeeded: '「その他」のときは、理由を書いてください。',
  notLater: 'いまの期限より後の日付を選んでください。',
  tooLate: '30日先までの日付を選んでください。',
} as const;
