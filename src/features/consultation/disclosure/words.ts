/** Controlled words of residents' requests. Act on the Protection of Personal Information, articles 76, 90 and 98. */
export const REQUEST_KINDS = {
  disclosure: '開示請求',
  correction: '訂正請求',
  use_stop: '利用停止請求',
} as const;
export type RequestKind = keyof typeof REQUEST_KINDS;

export const REQUEST_STATES = {
  open: '対応中',
  extended: '期限を延長',
  granted: '応じた',
  partly: '一部応じた',
  refused: '応じなかった',
} as const;
export type RequestState = keyof typeof REQUEST_STATES;
