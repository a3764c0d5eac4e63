/** The buttons of a poll; their value is the meeting's id. */
export const POLL_ACTIONS = {
  decide: 'meeting.decide',
  close: 'meeting.close_poll',
  reopen: 'meeting.reopen_poll',
  /** The menu of centers for whom the host votes; its value is `id/center`. */
  voteFor: 'meeting.vote_for',
} as const;
