/** The controlled words of 相談: their codes in the database and how staff say them (domain words of the city papers). */

/** Keeps the keys' type: a code that is not in the table does not compile. */
export type Code<Table> = Extract<keyof Table, string>;

export const KINDS = {
  individual: '個別ケース',
  operation: '運営・制度',
} as const;

export const URGENCIES = {
  urgent: { label: '至急', mark: ':red_circle:' },
  soon: { label: '早め', mark: ':large_yellow_circle:' },
  normal: { label: '通常', mark: ':white_circle:' },
} as const;

export const RESTRICTED_MARK = ':lock:';

export const STATUSES = {
  submitted: '受付待ち',
  accepted: '受付済',
  active: '対応中',
  waiting: '回答待ち',
  closing: '終結確認中',
  closed: '終結',
  declined: '受付不可',
  withdrawn: '取下げ',
  merged: '統合',
} as const;

/** Whom a case waits for (回答待ち). */
export const WAITED_FOR = {
  sender: '相談元からの返事',
  service_user: '本人・家族からの返事',
  body: '関係機関・庁内課からの返事',
  course: '経過を見ている',
} as const;

export const DECLINE_REASONS = {
  other_office: '他の窓口が担当',
  duplicate: '同じ相談がすでにある',
  not_enough: '内容が足りない',
  out_of_scope: '基幹型の業務外',
  other: 'その他',
} as const;

/** 活動. */
export const ACTIVITY_KINDS = {
  advice: '助言',
  telephone: '電話',
  interview: '面談',
  joint_visit: '同行訪問',
  case_conference: 'カンファレンス',
  service_meeting: 'サービス担当者会議',
  coordination: '関係機関・庁内調整',
  follow_up: '経過確認',
} as const;

export const ACTIVITY_STATES = {
  planned: '予定',
  done: '実施',
  cancelled: '中止',
} as const;

/** 関係機関 that come into a case. */
export const BODIES = {
  police: '警察',
  fire: '消防',
  health_center: '保健所',
  medical_association: '医師会',
  welfare_office: '福祉事務所（生活保護）',
  disability_section: '障害福祉課',
  rights_center: '権利擁護センター',
  social_welfare_council: '社会福祉協議会',
  consumer_center: '消費生活センター',
  welfare_commissioner: '民生委員',
  dementia_team: '認知症初期集中支援チーム',
  lawyer: '弁護士・司法書士',
  hospital: '医療機関',
  care_provider: '介護事業所',
  other: 'その他',
} as const;

/** What a hand-over is about: who answers for the case afterwards. */
export const HANDOVER_KINDS = {
  front_support: '前方支援',
  return: '返還',
  transfer: '移管',
} as const;

export const HANDOVER_STATES = {
  offered: '申込中',
  accepted: '承諾',
  declined: '不承諾',
  revoked: '取消',
  expired: '期限切れ',
} as const;

export const OUTCOMES = {
  solved: '解決',
  watching: '継続見守り',
  other_body: '他機関へ',
  taken_on: '引受',
  other: 'その他',
} as const;

/** 地域課題: what recurs across districts and goes to the 推進会議. */
export const ISSUE_TAGS = {
  isolation: '孤立・見守り',
  money: '金銭管理の担い手',
  guardianship: '成年後見の利用',
  housing: '住まい',
  transport: '移動・買い物',
  household: '世帯全体の支援（8050など）',
  mental_health: '精神科医療との連携',
  medical_link: '医療・介護の連携',
  emergency_stay: '緊急時の居場所',
  carer: '介護者支援',
  dementia_support: '認知症の方の地域生活',
  guarantor: '身元保証',
  care_workforce: '担い手不足',
  harassment: 'カスタマーハラスメント',
  rules: '制度・手続き',
  other: 'その他',
} as const;

export const RATINGS = {
  helpful: '役に立った',
  insufficient: '不十分',
} as const;

/** Why a deadline was put off. */
export const SNOOZE_REASONS = {
  appointment: '訪問・面談の日が決まっている',
  waiting_body: '関係機関の返事を待つ',
  waiting_person: '本人・家族の都合',
  workload: '緊急の対応が重なっている',
  other: 'その他',
} as const;

/** What is due; see `reminding/rules.ts`. */
export const DEADLINES = {
  accept: '受付',
  claim: '担当決め',
  assignment: '担当の確認',
  answer: '初回回答',
  contact: '次の連絡',
  handover: '引継ぎへの返事',
  return: '返還',
  activity: '予定の記録',
  closing: '終結の確認',
} as const;

/** Whom a 共有 note is for: an answered question, or what was learnt from a complaint. */
export const SHARING_KINDS = {
  qa: '質問と回答',
  incident: '苦情・カスハラの再発防止',
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
export type WaitedFor = Code<typeof WAITED_FOR>;
export type DeclineReason = Code<typeof DECLINE_REASONS>;
export type ActivityKind = Code<typeof ACTIVITY_KINDS>;
export type ActivityState = Code<typeof ACTIVITY_STATES>;
export type Body = Code<typeof BODIES>;
export type HandoverKind = Code<typeof HANDOVER_KINDS>;
export type HandoverState = Code<typeof HANDOVER_STATES>;
export type Outcome = Code<typeof OUTCOMES>;
export type IssueTag = Code<typeof ISSUE_TAGS>;
export type Rating = Code<typeof RATINGS>;
export type SnoozeReason = Code<typeof SNOOZE_REASONS>;
export type DeadlineKind = Code<typeof DEADLINES>;
export type SharingKind = Code<typeof SHARING_KINDS>;
export type Topic = Code<typeof TOPICS>;
export type Support = Code<typeof SUPPORTS>;

/** Why somebody who is not part of a case looks into it. */
export const PURPOSES = {
  support_colleague: '担当者の補助・代行',
  supervision: '上司・管理者としての確認',
  handover: '引継ぎの準備',
  same_resident: '同じ対象者・家族への対応',
  inquiry: '本人・家族・関係機関からの問い合わせへの対応',
  study: '事例検討・研修の準備',
  other: 'その他（理由を書く）',
} as const;
export type Purpose = keyof typeof PURPOSES;
