/** 活動を記録する. */
export const recordingText = {
  title: '活動を記録する',
  submit: '記録する',
  plannedTitle: '予定している活動',
  morePlanned: (count: number) => `このほかに、予定が${count}件あります。`,
  newTitle: '新しい活動',
  fields: {
    kind: { label: '活動の種類' },
    state: { label: '実施か予定か' },
    heldOn: { label: '日付' },
    startsAt: { label: '開始時刻' },
    people: { label: '参加する職員', placeholder: '職員を選ぶ（何人でも）' },
    bodies: { label: '関係機関', placeholder: '当てはまるものを選ぶ（いくつでも）' },
    summary: { label: '内容', hint: '3,000文字まで。暗号化して保存します。' },
    reason: { label: '理由', hint: '3,000文字まで。暗号化して保存します。' },
  },
  states: { done: '実施した', planned: '予定する' },

  finish: { button: '実施を記録', title: '実施を記録する', submit: '記録する' },
  move: { button: '変更', title: '予定を変更する', submit: '変更する' },
  cancel: { button: '中止', title: '予定を中止する', submit: '中止する' },

  errors: {
    time: '時刻を選んでください（例: 14:30）。',
    people: '選べない職員が入っています。もう一度選んでください。',
    noLongerPlanned: (state: string) => `この予定は、もう「${state}」になっています。`,
    notFound: 'この予定は見つかりません。',
  },

  planned: (reference: string, kind: string, when: string) =>
    `相談 *${reference}* の「${kind}」（${when}）の予定に、あなたの名前があります。`,
  moved: (reference: string, kind: string, before: string, when: string) =>
    `相談 *${reference}* の「${kind}」の予定が、${before} から ${when} に変わりました。`,
  cancelled: (reference: string, kind: string, when: string) =>
    `相談 *${reference}* の「${kind}」（${when}）の予定は中止になりました。`,
  leftOut: (reference: string, kind: string, when: string) =>
    `相談 *${reference}* の「${kind}」（${when}）の予定から、あなたの名前が外れました。`,

  heading: (state: string, kind: string, when: string) => `活動（${state}）　${when}　${kind}`,
  people: (names: string) => `参加：${names}`,
  bodies: (names: string) => `関係機関：${names}`,
  recordedBy: (name: string) => `記録：${name} さん`,
  personOf: (name: string, center: string) => `${name}（${center}）`,
} as const;
