/** What people read on the page that makes a copy for a resident, and in the copy. */
import type { MarkKind } from './rules.ts';

export const MARK_WORDS: Record<MarkKind, string> = {
  reporter: '通報者・情報提供者につながるおそれ',
  person: 'ほかの方の氏名',
  family: '本人か、同じ姓の方',
  contact: '連絡先・住所・番号・生年月日',
  staff: '職員名',
};

export const exportText = {
  title: (reference: string) => `${reference} の開示用の写し`,
  lead: '開示請求に応じるための写しを作ります。ほかの方の情報かもしれない箇所に印が付きます。自動では墨塗りされません。印のない箇所も含めて全文を読み、開示するかどうかを決めてください。',
  noRequest: '対応中の開示請求が、この相談に記録されていません。先に請求を記録してください。',
  addRequest: '請求を記録する',
  request: { label: 'どの請求のためですか', of: (on: string) => `${on}の開示請求` },
  cases: {
    label: '写しに含める相談',
    hint: '同じ方の相談かもしれないものを挙げています。本人の相談かどうかを確かめてから選んでください。10件までです。',
  },
  how: {
    self: 'この相談',
    merged: '統合した相談',
    linked: '関連する相談（別の方のこともあります）',
    same: '被保険者番号、または氏名とふりがなが同じ相談',
  },
  format: { label: '形式', html: '画面に表示する（印刷できます）', json: 'ファイル（JSON）' },
  submit: '写しを作る',
  errors: {
    request: '請求を選んでください。',
    cases: '相談を1件から10件まで選んでください。',
  },
  logged: '写しを作ったことは、請求とともに記録されます。',
  back: '相談に戻る',
  copyLead: '印の付いた箇所は、ほかの方の情報かもしれません。開示する前に、全文を確かめてください。',
  legend: '印の種類',
  abuse:
    '高齢者虐待の相談です。通報者を特定できる情報は開示できません（高齢者虐待防止法 第8条・第23条）。印の有無にかかわらず、通報者・情報提供者が分かる記載がないか、全文を確かめてください。',
  made: (name: string, on: string) => `${on}　${name} が作成`,
  files: '添付ファイル',
  noFiles: '添付ファイルはありません。',
  filesNote: 'ファイルの中身は、この写しに含まれません。相談のページから開いて確かめてください。',
  nothing: '記録はありません。',
} as const;
