/** What people read about the files of a case. */
import type { FileFault } from './rules.ts';

const KINDS = 'PDF、画像（JPEG・PNG・WebP・HEIC）、Word・Excel・PowerPoint';

export const filesText = {
  heading: '添付ファイル',
  none: '添付ファイルはありません。',
  download: (name: string) => `${name} をダウンロード`,
  added: (person: string, when: string) => `${person || '名簿にない方'}　${when}`,
  removedFiles: (count: number) => `削除したファイル（${count}件）`,
  removed: (person: string, when: string) => `${person || '名簿にない方'}が削除　${when}`,
  kilobytes: (count: number) => `${count.toLocaleString('ja-JP')}KB`,
  megabytes: (count: number) => `${count.toLocaleString('ja-JP', { maximumFractionDigits: 1 })}MB`,

  attach: 'ファイルを添付する',
  chooser: 'ファイル',
  hint: `${KINDS}（マクロなし・パスワードなし）。1つ10MBまで。ファイル名も中身も暗号化して保存します。`,
  full: (most: number) => `添付できるのは、1つの相談に${most}件までです。`,
  submit: '添付する',
  back: '相談に戻る',

  remove: '削除する…',
  removeOf: (name: string) => `${name} を削除する`,
  reason: '削除する理由',
  reasonHint: '500文字まで。暗号化して保存します。削除した中身は元に戻せません。',
  removeSubmit: 'ファイルを削除する',
  removeTitle: 'ファイルを削除できませんでした',

  /** By what the log calls it. */
  done: [
    ['consultation.attach_file', 'ファイルを添付しました。'],
    ['consultation.remove_file', 'ファイルを削除しました。'],
  ],
  told: (reference: string, url: string) =>
    `相談 *${reference}* にファイルが1件添付されました。<${url}|ページで見る>`,

  faults: {
    nothing: 'ファイルを選んでください。',
    empty: 'ファイルの中身が空です。',
    'too-large': '10MBを超えています。小さくするか、分けて添付してください。',
    unsupported: `添付できない種類のファイルです。添付できるのは、${KINDS}です。`,
    macros: 'マクロ（プログラム）が入ったファイルは添付できません。マクロを外して保存し直してください。',
    locked:
      'パスワード付きのファイルは添付できません。添付すると暗号化されるので、パスワードを外してください。',
    'other-ending':
      'ファイル名の終わり（拡張子）が、ファイルの中身と合っていません。元のアプリで保存し直してください。',
  } satisfies Record<FileFault, string>,
  tooMany: (most: number) =>
    `添付できるのは、1つの相談に${most}件までです。不要なファイルを削除してから、もう一度お試しください。`,
  notStored:
    'ファイルを保存できませんでした。何も保存されていません。少し待ってから、もう一度お試しください。',
  notRemoved: {
    'not-entitled': 'このファイルを削除できるのは、添付した方、担当者、基幹型の管理者です。',
    held: 'この相談は消去が保留されているため、ファイルを削除できません。',
    failed: 'ファイルを削除できませんでした。少し待ってから、もう一度お試しください。',
  },
  notOpened: {
    title: 'ファイルを開けませんでした',
    body: '保管している場所から、ファイルを読み込めませんでした。少し待ってから、もう一度お試しください。',
  },
} as const;
