/** What people read on the pages of lists and of the search. */
import type { ListView } from '../../listing/rules.ts';
import type { PageFilterName } from './schema.ts';

const FILTERS: Record<PageFilterName, string> = {
  status: '状態',
  urgency: '緊急度',
  topic: '分類',
  kind: '種別',
  center: 'センター',
  person: '担当者',
  period: '送った日',
};

/** What to do when a list has nothing. */
const EMPTY: Record<ListView, string> = {
  mine: 'いまはありません。ほかの一覧は、上の「一覧」で選べます。',
  center: 'いま対応中の相談はありません。終わった相談は「終結も含むすべて」で見られます。',
  unaccepted: '受付待ちの相談はありません。',
  overdue: '期限の過ぎた相談はありません。',
  waiting: '回答待ちの相談はありません。',
  offered: '返事を待っている引継ぎの申込はありません。',
  closing: '終結の確認を待っている相談はありません。',
  all: '相談はまだありません。「新しい相談」から送れます。',
};

export const listText = {
  title: '相談の一覧',
  titleOf: (view: string) => `相談の一覧：${view}`,
  choose: '表示する相談を選ぶ',
  view: '一覧',
  filters: FILTERS,
  narrow: '絞り込み',
  narrowed: (count: number) => `絞り込み（${count}件の条件）`,
  any: 'すべて',
  show: '表示する',
  clear: '条件をすべて外す',
  empty: EMPTY,
  emptyWithFilters: 'この条件に合う相談はありません。',
  emptyPage: 'このあとにはありません。',
  first: '最初に戻る',
  next: (rows: number) => `次の${rows}件`,
  pages: 'ページの切替え',

  reference: '番号',
  restricted: '限定',
  center: '相談元',
  person: '担当',
  nobody: '未定',
  sentOn: '受信',
  due: '次の期限',
  overdue: '期限切れ',
  noDue: 'なし',

  search: {
    section: '番号や氏名で探す',
    label: '番号・氏名で探す',
    hint: '番号（例: R8-42）、対象者の氏名かふりがな、電話番号、被保険者番号。終結した相談も探します。',
    submit: '検索',
    title: '検索の結果',
    nothingTyped: '探す番号や氏名を入力してください。',
    isLogged:
      '見られる相談のすべてから探しました。検索したことと件数は記録されます（入力した言葉は記録されません）。',
    nothingFound:
      '見つかりません。番号や文字を確かめるか、氏名の最初の2文字、ふりがなでも探してみてください。',
    notYetFound: 'ここまでには見つかりません。「さらに探す」を押すと、続きを探します。',
    cutShort: '候補が多いため、途中まで探しました。「さらに探す」を押すと、続きを探します。',
    further: 'さらに探す',
    toList: '一覧に戻る',
  },
} as const;
