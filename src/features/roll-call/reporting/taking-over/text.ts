/** What people read where a center takes over for one that is closed (代替). */
import { formatInstant } from '../../../../lib/jst.ts';

export const takeoverText = {
  title: '代替センター',
  close: '閉じる',
  save: 'お願いする',
  accept: '引き受ける',
  choose: '別のセンターを選ぶ',
  chooseFirst: '代替センターを選ぶ',
  field: '代わりを務めるセンター',
  placeholder: '選んでください',
  proposed: (name: string, closed: string, substitute: string) =>
    `${name}\n*${closed}* が業務を続けられません。*${substitute}* に代替をお願いします。引き受けられるときは「引き受ける」を押してください。`,
  nobody: (name: string, closed: string) =>
    `${name}\n*${closed}* が業務を続けられませんが、代替できるセンターがありません。基幹型で決めてください。`,
  accepted: (name: string, closed: string, substitute: string) =>
    `${name}\n*${substitute}* が *${closed}* の代替を引き受けました。`,
  ended: (name: string, closed: string, substitute: string) =>
    `${name}\n*${closed}* が業務を再開しました。*${substitute}* の代替は終わりです。`,
  released: (name: string, closed: string, substitute: string) =>
    `${name}\n*${closed}* の代替は、*${substitute}* にお願いし直しました。`,
  releasedToNobody: (name: string, closed: string) => `${name}\n*${closed}* の代替のお願いは取り消しました。`,
  saved: (closed: string, substitute: string) => `${closed}の代替を、${substitute}にお願いしました。`,
  done: (closed: string) => `${closed}の代替を引き受けました。`,
  line: (closed: string, substitute: string, state: string) => `代替：${closed} → ${substitute}（${state}）`,
  lineOfNobody: (closed: string) => `代替：${closed} → 決まっていません`,
  states: {
    proposed: 'お願い中',
    accepted: (at: Date) => `${formatInstant(at)}から引き受け`,
    ended: (at: Date) => `${formatInstant(at)}に終了`,
  },
  refusals: {
    'not-found': '見つかりません。取りやめになったか、見られる方ではないのかもしれません。',
    'not-running': 'いまは実施していないため、できません。',
    'not-allowed': '代替をお願いしたセンターの管理者・代行の方と、基幹型の管理者ができます。',
    'not-commander': '基幹型の管理者と、その代行の方ができます。',
    'not-closed': 'そのセンターは、業務を続けられないという報告を出していません。',
    'not-able': 'そのセンターには、お願いできません。',
    ended: '代替は、もう終わっています。',
    accepted: (by: string, at: Date) => `もう引き受けています（${by}、${formatInstant(at)}）。`,
  },
  section: {
    heading: '代替',
    closed: '業務を続けられないセンター',
    substitute: '代替センター',
    state: '状態',
  },
} as const;
