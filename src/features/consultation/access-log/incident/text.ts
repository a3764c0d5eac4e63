/** What the incident kit says: on its page, on the command line and in its CSV. */
import { consultationText } from '../../text.ts';
import type { SeenField } from './rules.ts';

const { fields } = consultationText;

export const FIELD_WORDS: Record<SeenField, string> = {
  existence: '同じ対象者の相談があること',
  subjectName: fields.subjectName.label,
  subjectKana: fields.subjectKana.label,
  subjectAge: fields.subjectAge.label,
  subjectAddress: fields.subjectAddress.label,
  subjectPhone: fields.subjectPhone.label,
  subjectInsuredNumber: fields.subjectInsuredNumber.label,
  body: fields.body.label,
  answers: '回答',
  notes: '追記・質問・理由',
  activities: '活動の記録',
  closing: '終結の記録',
  sharing: '共有の案',
  files: '添付ファイル',
  erased: '消去済みのため、項目は確認できません',
};

export const incidentText = {
  navigation: '事故調査',
  title: '事故調査',
  lead: '不正な利用や端末の紛失などのときに、ある職員（またはサインイン）が、どの相談の、どの項目を見たかを調べます。個人情報保護委員会などへの報告に使えます。調べたことは記録されます。',
  noNames:
    'この画面とCSVには、番号だけが出ます。対象者の氏名が要るときは、DATA_KEYS を持つ方が npm run incident で作ってください。',
  fields: {
    staff: '職員',
    since: 'いつから',
    until: 'いつまで',
    session: 'サインイン番号（わかるとき）',
  },
  hints: {
    since: '日本時間です。',
    until: '空のときは、いままでです。',
    session: '操作記録のCSVにある16文字の番号です。職員を選ばなくても調べられます。',
  },
  choose: '選ぶ',
  submit: '調べる',
  csv: 'CSVで取り出す',
  faultTitle: '入力を直してください。',
  faults: {
    staff: '職員を選ぶか、サインイン番号を入れてください。',
    since: '日時を入れてください。',
    until: '「いつから」より後の日時を入れてください。',
    session: 'サインイン番号は、0から9とaからfの16文字です。',
  },
  result: '見た相談',
  table: '見た相談の一覧',
  summary: (cases: number, residents: number) =>
    `見た相談は${cases.toLocaleString('ja-JP')}件、そのうち対象者のいる相談（個別ケース）は${residents.toLocaleString('ja-JP')}件です。同じ方の相談が重なると、人数はこれより少なくなります。`,
  searches: (count: number) =>
    `このほかに、相談の検索が${count.toLocaleString('ja-JP')}回あります。検索の結果には番号だけが出て、氏名は出ません。`,
  shownOf: (shown: number, all: number) =>
    `${all.toLocaleString('ja-JP')}行のうち、はじめの${shown.toLocaleString('ja-JP')}行です。すべてはCSVにあります。`,
  nothing: 'この期間に見た相談はありません。',
  columns: {
    reference: '相談の番号',
    name: '対象者',
    kind: '種別',
    fields: '見た項目',
    first: '最初に見た日時',
    last: '最後に見た日時',
    times: '回数',
    surfaces: '画面',
    sessions: 'サインイン番号',
  },
  top: {
    staff: '調べた職員',
    session: '調べたサインイン番号',
    span: '期間（日本時間）',
    cases: '見た相談',
    residentCases: '対象者のいる相談',
    residents: '対象者の人数',
    searches: '相談の検索',
    made: '作成',
    until: '現在',
    people: (count: number) => `${count}人（氏名・番号の同じ方は1人と数えました）`,
    atMost: (count: number) => `最大${count}人（氏名を開いていないため、同じ方の重なりを含みます）`,
    count: (count: number) => `${count}件`,
    times: (count: number) => `${count}回`,
  },
} as const;
