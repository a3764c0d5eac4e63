/** What people read of access logs: what each entry says, and the pages around them. */
import { OPERATION_LABELS } from '../text.ts';
import type { Kinship, LogGroup, LogSurface } from './rules.ts';
import type { LogField, LogFilter } from './schema.ts';

export const GROUP_WORDS: Record<LogGroup, string> = {
  read: '閲覧など',
  changed: '変更',
  refused: '断り',
};

export const SURFACE_WORDS: Record<LogSurface, string> = {
  slack: 'Slack',
  web: 'Webの画面',
  job: '自動の処理',
  command: '管理用のコマンド',
};

/** What was looked at in a reading, by its code. */
export const READ_WORDS: Readonly<Record<string, string>> = {
  content: '相談の内容を見ました',
  question: '相談内容を見ました',
  closing: '終結の記録を見ました',
  timeline: '経過を見ました',
  sheet: '相談票を開きました',
  sharing: '共有の案を見ました',
  answer: '回答を見ました',
  note: '追記・質問などを見ました',
  activity: '活動の記録を見ました',
};

/** Entries that no operation on a case names: what was done, and what it is called when it was refused. */
export const ENTRY_WORDS: Readonly<Record<string, { done: string; label: string }>> = {
  'consultation.read': { done: '相談を見ました', label: '相談を見る' },
  'consultation.read_shared': { done: '共有された事例を見ました', label: '共有された事例を見る' },
  'consultation.search': { done: '相談を検索しました', label: '相談を検索する' },
  'consultation.duplicate_check': {
    done: '同じ対象者の相談がないか、送信の前に確かめました',
    label: '同じ対象者の相談を確かめる',
  },
  'consultation.thread_check': {
    done: 'スレッドの投稿に個人情報がないか、記録と照合しました',
    label: 'スレッドの投稿の照合',
  },
  'consultation.sharing_check': {
    done: '共有の案に個人情報がないか、記録と照合しました',
    label: '共有の案の照合',
  },
  'consultation.state_purpose': { done: '閲覧の目的を示しました', label: '閲覧の目的を示す' },
  'consultation.break_glass': { done: '緊急閲覧を始めました', label: '緊急閲覧' },
  'consultation.all': { done: 'すべての操作を開きました', label: 'すべての操作を開く' },
  'consultation.submit': { done: '相談を送信しました', label: '相談を送る' },
  'consultation.erase': { done: '保存期間が過ぎたため、消去しました', label: '消去' },
  'consultation.find_resident': { done: '同じ対象者の相談を探しました', label: '同じ対象者の相談を探す' },
  'consultation.disclose': { done: '開示のための書面を出しました', label: '開示のための書面' },
  'consultation.read_request': { done: '本人からの請求を見ました', label: '本人からの請求を見る' },
  'consultation.note_request': { done: '本人からの請求を記録しました', label: '本人からの請求の記録' },
  'consultation.read_hold': { done: '消去の保留の理由を見ました', label: '消去の保留の理由を見る' },
  'consultation.remind_request': { done: '請求の期限を知らせました', label: '請求の期限の知らせ' },
  'consultation.attach_file': { done: 'ファイルを添付しました', label: 'ファイルの添付' },
  'consultation.remove_file': { done: '添付ファイルを外しました', label: '添付ファイルを外す' },
  'file.download': { done: '添付ファイルをダウンロードしました', label: '添付ファイルのダウンロード' },
  'log.read': { done: '操作記録を見ました', label: '操作記録を見る' },
  'log.export': { done: '操作記録をCSVで取り出しました', label: '操作記録のCSV' },
  'incident.read': { done: '事故調査の画面を見ました', label: '事故調査の画面を見る' },
  'incident.export': { done: '事故調査の結果をCSVで取り出しました', label: '事故調査のCSV' },
  'reading.flag': { done: '1時間に多くの相談が見られたことを知らせました', label: '多くの閲覧の知らせ' },
  'pages.sign_in': { done: 'Webの画面にサインインしました', label: 'サインイン' },
  'pages.enter': { done: 'Webの画面を開きました', label: 'Webの画面を開く' },
  'gate.enter': { done: 'kikanを使いました', label: 'kikanの利用' },
  'settings.open': { done: '設定を開きました', label: '設定を開く' },
  'template.read': { done: '定型文を見ました', label: '定型文を見る' },
  'pages.sign_out_everywhere': {
    done: 'サインイン中の端末をすべて終了しました',
    label: 'サインイン中の端末をすべて終了する',
  },
  'directory.add_person': { done: '名簿に職員を加えました', label: '名簿に職員を加える' },
  'directory.change_person': { done: '名簿の職員を変えました', label: '名簿の職員を変える' },
  'directory.remove_person': { done: '名簿から職員を外しました', label: '名簿から職員を外す' },
  'directory.add_center': { done: 'センターを加えました', label: 'センターを加える' },
  'directory.change_center': { done: 'センターの情報を変えました', label: 'センターの情報を変える' },
  'directory.close_center': { done: 'センターを閉じました', label: 'センターを閉じる' },
  'directory.read': { done: '名簿を見ました', label: '名簿を見る' },
  'directory.export': { done: '市のファイルを取り出しました', label: '市のファイルの取り出し' },
  'handling.change': { done: '個人情報の取扱いの設定を変えました', label: '個人情報の取扱いの設定' },
  'duty.change': { done: '受付当番を変えました', label: '受付当番の変更' },
  'deadlines.change': { done: '期限の設定を変えました', label: '期限の設定' },
  'absence.note': { done: '不在を登録しました', label: '不在の登録' },
  'absence.end': { done: '不在を終えました', label: '不在を終える' },
  'directory.import': { done: '市のファイルを読み込みました', label: '市のファイルの読み込み' },
  'vault.rewrap': { done: '暗号鍵を新しいものに替えました', label: '暗号鍵の交換' },
  'vault.alarm': { done: '開けない記録を管理者に知らせました', label: '記録を開くこと' },
  'audit.check': { done: '操作記録を点検しました', label: '操作記録の点検' },
  'audit.alarm': { done: '操作記録に変更の跡が見つかりました', label: '操作記録の点検' },
};

/** Why something was refused, by the code in the log. A code without words says nothing more. */
export const REASON_WORDS: Readonly<Record<string, string>> = {
  'not-found': '見られる相談ではない、または存在しない',
  'wrong-state': 'その操作ができない状態',
  changed: 'そのあいだに相談が変わっていた',
  'sent-before': '先に送信済み',
  invalid: '入力の誤り',
};

const FIELD_LABELS: Record<LogField, string> = {
  person: '職員',
  case: '相談の番号',
  group: '種別',
  surface: '画面',
  from: 'いつから',
  until: 'いつまで',
};

export const logText = {
  navigation: '操作記録',
  title: '操作記録',
  caseTitle: (reference: string) => `${reference} の操作記録`,
  residentTitle: (reference: string) => `${reference} の対象者の操作記録`,
  lead: {
    all: 'だれが、いつ、何を見たか・変えたか、断られたかの記録です。相談は番号だけで示します。この記録を見たことも記録されます。',
    own: 'あなたのセンターが相談元または主担当の相談について、だれが、いつ、何を見たか・変えたか、断られたかの記録です。この記録を見たことも記録されます。',
  },
  residentLead:
    '同じ対象者と考えられる相談すべての操作記録です。統合した相談、つながれた相談、被保険者番号・電話番号・氏名が同じ相談を集めています。同姓同名の方が混じることがあります。',
  filter: '絞り込み',
  fields: FIELD_LABELS,
  anybody: 'すべての職員',
  any: 'すべて',
  left: (name: string) => `${name}（名簿にない）`,
  caseHint: '例: R8-0042。氏名は入れないでください。',
  search: '表示する',
  clear: '絞り込みをやめる',
  csv: (rows: number) => `CSVで取り出す（新しい順に${rows.toLocaleString('ja-JP')}件まで）`,
  older: 'これより前の記録',
  newest: '最新の記録に戻る',
  caption: '新しい順の操作記録',
  none: 'この条件に当てはまる記録はありません。',
  cutShort: 'ここまでに当てはまる記録はありません。もっと前の記録に、当てはまるものがあるかもしれません。',
  columns: {
    at: '日時',
    who: 'だれが',
    what: '何を',
    case: '相談',
    surface: '画面',
    why: '目的・理由',
    result: '結果',
    group: '種別',
    slackId: 'SlackのID',
    session: 'サインイン番号',
    entry: '記録番号',
  },
  outcomes: { done: '実行', refused: '断り' },
  csvCut: (rows: number) =>
    `新しい順に${rows.toLocaleString('ja-JP')}件までで切りました。続きは、期間を前にずらして取り出してください。`,
  csvCutAt: (when: string) =>
    `${when}までの記録を調べて切りました。続きは、期間を前にずらして取り出してください。`,
  faults: {
    person: '職員を選んでください。',
    case: '相談の番号を、R8-0042の形で入れてください。',
    group: '種別を選んでください。',
    surface: '画面を選んでください。',
    from: '日付を選んでください。',
    until: '「いつから」より後の日付を選んでください。',
  } satisfies Record<LogField, string>,
  noCase: '操作記録を見られる相談に、この番号はありません。',
  faultTitle: '入力を直してください。',

  refusedLine: (label: string) => `「${label}」を断られました`,
  otherAction: (action: string) => `${action} を行いました`,
  notEntitled: 'その操作を行う立場ではない',
  hits: (count: number) => `${count}件`,
  until: (when: string) => `${when}まで`,
  nobody: '不明な方',
  byItself: '自動',
  byLink: '本人あてのリンク',
  byCard: '災害時の案内カード',
  byCommand: '管理用のコマンド',

  kin: {
    heading: '対象者の相談',
    words: {
      itself: 'この相談',
      merged: '統合した相談',
      same: '氏名か番号が同じ',
      linked: '関連する相談',
    } satisfies Record<Kinship, string>,
    none: 'ほかに同じ対象者と考えられる相談は見つかりませんでした。',
  },
  toResident: '同じ対象者の操作記録をまとめて見る',
  toCase: 'この相談だけの操作記録を見る',
  toAll: '操作記録の全体を見る',

  integrity: {
    heading: '記録の点検',
    never: '操作記録の点検は、まだ行われていません。1日の記録は、翌日の0時10分ごろに締めて、毎日点検します。',
    whole: (when: string, days: number, lastDay: string) =>
      `最後の点検は${when}です。${lastDay}分までの${days.toLocaleString('ja-JP')}日分に、変更の跡はありません。`,
    broken: (when: string, days: string) =>
      `${days}の操作記録に、変更の跡があります（最後の点検は${when}）。市の情報セキュリティ担当にご連絡ください。`,
    late: '1日以上、点検が行われていません。定時の処理（cron）が動いているか、確かめてください。',
  },
} as const;

/** The operation of a case by its code in the log; undefined for others. */
export function operationLabel(action: string): string | undefined {
  const name = action.replace(/^consultation\./, '');
  return Object.entries(OPERATION_LABELS).find(([operation]) => operation === name)?.[1];
}

/** The name of the file, without anything that was typed. */
export function csvName(what: string, filter: LogFilter, on: string): string {
  return `kikan-${[what, filter.reference, on].filter(Boolean).join('-')}.csv`;
}
