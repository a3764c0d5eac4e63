/** What people read when the directory changed and their seats with it. */
export const seatingText = {
  added: (count: number) => `*名簿の変更により、次の会議（${count}件）に招かれました。*`,
  removed: (count: number) => `*名簿の変更により、次の会議（${count}件）の出席の予定から外れました。*`,
  line: (date: string, name: string, place: string | null) =>
    `・${date}　${name}${place === null ? '' : `（${place}）`}`,
  more: (count: number) => `ほかに${count}件あります。すべては画面で見られます。`,
  answer: '出欠は、会議の一覧からお答えください。',
  notification: '会議の出席の予定が変わりました。',
  mailSubject: (city: string) => `【${city}】会議のご案内`,
  mailGreeting: (name: string) => `${name} 様`,
  mailBody: (city: string) => `${city}の会議のご案内です。`,
  mailEnd: 'このメールは送信専用です。出欠は主催者へお知らせください。',
} as const;
