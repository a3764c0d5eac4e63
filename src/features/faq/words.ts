/** The controlled words of the FAQ: codes in the database and how people say them. */

/** What a version of an entry is: worked on, waiting for a second person, found by everybody, or over. */
export const REVISION_STATES = {
  draft: '下書き',
  proposed: '承認待ち',
  published: '公開中',
  replaced: '以前の版',
  dropped: '取りやめ',
} as const;
export type RevisionState = keyof typeof REVISION_STATES;

/** `unpublished` was never found by anybody; a merged one leads to another. */
export const ENTRY_STATES = {
  unpublished: '未公開',
  published: '公開中',
  withdrawn: '公開終了',
  merged: '統合',
} as const;
export type EntryState = keyof typeof ENTRY_STATES;

export const VISIBILITIES = {
  all: '全センター',
  core: '基幹型のみ',
} as const;
export type Visibility = keyof typeof VISIBILITIES;
export const VISIBILITY_CODES = ['all', 'core'] as const satisfies readonly Visibility[];

/** Where a version came from. */
export const SOURCES = {
  hand: '手入力',
  consultation: '終結した相談',
  question: '答えのなかった質問',
  file: '取込み',
  merge: '統合',
  restore: '以前の版から',
} as const;
export type Source = keyof typeof SOURCES;

/** Where something was asked. */
export const ASK_WAYS = {
  command: '/kikan faq',
  unknown: '/kikan（ほかの言葉）',
  home: 'ホーム',
  page: 'ページ',
  consultation: '相談の入力中',
} as const;
export type AskWay = keyof typeof ASK_WAYS;

/** What became of a question that nobody could answer. */
export const OPEN_QUESTION_STATES = {
  open: '未回答',
  answered: '回答済み',
  set_aside: '対応しない',
} as const;
export type OpenQuestionState = keyof typeof OPEN_QUESTION_STATES;
