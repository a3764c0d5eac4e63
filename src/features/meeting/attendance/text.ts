/** What people read when they are invited, and when something changes. */
export const attendanceText = {
  invited: (name: string) => `*${name}* の案内です。`,
  answerBy: (day: string) => `出欠は${day}までにお答えください。`,
  mailSubject: (city: string, name: string) => `【${city}】${name}のご案内`,
  mailGreeting: (name: string) => `${name} 様`,
  mailBody: (city: string, host: string) => `${city}の会議のご案内です（主催: ${host}）。`,
  mailEnd: 'このメールは送信専用です。出欠は主催者へお知らせください。',
} as const;
