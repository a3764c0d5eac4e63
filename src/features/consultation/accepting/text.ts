/** 受付不可, 取下げ and 緊急度・分類の訂正: forms and notices. */
import { MAX_BODY } from '../schema.ts';

const LIMIT = `${MAX_BODY.toLocaleString('ja-JP')}文字まで。暗号化して保存し、相談の記録だけに残ります。`;

export const acceptingText = {
  decline: {
    title: '受付不可にする',
    submit: '受付不可にする',
    notice: '相談元には、選んだ理由が届きます。',
    reason: { label: '理由' },
    note: { label: '説明', hint: `理由が「その他」のときは必ず書いてください。${LIMIT}` },
    noteNeeded: '理由が「その他」のときは、説明を書いてください。',
  },
  declinedToSender: (reference: string, reason: string) =>
    `相談 *${reference}* は、基幹型で受付不可になりました。理由: ${reason}`,
  declinedInThread: (reference: string, reason: string) =>
    `${reference} は受付不可になりました。理由: ${reason}`,
  restrictedDeclinedInThread: (reference: string) => `${reference} は受付不可になりました。`,

  withdraw: {
    title: '相談を取り下げる',
    submit: '取り下げる',
    notice: '取り下げると、この相談の対応はここで終わります。もう一度相談するときは、新しく送ってください。',
    note: { label: '理由', hint: LIMIT },
  },
  withdrawn: (reference: string, center: string, person: string) =>
    `相談 *${reference}* を、${center}の ${person} さんが取り下げました。`,

  reclassify: {
    title: '緊急度・分類を直す',
    submit: '直す',
    notice: '緊急度を変えると、期限も変わり、相談元に届きます。',
  },
  urgencyChanged: (reference: string, from: string, to: string, person: string) =>
    `相談 *${reference}* の緊急度を、基幹型の ${person} さんが「${from}」から「${to}」に直しました。`,
} as const;
