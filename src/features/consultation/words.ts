/** The controlled words of 相談: their codes in the database and how staff say them (domain words of the city papers). */

/** Keeps the keys' type: a code that is not in the table does not compile. */
export type Code<Table> = Extract<keyof Table, string>;

export const KINDS = {
  individual: '個別ケース',
  operation: '運営・制度',
} as const;

export const URGENCIES = {
  urgent: {
    label: '至急',
    promise: '業務時間中なら当日中に折り返します。命に関わるときは、先に110番・119番へ',
    mark: ':red_circle:',
  },
  soon: { label: '早め', promise: '翌営業日までに受け付けます', mark: ':large_yellow_circle:' },
  normal: { label: '通常', promise: '3営業日以内に受け付けます', mark: ':white_circle:' },
} as const;

export const STATUSES = {
  submitted: '受付待ち',
  accepted: '受付済',
  active: '対応中',
} as const;

export const TOPICS = {
  elder_abuse: '高齢者虐待',
  household_8050: '8050・ひきこもり同居',
  dementia: '認知症',
  mental_illness: '精神疾患の疑い',
  guardianship: '成年後見・金銭管理',
  consumer_harm: '消費者被害',
  self_neglect: '支援拒否・セルフネグレクト',
  living_alone: '身寄りなし・独居',
  poverty: '生活困窮',
  domestic_violence: '家庭内暴力（虐待に当たらないもの）',
  emergency_shelter: '措置・緊急一時保護',
  medical_care_link: '医療・介護連携',
  care_manager_support: 'ケアマネジャー支援（困難事例）',
  prevention_care: '介護予防ケアマネジメント',
  complaint: '苦情対応',
  customer_harassment: 'カスタマーハラスメント',
  care_conference: '地域ケア会議',
  community_support: '生活支援体制整備',
  planning: '事業計画・評価',
  workforce: '人材育成・職員体制',
  other: 'その他',
} as const;

export const SUPPORTS = {
  advice: '助言',
  joint_visit: '同行訪問',
  case_conference: 'カンファレンス出席',
  coordination: '関係機関・庁内課との調整',
  service_meeting: 'サービス担当者会議出席',
  front_support: '前方支援（ケースの引き上げ）',
  information: '情報提供・様式',
  training: '研修・事例検討',
  complaint_response: '苦情への共同対応',
} as const;

/** Codes in the order in which staff see them. */
export function codesOf<Table extends object>(table: Table): Code<Table>[] {
  const codes: Code<Table>[] = [];
  for (const code in table) codes.push(code);
  return codes;
}

export type Kind = Code<typeof KINDS>;
export type Urgency = Code<typeof URGENCIES>;
export type Status = Code<typeof STATUSES>;
export type Topic = Code<typeof TOPICS>;
export type Support = Code<typeof SUPPORTS>;
