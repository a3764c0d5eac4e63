/** 共有: the proposal, its check, and what all centers read. */
export const sharingText = {
  share: {
    title: '共有の案を作る',
    submit: '案を送る',
    notice:
      'すべての包括が読む文です。氏名・住所・電話番号など、誰のことかわかる記載を除いてください。基幹型の管理者が確認してから共有します。',
    replaces: 'この相談はいま共有されています。案を送ると、承認されるまで読めなくなります。',
    returned: '差し戻された案です。理由はお知らせの「理由を読む」で読めます。',
    confirm: {
      label: '個人情報かもしれない言葉があります',
      option: '確かめました。個人情報ではありません',
    },
    found: (words: readonly string[]) => `次の言葉を、もう一度確かめてください。\n${words.join('\n')}`,
  },
  fields: {
    qa: {
      matter: { label: '質問', hint: '3,000文字まで。' },
      response: { label: '回答', hint: '3,000文字まで。' },
      prevention: { label: '', hint: '' },
    },
    incident: {
      matter: { label: '何があったか', hint: '3,000文字まで。' },
      response: { label: '行った対応', hint: '3,000文字まで。' },
      prevention: { label: '再発防止', hint: '3,000文字まで。' },
    },
  },

  settle: {
    title: '共有の案を確認する',
    submit: '決める',
    marked: (words: readonly string[]) =>
      `個人情報かもしれない言葉に【 】を付けました。\n${words.join('\n')}`,
    nothingFound: '個人情報らしい言葉は見つかりませんでした。文の中身は、ご自分でも確かめてください。',
    decision: { label: 'どうしますか' },
    decisions: {
      approve: '承認',
      return: '差し戻す',
      withdraw: '共有をやめる',
    },
    decisionHints: {
      approve: 'すべての包括のチャンネルに、番号と分類だけでお知らせします。',
      return: '理由を書いてください。案を作った方にお知らせします。',
      withdraw: 'どの包括からも読めなくなります。',
    },
    reason: {
      label: '理由',
      hint: '差し戻すときは必ず書いてください。3,000文字まで。暗号化して保存します。',
    },
    nothing: '確認を待っている案も、共有中の記録もありません。',
  },
  found: (kind: string, words: string) => `・${kind}：「${words}」`,

  errors: {
    holds: (found: string) => `個人情報が入っています。除いてから送ってください。${found}`,
    mayHold: '個人情報かもしれない言葉があります。確かめてください。',
    reasonNeeded: '差し戻す理由を入力してください。',
    noManager:
      'この案を確認できる基幹型の管理者がいません。閲覧を限定した相談なら、管理者を協力者に加えてから送ってください。',
    otherManager: 'ご自分の案は、ほかの基幹型の管理者が承認します。',
    nothingToSettle: (reference: string) =>
      `${reference} に、いま決めることはありません。ほかの方が先に決めたか、案がありません。`,
  },

  proposed: (reference: string, kind: string, person: string) =>
    `相談 *${reference}* の共有の案（${kind}）を、${person} さんが作りました。個人情報がないことを確認してください。`,
  approved: (reference: string) =>
    `相談 *${reference}* の共有の案が承認され、すべての包括が読めるようになりました。`,
  returned: (reference: string) => `相談 *${reference}* の共有の案が差し戻されました。`,
  withdrawn: (reference: string) => `相談 *${reference}* の共有は、基幹型の管理者が取りやめました。`,
  readReason: '理由を読む',
  mend: '案を直す',

  post: (reference: string, kind: string, topics: string) =>
    `:loudspeaker: 相談の記録が共有されました：*${reference}*　${kind}${topics === '' ? '' : `（${topics}）`}`,
  postGone: (reference: string) => `相談の記録 *${reference}* は、いまは共有していません。`,
  read: '読む',

  readingTitle: '共有された記録',
  close: '閉じる',
  loggedNotice: 'この記録を読んだことは記録されます。',
  shared: (when: string) => `${when} 共有`,
  list: {
    open: '共有された記録',
    heading: (reference: string, kind: string) => `*${reference}*　${kind}`,
    topic: '分類で絞る',
    anyTopic: 'すべての分類',
    empty: '共有された記録は、まだありません。',
    emptyTopic: 'この分類の共有された記録は、まだありません。',
    further: '次の10件',
    first: '最初に戻る',
  },
} as const;
