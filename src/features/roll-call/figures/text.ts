/** Sentences of the report of a roll-call. */
import { formatInstant } from '../../../lib/jst.ts';
import { UNKNOWN } from '../words.ts';

const SECOND_MS = 1000;

/** `3分20秒`, from an hour on `1時間5分`. A second that has begun counts: at the time told it had happened. */
export function formatLength(ms: number): string {
  const seconds = Math.ceil(ms / SECOND_MS);
  if (seconds < 60) return `${seconds}秒`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes}分` : `${minutes}分${seconds % 60}秒`;
  return minutes % 60 === 0
    ? `${Math.floor(minutes / 60)}時間`
    : `${Math.floor(minutes / 60)}時間${minutes % 60}分`;
}

/** `96.7%`; 100% and 0% only where it is all or none. */
export function formatShare(count: number, of: number): string {
  if (of === 0) return reportText.nothing;
  const rounded = Math.round((count * 1000) / of) / 10;
  const shown = count < of ? Math.min(99.9, rounded) : rounded;
  return `${(count > 0 ? Math.max(0.1, shown) : shown).toFixed(1)}%`;
}

export const reportText = {
  title: (name: string) => `${name} 報告書`,
  runningTitle: (name: string) => `${name} 途中経過`,
  nothing: '―',
  notReached: '未到達',
  notYet: 'まだ',
  running: (at: Date) =>
    `まだ終わっていません。${formatInstant(at)}現在の途中経過です。終わると、ここが報告書になります。`,
  definitions:
    '率と時間は、終了時に名簿にある方の全員を分母にしています（答えた方だけの割合ではありません）。お一人につき、いちばん早い回答を、答えた時刻で数えます。時間は開始から数えます。途中で加わった方も同じです。',
  print: '印刷（A4）は、ブラウザの印刷からできます。',
  csv: 'CSVで取り出す',
  back: '点呼・訓練のページ（気づき・改善点）へ',
  improvements: '改善の約束を見る',
  people: (count: number) => `${count}名`,
  /** `令和8年11月22日 9:05`, of the date and of `11月22日(日) 9:05`. */
  moment: (date: string, instant: string) => `${date} ${instant.slice(instant.indexOf(' ') + 1)}`,
  rateAt: (minutes: number, share: string) => `${minutes}分 ${share}`,
  countOf: '（人数）',
  shareOf: '（率）',
  facts: {
    heading: 'あらまし',
    item: '項目',
    content: '内容',
    kind: '種別',
    scenario: '想定',
    started: '開始',
    ended: '終了',
    asOf: '途中経過の時刻',
    length: '開始から終了まで',
    lengthSoFar: '開始から',
    roster: '名簿（終了時）',
    answered: '回答',
    turnover: '名簿の変化',
    turnoverOf: (joined: number, left: number) =>
      `途中で加わった方${joined}名（分母に含む）、途中で外れた方${left}名（分母に含まない）`,
    help: '要救助',
    noHelp: '求めた方はいません',
    helpOf: (asked: number, cleared: number) => `求めた方${asked}名、うち解除${cleared}名`,
    helpTimes: (median: string, longest: string) => `（解除まで 中央値${median}、最長${longest}）`,
    reports: 'センターの報告',
    reportsOf: (count: number, centers: number) => `${centers}センターのうち${count}センター`,
    slack: 'Slackの停止',
    slackOf: (since: Date, back: Date | null) =>
      `${formatInstant(since)}から${back ? `${formatInstant(back)}まで` : ''}届きませんでした`,
    mailed: (at: Date) => `（${formatInstant(at)}にメールで案内）`,
    before: '比較した前回',
    beforeOf: (name: string, year: string, started: string) => `${name}（${year}、${started}開始）`,
    noBefore: '前年度までに終わった同じ種別のものがないため、比べていません',
    change: '前回との違い',
    changeOf: (same: number, joined: number, left: number) =>
      `両方の名簿にある方${same}名、今回だけの方${joined}名、前回だけの方${left}名`,
  },
  years: (yearsBefore: number) => (yearsBefore === 1 ? '前年度' : `${yearsBefore}年度前`),
  curve: {
    heading: '回答の進みかた',
    title: '開始からの時間と、回答した方の割合',
    desc: (now: string, before: string | null) =>
      `${now}。${before === null ? '' : `${before}。`}同じ数字を下の表に示します。`,
    line: (label: string, share: string) => `${label} ${share}`,
    minutes: '開始からの分',
    now: '今回',
    legendNow: '今回（実線・丸）',
    legendBefore: (label: string) => `${label}（破線・四角）`,
  },
  rates: {
    heading: '回答率と到達時間',
    item: '項目',
    now: (reference: string) => `今回 ${reference}`,
    before: (label: string, reference: string) => `${label} ${reference}`,
    sameNow: '同じ方の今回',
    sameBefore: (label: string) => `同じ方の${label}`,
    roster: '名簿',
    answered: '回答',
    within: (minutes: number) => `${minutes}分以内`,
    reached: (percent: number) => `T${percent}（名簿の${percent}%が答えるまで）`,
    afterEnd: 'その分数になる前に終わった回は、終了時の数です。',
  },
  ways: {
    heading: '回答の経路（最初の回答）',
    way: '経路',
    people: '名簿に対して',
    silent: '未回答',
    changed: '途中で別の経路でも答えた方',
  },
  effects: {
    heading: '催促の効果',
    step: '催促',
    after: (minutes: number) => `${minutes}分後`,
    heard: { managers: '管理者への連絡', core: '基幹型への連絡' },
    told: 'その時点で未回答の方',
    answered: (minutes: number) => `${minutes}分以内（次の催促より前）に回答`,
    none: '催促した方はいません。',
  },
  centers: {
    heading: 'センター別',
    chart: 'センター別の回答率',
    chartDesc: (centers: number) => `${centers}センターの回答率。同じ数字を下の表に示します。`,
    legend: '■ 回答　▨ 未回答',
    legendBefore: (label: string) => `■ 回答　▨ 未回答　┃ ${label}の回答率`,
    center: 'センター',
    roster: '名簿',
    answered: '回答',
    within: (minutes: number) => `${minutes}分以内`,
    reached: (percent: number) => `T${percent}`,
    reported: '第1報まで',
    before: (label: string) => `${label}の回答`,
    beforeReached: (label: string) => `${label}のT50`,
    noPartner: '前回はなし',
    notNow: '今回はなし',
    merged: '統合されたセンターの前回の分は、引き継いだセンターに合わせて数えています。',
  },
  reports: {
    heading: 'センターの報告（届いた順）',
    none: '報告はありませんでした。',
    after: '開始から',
    center: 'センター',
    number: '報',
    numberOf: (number: number) => `第${number}報`,
    reporter: '報告した方',
    damage: '人的被害',
    building: '建物',
    lifelines: 'ライフライン',
    gathered: '参集',
    service: '業務',
    checks: '優先安否確認',
    needs: '必要な支援',
    allWork: 'すべて使える',
    out: (names: readonly string[]) => `${names.join('・')}が止まっている`,
    unknownOf: (names: readonly string[]) => `${names.join('・')}は${UNKNOWN}`,
    noNeeds: 'なし',
    checksOf: (done: number | null, total: number | null) => `${done ?? UNKNOWN}／${total ?? UNKNOWN}`,
  },
  takeovers: {
    heading: '代替（ほかのセンターの引き受け）',
    none: '代替はありませんでした。',
    center: '業務ができないセンター',
    substitute: '代わりのセンター',
    proposed: '頼んだ時刻',
    accepted: '引き受けた時刻',
    ended: '終わった時刻',
    notAccepted: '引き受けなし',
  },
  checks: {
    heading: '優先安否確認',
    none: '優先安否確認の数を決めているセンターはありませんでした。',
    center: 'センター',
    done: '確かめた方',
    help: '支援が必要',
    absent: '会えなかった',
    total: '合計',
  },
  summary: {
    title: (name: string) => `${name} の結果`,
    answered: (count: number, of: number, share: string) => `回答 ${count}／${of}名（${share}）`,
    reached: (percent: number, when: string) => `T${percent} ${when}`,
    before: (label: string, reference: string, share: string) => `${label}（${reference}）の回答率 ${share}`,
    open: '報告書を見る',
  },
} as const;
