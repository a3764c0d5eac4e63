/** What people read when they send a consultation; the words of its form stand with those of all 相談. */
export const sendingText = {
  alike: (reference: string, center: string, status: string, when: string) =>
    `*${reference}*（${center}、${status}、${when}）`,
  warning: (cases: string, others: number) =>
    `:warning: 同じ方の相談かもしれません: ${cases}${others > 0 ? `ほか${others}件` : ''}。\n入力した内容は残っています。続きであれば、この画面を閉じて、その相談に追記してください（\`/kikan 一覧\` に番号を続けて入力すると開けます）。新しい相談として送るときは、もう一度「送信」を押してください。`,
} as const;
