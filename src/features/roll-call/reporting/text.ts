/** What people read and are asked around the reports of centers (第n報). */
import { formatInstant } from '../../../lib/jst.ts';
import {
  BUILDING_WORDS,
  DAMAGE_WORDS,
  LIFELINE_NAMES,
  NEED_NAMES,
  REPORTER_WORDS,
  type Reporter,
  SERVICE_WORDS,
  SUPPLY_WORDS,
  UNKNOWN,
} from '../words.ts';

/** `第2報` */
export function reportNumber(number: number): string {
  return `第${number}報`;
}

export const reportingText = {
  title: 'センターの状況',
  chooseTitle: 'どのセンターの報告か',
  choose: '選んでください',
  next: '次へ',
  submit: '報告する',
  close: '閉じる',
  heading: (center: string, number: number) => `${center} ${reportNumber(number)}`,
  startsFromLast: (number: number) =>
    `${reportNumber(number)}の内容から始まります。変わったところだけ直してください。`,
  noNoteHere: '自由記述は、画面の「センターの状況を報告する」から書けます。',
  quick: {
    label: 'まとめて',
    hint: '「すべて異常なし」を選ぶと、未確認のままの項目が、被害なし・使える・通常・支援なしになります。人数と件数は変わりません。',
    each: '個別に選ぶ',
    fine: 'すべて異常なし',
  },
  fields: {
    damage: '人的被害',
    building: '建物',
    power: LIFELINE_NAMES.power,
    water: LIFELINE_NAMES.water,
    gas: LIFELINE_NAMES.gas,
    telecom: LIFELINE_NAMES.telecom,
    gathered: '参集人数',
    service: '業務',
    checks: '優先安否確認',
    checksDone: '優先安否確認 できた数',
    checksTotal: '優先安否確認 全体の数',
    needs: '必要な支援',
    note: '自由記述',
  },
  gatheredHint: 'いまセンターに集まっている職員の数です。',
  checksFromList: '名簿に付けた結果が入っています。',
  needsHint: 'どれも選ばないと、未確認になります。',
  noNeeds: '支援は要らない',
  noteHint: '画面でだけ、基幹型・市とご自分のセンターの方が読めます。住民の氏名は書かないでください。',
  unknown: UNKNOWN,
  words: {
    damage: DAMAGE_WORDS,
    building: BUILDING_WORDS,
    supply: SUPPLY_WORDS,
    service: SERVICE_WORDS,
  },
  people: (count: number) => `${count}人`,
  checks: (done: number | null, total: number | null) => `${done ?? UNKNOWN}／${total ?? UNKNOWN}`,
  needsOf: (needs: readonly (keyof typeof NEED_NAMES)[]) =>
    needs.length === 0 ? 'なし' : needs.map((need) => NEED_NAMES[need]).join('・'),
  fact: (label: string, value: string) => `${label}：${value}`,
  saved: (center: string, number: number) => `${center}の${reportNumber(number)}を送りました。`,
  overtaken: (number: number, by: string, at: Date) =>
    `${reportNumber(number)}が先に出ています（${by}、${formatInstant(at)}）。下には入力した内容が残っています。直して、もう一度送ってください。`,
  latest: (center: string, number: number, at: Date, by: string) =>
    `*${center} ${reportNumber(number)}*（${formatInstant(at)}、${by}）`,
  none: (center: string) => `*${center}* の状況は、まだ報告されていません。`,
  noneAtEnd: (center: string) => `*${center}* の状況は、報告されませんでした。`,
  refusals: {
    'not-found': '見つかりません。取りやめになったか、見られる方ではないのかもしれません。',
    'not-running': 'いまは実施していないため、報告できません。',
    'not-allowed': 'そのセンターの報告は、センターの方と基幹型の方ができます。',
    'not-asked': 'そのセンターは、この点呼・訓練の対象ではありません。',
    'no-center': '報告できるセンターがありません。',
  },
  errors: {
    choose: 'センターを選んでください。',
    number: '0から9999までの整数を書いてください。',
    overTotal: '全体の数より大きくなっています。',
    noteTooLong: (max: number) => `${max}文字までです。`,
  },
  alarm: (name: string, center: string, number: number) =>
    `${name}\n*${center} ${reportNumber(number)}* から、対応が必要な報告です。`,
  section: {
    heading: 'センターからの報告',
    none: 'まだ報告はありません。',
    center: 'センター',
    number: '報',
    at: '時刻',
    by: '報告した方',
    state: '状況',
    lifelines: 'ライフライン',
    more: '参集・確認・支援',
    history: (center: string) => `${center}の報告の経過`,
    noChange: '変わりなし',
    note: '自由記述',
    reporter: (name: string, reporter: Reporter) => `${name}（${REPORTER_WORDS[reporter]}）`,
  },
} as const;
