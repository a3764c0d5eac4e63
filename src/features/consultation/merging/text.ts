/** 統合 and つながり: forms, notices, what the detail modal shows. */
const REFERENCE_PLACEHOLDER = '例: R8-0042';

const REASON = {
  label: '理由',
  hint: '3,000文字まで。なくてもかまいません。暗号化して保存し、相談の記録だけに残ります。',
} as const;

export const mergingText = {
  merge: {
    title: '相談を統合する',
    submit: '統合する',
    explains: (reference: string) =>
      `${reference} は「統合」になり、期限と督促がなくなります。続きは統合先の相談で行います。記録はそのまま残り、あとで取り消せます。`,
    into: {
      label: '統合先の番号',
      hint: '続きを行う相談です。対象者が同じかどうかは、先に確かめてください。',
      placeholder: REFERENCE_PLACEHOLDER,
    },
    reason: REASON,
  },
  unmerge: {
    title: '統合を取り消す',
    submit: '取り消す',
    explains: (reference: string, status: string) =>
      `${reference} は、統合する前の「${status}」に戻ります。期限もまた始まります。`,
    reason: REASON,
  },
  link: {
    title: '関連する相談をつなぐ',
    submit: '保存する',
    explains: 'つないだ相談の番号は、両方の相談の「詳細を見る」に、その相談を見られる方にだけ出ます。',
    reference: { label: 'つなぐ相談の番号', placeholder: REFERENCE_PLACEHOLDER },
    unlinked: { label: 'つながりを外す相談', hint: 'つなぐ番号を空にして選びます。' },
  },

  errors: {
    notReference: '番号を「R8-0042」の形で入力してください。',
    notFound: (reference: string) => `${reference} は見つかりません。`,
    itself: 'この相談の番号です。ほかの相談の番号を入力してください。',
    ended: (reference: string, status: string) =>
      `${reference} はいま「${status}」なので、統合先にできません。`,
    notLinkable: (reference: string, status: string) =>
      `${reference} はいま「${status}」なので、つなげません。`,
    notLinked: 'そのつながりは、もうありません。',
    oneAtATime: 'つなぐか外すか、一度にどちらか1つにしてください。',
  },

  mergedInto: (reference: string, target: string) =>
    `相談 *${reference}* は、相談 *${target}* に統合されました。続きは ${target} で行います。`,
  /** For who may not see the other case. */
  mergedSomewhere: (reference: string) =>
    `相談 *${reference}* は、基幹型が受けているほかの相談に統合されました。続きは基幹型にお問い合わせください。`,
  mergedHere: (reference: string, target: string) =>
    `相談 *${reference}* が、相談 *${target}* に統合されました。続きは ${target} で行います。`,
  unmerged: (reference: string, status: string) =>
    `相談 *${reference}* の統合が取り消され、「${status}」に戻りました。`,

  relations: {
    into: (reference: string) => `${reference} に統合`,
    intoHidden: 'ほかの相談に統合',
    mergedHere: (references: string) => `ここに統合された相談：${references}`,
    links: (references: string) => `関連する相談：${references}`,
  },
} as const;
