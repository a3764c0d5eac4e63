/** Controlled words of 会議. */

/** `polling`: its date is being found. `held` once it is over; what was `cancelled` stays so. */
export const MEETING_STATUSES = ['polling', 'fixed', 'held', 'cancelled'] as const;
export type MeetingStatus = (typeof MEETING_STATUSES)[number];
export const STATUS_WORDS: Readonly<Record<MeetingStatus, string>> = {
  polling: '日程調整中',
  fixed: '開催予定',
  held: '終了',
  cancelled: '中止',
};

/** What an invited seat answers: in person, online, sent somebody else, or not. */
export const ATTENDANCES = ['attending', 'online', 'deputy', 'absent'] as const;
export type Attendance = (typeof ATTENDANCES)[number];
export const ATTENDANCE_WORDS: Readonly<Record<Attendance, string>> = {
  attending: '出席',
  online: 'オンライン',
  deputy: '代理出席',
  absent: '欠席',
};

/** How a center finds a proposed date. */
export const VOTES = ['yes', 'maybe', 'no'] as const;
export type Vote = (typeof VOTES)[number];
export const VOTE_WORDS: Readonly<Record<Vote, string>> = { yes: '○', maybe: '△', no: '×' };

/** What became of a 地域課題. */
export const ISSUE_STATES = ['found', 'on-agenda', 'in-policy', 'solved', 'dropped'] as const;
export type IssueState = (typeof ISSUE_STATES)[number];
export const ISSUE_STATE_WORDS: Readonly<Record<IssueState, string>> = {
  found: '見つかった',
  'on-agenda': '推進会議の議題',
  'in-policy': '取組を検討・実施中',
  solved: '解決・終了',
  dropped: '見送り',
};
