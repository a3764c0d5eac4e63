/** The controlled words of 点呼: what may stand in messages, and what it is called. Null always means 未確認. */

/** A drill is never counted as real, nor the reverse: every row says which it is. */
export const KINDS = ['drill', 'actual'] as const;
export type RollCallKind = (typeof KINDS)[number];
export const KIND_WORDS: Readonly<Record<RollCallKind, string>> = { drill: '訓練', actual: '点呼' };
/** Every message of a roll-call begins with it, in chat, mail and on pages. */
export const PREFIXES: Readonly<Record<RollCallKind, string>> = { drill: '【訓練】', actual: '【安否確認】' };

export const SCENARIOS = [
  'earthquake',
  'storm',
  'blackout',
  'infection',
  'off-hours',
  'slack-outage',
  'tabletop',
] as const;
export type Scenario = (typeof SCENARIOS)[number];
export const SCENARIO_WORDS: Readonly<Record<Scenario, string>> = {
  earthquake: '地震',
  storm: '風水害',
  blackout: '停電・通信途絶',
  infection: '感染症',
  'off-hours': '夜間・休日（予告なし）',
  'slack-outage': 'Slack停止',
  tabletop: '机上',
};

/** What people are asked to do: the part of the message that leaves for chat and mail. */
export const INSTRUCTIONS = [
  'report',
  'stay-safe',
  'gather',
  'stay-home',
  'report-center',
  'check-residents',
] as const;
export type Instruction = (typeof INSTRUCTIONS)[number];
export const INSTRUCTION_WORDS: Readonly<Record<Instruction, string>> = {
  report: '安否を知らせてください',
  'stay-safe': '身の安全を最優先にしてください',
  gather: '安全を確かめて、来られる方はセンターに集まってください',
  'stay-home': '自宅などの安全な場所で待機してください',
  'report-center': '責任者の方は、センターの状況を報告してください',
  'check-residents': '優先安否確認を始めてください',
};

/** What is `closed` or `cancelled` stays so. */
export const STATUSES = ['scheduled', 'running', 'closed', 'cancelled'] as const;
export type RollCallStatus = (typeof STATUSES)[number];
export const STATUS_WORDS: Readonly<Record<RollCallStatus, string>> = {
  scheduled: '予定',
  running: '実施中',
  closed: '終了',
  cancelled: '取りやめ',
};

/** How a person is. */
export const SAFETIES = ['safe', 'minor', 'severe'] as const;
export type Safety = (typeof SAFETIES)[number];
export const SAFETY_WORDS: Readonly<Record<Safety, string>> = {
  safe: '無事',
  minor: '軽傷',
  severe: '重傷・要救助',
};

export const PLACES = ['center', 'visiting', 'home', 'moving'] as const;
export type Whereabouts = (typeof PLACES)[number];
export const PLACE_WORDS: Readonly<Record<Whereabouts, string>> = {
  center: 'センター',
  visiting: '訪問先',
  home: '自宅',
  moving: '移動中',
};

/** Whether a person can come to the center. */
export const COMINGS = ['arrived', 'able', 'unable'] as const;
export type Coming = (typeof COMINGS)[number];
export const COMING_WORDS: Readonly<Record<Coming, string>> = { arrived: '済', able: '可', unable: '不可' };
/** The same where somebody chooses among them: short words alone are no answer to a question. */
export const COMING_CHOICES: Readonly<Record<Coming, string>> = {
  arrived: '済（もう来ています）',
  able: '可（来られます）',
  unable: '不可（来られません）',
};

export const FAMILIES = ['safe', 'harmed', 'unknown'] as const;
export type Family = (typeof FAMILIES)[number];
export const FAMILY_WORDS: Readonly<Record<Family, string>> = {
  safe: '無事',
  harmed: 'けがなどがある',
  unknown: '連絡がとれない',
};

/** How an answer came in: by the person in chat or on the web, or entered by somebody else. */
export const WAYS = ['chat', 'web', 'proxy'] as const;
export type ReplyWay = (typeof WAYS)[number];
export const WAY_WORDS: Readonly<Record<ReplyWay, string>> = {
  chat: 'チャット',
  web: 'Web',
  proxy: '代理入力',
};

/** 人的被害 of a center. */
export const DAMAGES = ['none', 'minor', 'severe'] as const;
export type Damage = (typeof DAMAGES)[number];
export const DAMAGE_WORDS: Readonly<Record<Damage, string>> = {
  none: 'なし',
  minor: '軽傷者あり',
  severe: '重傷者・要救助者あり',
};

export const BUILDINGS = ['intact', 'damaged', 'unusable'] as const;
export type Building = (typeof BUILDINGS)[number];
export const BUILDING_WORDS: Readonly<Record<Building, string>> = {
  intact: '被害なし',
  damaged: '一部被害',
  unusable: '使えない',
};

export const LIFELINES = ['power', 'water', 'gas', 'telecom'] as const;
export type Lifeline = (typeof LIFELINES)[number];
export const LIFELINE_NAMES: Readonly<Record<Lifeline, string>> = {
  power: '電気',
  water: '水道',
  gas: 'ガス',
  telecom: '通信',
};
export const SUPPLIES = ['works', 'out'] as const;
export type Supply = (typeof SUPPLIES)[number];
export const SUPPLY_WORDS: Readonly<Record<Supply, string>> = { works: '使える', out: '止まっている' };

export const SERVICES = ['usual', 'reduced', 'stopped'] as const;
export type Service = (typeof SERVICES)[number];
export const SERVICE_WORDS: Readonly<Record<Service, string>> = {
  usual: '通常',
  reduced: '縮小',
  stopped: '停止',
};

export const NEEDS = ['people', 'goods', 'vehicles'] as const;
export type Need = (typeof NEEDS)[number];
export const NEED_NAMES: Readonly<Record<Need, string>> = { people: '人', goods: '物資', vehicles: '車両' };

/** Who gave a center's report. */
export const REPORTERS = ['manager', 'deputy', 'proxy'] as const;
export type Reporter = (typeof REPORTERS)[number];
export const REPORTER_WORDS: Readonly<Record<Reporter, string>> = {
  manager: '管理者',
  deputy: '代行者',
  proxy: '代理入力',
};

/** What was found of a resident to be checked first. */
export const CHECKS = ['safe', 'help', 'absent'] as const;
export type Check = (typeof CHECKS)[number];
export const CHECK_WORDS: Readonly<Record<Check, string>> = {
  safe: '無事',
  help: '支援が必要',
  absent: '会えなかった',
};
export const UNKNOWN = '未確認';
