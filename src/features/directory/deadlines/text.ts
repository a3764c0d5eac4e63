/** What people read of the city's deadlines. */
import type { DeadlineField } from './schema.ts';

const labels: Readonly<Record<DeadlineField, string>> = {
  'urgent.accept': '至急: 受付まで',
  'urgent.answer': '至急: 初回回答まで',
  'urgent.contact': '至急: 次の連絡まで',
  'soon.accept': '早め: 受付まで',
  'soon.answer': '早め: 初回回答まで',
  'soon.contact': '早め: 次の連絡まで',
  'normal.accept': '通常: 受付まで',
  'normal.answer': '通常: 初回回答まで',
  'normal.contact': '通常: 次の連絡まで',
  closing: '終結の確認: 返事がないとき自動で終結するまで',
  handover: '引継ぎ: 申込への返事まで',
};

export const deadlinesText = {
  label: '期限',
  summary: '相談の受付・回答などの期限を、市のやり方に合わせます。',
  intro:
    '30分、4時間、3営業日のように入力してください。空欄にすると、kikanの標準になります。時間と営業日は市の業務時間で数え、至急だけは、回答するまで夜間・休日も数えます。',
  labels,
  hint: (now: string, standard: string) => `いまの設定: ${now}（標準は${standard}）`,
  atStandard: '標準',
  notAllowed: '期限は、市の管理者と基幹型の管理者だけが変更できます。',
} as const;
