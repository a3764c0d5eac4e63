/** What people read in lists of cases. */
import type { ListView, Period } from './rules.ts';
import type { FilterName } from './schema.ts';

/** As core staff, and as district staff call the same view. */
const VIEWS: Record<'core' | 'district', Record<ListView, string>> = {
  core: {
    mine: '自分の担当',
    center: '自分のセンター（主担当）',
    unaccepted: '受付待ち',
    overdue: '期限切れ',
    waiting: '回答待ち',
    offered: '引継ぎの申込',
    closing: '終結の確認待ち',
    all: '終結も含むすべて',
  },
  district: {
    mine: '自分が送った相談',
    center: 'センターの相談',
    unaccepted: '受付待ち',
    overdue: '期限切れ',
    waiting: '回答待ち',
    offered: '引継ぎの申込',
    closing: '終結の確認待ち',
    all: '終結も含むすべて',
  },
};

/** What people type after the word for a view. */
const VIEW_WORDS: Record<ListView, readonly string[]> = {
  mine: ['自分', '担当', '自分の担当', '自分が送った相談', 'mine'],
  center: ['センター', '自分のセンター', 'センターの相談', 'center'],
  unaccepted: ['受付待ち', '未受付', 'unaccepted'],
  overdue: ['期限切れ', '期限', '遅れ', 'overdue'],
  waiting: ['回答待ち', '返事待ち', 'waiting'],
  offered: ['引継ぎ', '引き継ぎ', '引継ぎの申込', 'offered'],
  closing: ['終結確認', '終結確認中', '終結の確認待ち', 'closing'],
  all: ['すべて', '全部', '全て', '終結', 'all'],
};

/** What to do when a list has nothing. */
const EMPTY: Record<ListView, string> = {
  mine: 'いまはありません。ほかの一覧は、上の欄で選べます。',
  center: 'いま対応中の相談はありません。終わった相談は「終結も含むすべて」で見られます。',
  unaccepted: '受付待ちの相談はありません。',
  overdue: '期限の過ぎた相談はありません。',
  waiting: '回答待ちの相談はありません。',
  offered: '返事を待っている引継ぎの申込はありません。',
  closing: '終結の確認を待っている相談はありません。',
  all: '相談はまだありません。`/kikan 相談` と入力すると、相談を送れます。',
};

const FILTERS: Record<FilterName, string> = {
  center: 'センター',
  topic: '分類',
  urgency: '緊急度',
  status: '状態',
  period: '期間',
};

const PERIOD_NAMES: Record<Period, string> = {
  month: '今月',
  last_month: '先月',
  quarter: '過去90日',
  year: '今年度',
  last_year: '前年度',
};

export const listingText = {
  command: '一覧',
  commandSummary: '相談の一覧を見る（番号や対象者の氏名でも探せます）',
  menuButton: '一覧を見る',
  cityCannotList: '市の方が見られるのは件数だけです。相談の一覧は開けません。件数はホームにあります。',

  title: '相談の一覧',
  close: '閉じる',
  views: VIEWS,
  viewWords: VIEW_WORDS,
  filters: FILTERS,
  periods: PERIOD_NAMES,
  chooseView: '一覧を選ぶ',
  any: (filter: string) => `${filter}：すべて`,

  search: {
    label: '番号か氏名で探す',
    hint: '番号（例: R8-42）、対象者の氏名かふりがな、電話番号、被保険者番号。終結した相談も探します。',
    placeholder: '例: R8-0042',
    submit: '検索',
    clear: '条件をすべて外す',
    onPage: '氏名などで探す（ページを開く）',
  },

  heading: (view: string) => `*${view}*`,
  /** Never repeats what was typed. */
  foundHeading: '*検索の結果*（見られる相談のすべてから）',
  pageOf: (page: number) => `${page}ページ目`,
  notSearched:
    'この市では、氏名などでの検索はページで行います。コマンドに続けて書いた言葉では探しておらず、どこにも残していません。下のボタンから開いて検索してください。',
  searchIsLogged: '検索したことと件数は記録されます（入力した言葉は記録されません）。',
  reference: (urgencyMark: string, urgency: string, reference: string, status: string) =>
    `${urgencyMark} ${urgency}　*${reference}*　${status}`,
  restricted: (mark: string) => `${mark} 限定`,
  line: (center: string, person: string, due: string) => `${center}　担当: ${person}　${due}`,
  nobody: '未定',
  due: (when: string) => `次の期限: ${when}`,
  overdue: (when: string) => `*期限切れ*: ${when}`,
  noDue: '期限なし',
  open: '開く',
  previous: '前の10件',
  next: '次の10件',
  further: 'さらに探す',

  empty: EMPTY,
  emptyWithFilters: 'この条件に合う相談はありません。「条件をすべて外す」を押すと、条件なしで見られます。',
  emptyPage: 'このあとにはありません。「前の10件」で戻れます。',
  nothingFound: '見つかりません。番号や文字を確かめるか、氏名の最初の2文字、ふりがなでも探してみてください。',
  notYetFound: 'ここまでには見つかりません。「さらに探す」を押すと、続きを探します。',
  cutShort: '候補が多いため、途中まで探しました。「さらに探す」を押すと、続きを探します。',
} as const;
