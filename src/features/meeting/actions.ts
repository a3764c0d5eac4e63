/** The buttons that several subjects of 会議 show; their value is a meeting's id. Each is heard where its subject is. */
export const ACTIONS = {
  open: { actionId: 'meeting.open', label: '詳しく見る' },
  vote: { actionId: 'meeting.vote', label: '日程に答える' },
  attend: { actionId: 'meeting.attend', label: '出欠を答える' },
  apply: { actionId: 'meeting.apply', label: '申し込む' },
} as const;
