/** What managers read of unusual reading. */
export const watchingText = {
  unusual: (who: string, cases: number, since: string, until: string, link: string) =>
    `1時間に、いつもより多くの相談が見られました。\n職員: ${who}\n見た相談: ${cases}件（${since}から${until}まで）\n<${link}|操作記録を見る>\n仕事として要る閲覧だったか、ご本人に確かめてください。`,
  person: (name: string, center: string) => `${name}（${center}）`,
} as const;
