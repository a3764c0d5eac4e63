/** What people read where entries are taken in and written out. */
import type { Counts, ImportWay } from './rules.ts';

const countLine = ({ fresh, changed, equal, left }: Counts) =>
  `新しく${fresh}件、変更${changed}件、変わらないもの${equal}件${left === 0 ? '' : `、そのままにしたもの${left}件`}`;

export const exchangeText = {
  notDecoded: '文字を読めません。UTF-8 か Shift_JIS で保存してください。',
  unknownColumn: 'この列は使えません。列の名前を確かめてください。',
  doubledColumn: '同じ列が前にもあります。',
  missingColumn: (column: string) => `「${column}」の列がありません。1行目に列の名前を書いてください。`,
  openQuote: '「"」が閉じていません。この行から後ろを確かめてください。',
  tooManyCells:
    '列の数が、1行目より多くあります。文の中にコンマがあるときは、セル全体を「"」で囲んでください。',
  place: (line: number, column: string) => (column === '' ? `${line}行目` : `${line}行目 ${column}`),
  title: '取込み・書出し',
  lead: 'FAQをまとめて取り込み、書き出します。',
  exportTitle: '書出し',
  exportBody: (seesAll: boolean) =>
    seesAll
      ? '公開中のFAQを、すべてファイルにします。基幹型のみのものも含みます。'
      : '全センターに公開中のFAQを、すべてファイルにします。',
  exportJson: 'JSONで書き出す',
  exportCsv: 'CSVで書き出す（表計算ソフト用）',
  fileName: (city: string, on: string, format: string) => `${city}_FAQ_${on}.${format}`,
  importTitle: '取込み',
  importBody:
    '外部IDが同じもの、なければ質問が同じものを、同じFAQとして扱います。内容が変わるものは新しい版になり、以前の版は履歴に残ります。ファイルにないものは、そのまま残ります。次の画面で、確かめてから決められます。',
  importFormats:
    'JSONは {"faq": [ … ]} か [ … ]、CSVは1行目に列の名前（外部ID、質問、別の聞き方、回答、分類、確認日、リンク、公開範囲）を書きます。質問と回答のほかは、なくてもかまいません。文字コードはUTF-8かShift_JISです。',
  notImporter: '取込みは、基幹型の管理者と、管理者の権限のある方ができます。',
  file: 'FAQのファイル（JSONまたはCSV）',
  way: '取り込み方',
  ways: {
    published: '確認済みとして公開する（市が内容を確認したFAQ）',
    drafts: '下書きとして取り込む（1件ずつ、ほかの方が承認して公開）',
  },
  check: '内容を確かめる',
  noFile: 'ファイルを選んでください。',
  tooLarge: 'ファイルが大きすぎます（8MBまで）。分けて取り込んでください。',
  faulty: (count: number) => `このファイルには、直すところが${count}か所あります。何も取り込んでいません。`,
  faultsShown: (count: number) => `はじめの${count}か所を示しています。`,
  fault: (path: string, problem: string) => `${path}：${problem}`,
  previewTitle: '取り込む内容',
  preview: (counts: Counts) => `${countLine(counts)}。`,
  nothing: '取り込むものはありません。',
  groups: { fresh: '新しいもの', changed: '変わるもの', left: 'そのままにするもの' },
  leftBody: (as: ImportWay) =>
    as === 'published'
      ? '公開を終えたもの、統合したものです。公開するときは、1件ずつ下書きから行ってください。'
      : '公開を終えたもの、統合したもの、下書きを直している途中のものです。',
  more: (count: number) => `ほか${count}件`,
  noFindings: (checked: number) =>
    `個人情報らしいところは、見つかりませんでした（${checked}件を調べました）。`,
  findings: (found: number, entries: number, checked: number) =>
    `個人情報らしいところが${found}か所あります（調べた${checked}件のうち${entries}件）。電話番号や担当者名など、公開してよいものかを確かめてください。`,
  found: (question: string, kinds: string) => `${question}（${kinds}）`,
  checkedPart: (checked: number, all: number) =>
    `量が多いため、${all}件のうちはじめの${checked}件だけを調べました。`,
  confirm: { published: '取り込んで公開する', drafts: '下書きとして取り込む' },
  cancel: '取り込まずに戻る',
  back: 'FAQの管理へ戻る',
  changedMeanwhile: '確かめているあいだにFAQが変わりました。もう一度確かめてください。',
  doneCounts: (counts: Counts) => `取り込みました。${countLine(counts)}。検索には1分以内に反映されます。`,
  done: (counts: Counts, as: ImportWay) =>
    as === 'published'
      ? `取り込みました。${countLine(counts)}。`
      : `下書きとして取り込みました。${countLine(counts)}。`,
} as const;
