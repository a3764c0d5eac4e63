/** The Japanese of hand-overs. */
export const handoverText = {
  title: '引継ぎを申し込む',
  submit: '申し込む',
  kind: { label: '引継ぎの種類' },
  kindHints: {
    front_support: '基幹型がケースを引き上げ、期間を決めて前に立って支援します。',
    return: (center: string) => `主担当を${center}に返します。`,
    transfer: '転居などのため、ほかの包括が主担当になります。',
  },
  center: { label: '申込先の包括', hint: '移管のときに選びます。' },
  returnByOn: {
    label: '返還予定日',
    hint: '前方支援のときに選びます。明日から1年以内の日付です。',
    placeholder: '日付を選ぶ',
  },
  message: {
    label: '申込先に伝えること',
    hint: '3,000文字まで。なくてもかまいません。暗号化して保存します。',
  },
  keepsResponsibility: '申込先が承諾するまで、主担当機関は変わりません。',
  errors: {
    centerNeeded: '移管のときは、申込先の包括を選んでください。',
    dateNeeded: '前方支援のときは、返還予定日を選んでください。',
    dateRange: '返還予定日は、明日から1年以内の日付を選んでください。',
    noReceiver: '申込先のセンターに、この申込に答えられる方がいません。管理者に名簿を確かめてください。',
    noReceiverRestricted:
      '閲覧を限定した相談の引継ぎに答えるのは申込先の管理者ですが、名簿に管理者がいません。先に名簿を確かめてください。',
    notOffered: 'この申込先は選べません。もう一度選んでください。',
  },

  refuseTitle: '引継ぎを承諾しない',
  refuseSubmit: '承諾しない',
  reason: {
    label: '理由',
    hint: '3,000文字まで。暗号化して保存し、申し込んだセンターの方が読みます。',
  },
  offerInForm: (kind: string, from: string, until: string) =>
    `*${kind}*の申込（${from}から）　返事の期限：${until}`,

  /** 限定: channels hear that there is an offer, and nothing of it. */
  restrictedOffer: (reference: string) => `相談 *${reference}* に、引継ぎの申込があります。`,
  restrictedSettled: (reference: string, state: string) =>
    `相談 *${reference}* の引継ぎの申込は「${state}」になりました。`,
  offered: (reference: string, from: string, kind: string, until: string) =>
    `相談 *${reference}* の引継ぎ（${kind}）の申込が、${from}からあります。返事の期限は ${until} です。`,
  returnsOn: (when: string) => `返還予定日は ${when} です。`,
  settled: (reference: string, kind: string, from: string, to: string, state: string, when: string) =>
    `相談 *${reference}* の引継ぎ（${kind}、${from} → ${to}）：${state}（${when}）`,
  accepted: (reference: string, kind: string, center: string, person: string) =>
    `相談 *${reference}* の引継ぎ（${kind}）を、${center}の ${person} さんが承諾しました。主担当機関は${center}になりました。`,
  refused: (reference: string, kind: string, center: string, person: string) =>
    `相談 *${reference}* の引継ぎ（${kind}）を、${center}の ${person} さんは承諾しませんでした。主担当機関は変わりません。`,
  revoked: (reference: string, kind: string, from: string) =>
    `相談 *${reference}* の引継ぎ（${kind}）の申込は、${from}が取り消しました。返事はいりません。`,
  expired: (reference: string, kind: string, from: string, to: string) =>
    `相談 *${reference}* の引継ぎ（${kind}、${from} → ${to}）は、期限までに返事がなかったので期限切れになりました。主担当機関は${from}のままです。どうするか、センター同士で話し合ってください。`,
  readMessage: '伝言を読む',
  readReason: '理由を読む',
} as const;
