/** What the board says, in chat and on its page. */
import { formatInstant } from '../../../lib/jst.ts';
import type { Building, Damage, Service } from '../words.ts';

const MINUTES_AN_HOUR = 60;

function duration(minutes: number): string {
  const hours = Math.floor(minutes / MINUTES_AN_HOUR);
  const rest = minutes % MINUTES_AN_HOUR;
  if (hours === 0) return `${rest}分`;
  return rest === 0 ? `${hours}時間` : `${hours}時間${rest}分`;
}

const people = (count: number) => `${count.toLocaleString('ja-JP')}名`;

export const boardText = {
  state: { scheduled: '予定', running: '実施中', closed: '終了', cancelled: '取りやめ' },
  sinceStart: (minutes: number) => `開始から${duration(minutes)}`,
  lasted: (minutes: number) => `開始から終了まで${duration(minutes)}`,
  answered: (answered: number, roster: number, percent: number) =>
    `回答 ${answered.toLocaleString('ja-JP')}/${people(roster)}（${percent}%）`,
  silent: (count: number) => `未回答 ${people(count)}`,
  safe: (count: number) => `無事 ${people(count)}`,
  minor: (count: number) => `軽傷 ${people(count)}`,
  severe: (count: number) => `重傷・要救助 ${people(count)}`,
  help: (count: number) => `要救助 ${people(count)}`,
  helpOpen: (count: number) => `要救助の方が ${people(count)} います（まだ解除されていません）`,
  coming: (count: number) => `参集できる方 ${people(count)}`,
  reported: (count: number, centers: number) => `状況の報告 ${count}/${centers}センター`,
  slackDown: (at: Date) => `${formatInstant(at)}からSlackに届きませんでした。`,
  mailed: 'メールでも案内しました。',
  slackBack: (at: Date) => `${formatInstant(at)}からは、また届いています。`,
  unmailed: (count: number) =>
    `メールアドレスがなく、まだ回答のない方が${people(count)}います。電話などで確かめてください。`,
  services: { usual: '●通常', reduced: '◐縮小', stopped: '■停止' } satisfies Record<Service, string>,
  serviceUnknown: '○未確認',
  damages: { none: '', minor: '軽傷者あり', severe: '重傷者・要救助者あり' } satisfies Record<Damage, string>,
  buildings: { intact: '', damaged: '建物一部被害', unusable: '建物使えない' } satisfies Record<
    Building,
    string
  >,
  out: (names: readonly string[]) => `止:${names.join('・')}`,
  needs: (names: readonly string[]) => `支援:${names.join('・')}`,
  number: (number: number) => `第${number}報`,
  checks: (done: number, total: number) => `優先${done}/${total}`,
  takeover: (short: string) => `代替:${short}`,
  takeoverProposed: (short: string) => `代替:${short}（お願い中）`,
  tileHelp: (count: number) => `要救助${count}名`,
  tiles: 'センターの状況',
  legend:
    '回答した人数/全員　業務 ●通常 ◐縮小 ■停止 ○未確認　止=止まっているもの　支援=求めているもの　優先=優先安否確認の済んだ数',
  moreTiles: (count: number) => `ほか${count}センターは、画面でご覧ください。`,
  report: '結果を見る',

  heading: '全体の状況',
  refresh: '更新する',
  stop: '自動更新を止める',
  resume: '自動更新を再開する',
  live: '5秒ごとに自動で更新しています。',
  stopped: '自動更新を止めています。',
  lost: 'いまは更新できません。つながりしだい、自動で更新します。',
  signedOut: 'サインインし直してから、画面を開き直してください。',
  ended: '終わりました。',
  table: '表で見る',
  caption: (name: string) => `${name} センターごとの状況`,
  columns: {
    center: 'センター',
    answered: '回答',
    help: '要救助',
    coming: '参集できる方',
    service: '業務',
    damage: '被害',
    out: '止まっているもの',
    needs: '必要な支援',
    checks: '優先安否確認',
    takeover: '代替',
    report: '報告',
  },
  none: 'なし',
  notReported: '未報告',
  notKept: '登録なし',
  silentHeading: '未回答の方',
  allAnswered: '全員が回答しました。',
  silentOf: (short: string, count: number) => `${short}（${people(count)}）`,
  silentElsewhere: (count: number) =>
    `ほかのセンターの未回答の方は、あわせて${people(count)}です（お名前は、そのセンターと基幹型・市が見られます）。`,
} as const;
