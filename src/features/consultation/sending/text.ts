/** What people read when they send a consultation; the words of its form stand with those of all 相談. */
export const sendingText = {
  /** Above the form on a page. */
  pageNotice:
    '入力した内容はSlackを通らず、暗号化して保存します。Slackのチャンネルに出るのは、番号（例: R8-0042）と、選んだ項目・センター・担当者だけです。',
  urgentArrived: (reference: string, center: string) =>
    `:red_circle: 至急の相談 *${reference}* が届きました（${center}）。受付当番の方にお知らせしています。`,
  alike: (reference: string, center: string, status: string, when: string) =>
    `*${reference}*（${center}、${status}、${when}）`,
  /** Above the form. */
  warning: (cases: string, others: number) =>
    `:warning: 同じ方の相談かもしれません: ${cases}${others > 0 ? `ほか${others}件` : ''}。\n入力した内容は残っています。続きであれば、「相談内容」の上の「開く」から、その相談に追記してください。`,
  /** Near the button that sends, where the eye is. */
  warningBelow: ':warning: 同じ方の相談かもしれません。続きであれば、下の相談を開いて追記してください。',
  alikeOthers: (others: number) => `このほかに${others}件あります（\`/kikan 一覧\` で探せます）。`,
  open: '開く',
  lookForSimilar: '似た回答をさがす',
  /** Above the form, and near the button that sends. */
  similar:
    ':warning: 似た回答があります。読んで解決したら、このまま閉じてください。入力した内容は残っています。',
  sendAsIs: 'このまま送る',
  sendAnyway: '新規として送る',
} as const;
