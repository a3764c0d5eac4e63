/** What the authors of thread messages read. Never what they wrote. */
import type { FindingKind } from '../../../vault/personal-data/finding.ts';

/** What was found, in words. */
export const FINDING_WORDS: Record<FindingKind, string> = {
  phone: '電話番号',
  mail: 'メールアドレス',
  my_number: 'マイナンバー',
  insured_number: '被保険者番号',
  person_name: '氏名',
  address: '住所',
  birth_date: '生年月日',
  known_value: '対象者の情報',
};

const howToDelete = '投稿の「その他」（︙）から「メッセージを削除する」で消せます。';

export const threadText = {
  warning: (kinds: readonly string[]) =>
    `:warning: いまの投稿に、個人情報（${kinds.join('、')}）のような記載があります。スレッドには番号だけを書き、この投稿は削除してください。${howToDelete}`,
  mayMove: (reference: string) =>
    `先に「記録に移す」を押すと、内容を暗号化して ${reference} の記録に残します。`,
  mayWrite: (reference: string) => `必要な内容は、ページで ${reference} に追記してください。`,
  write: 'ページで追記する',
  isKept: (reference: string) => `内容は ${reference} の記録に残っています。`,
  move: '記録に移す',
  offer: (reference: string) => `このスレッドでのあなたの投稿を、${reference} の記録に追加できます。`,
  add: '記録に追加',
  added: (reference: string, count: number) => `${reference} の記録に、投稿${count}件を追加しました。`,
  moved: (reference: string) =>
    `${reference} の記録に移しました。スレッドの投稿には個人情報が残っています。いま削除してください。${howToDelete}`,
  movedToInCharge: (reference: string) => `相談 *${reference}* のスレッドの投稿が、記録に移されました。`,
  gone: 'その投稿は見つかりません。削除されたようです。',
  notRead: '投稿をSlackから読み取れませんでした。少し待ってから、もう一度ボタンを押してください。',
} as const;
