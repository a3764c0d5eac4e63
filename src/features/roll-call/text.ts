/** What every message and page of 点呼 says the same way. */
import { formatInstant } from '../../lib/jst.ts';
import {
  INSTRUCTION_WORDS,
  type Instruction,
  KIND_WORDS,
  PREFIXES,
  type RollCallKind,
  SCENARIO_WORDS,
  type Scenario,
} from './words.ts';

interface Named {
  kind: RollCallKind;
  reference: string;
  scenario: Scenario;
}

/** The first line of everything said of a roll-call: nobody may take a drill for real, nor the reverse. */
export function titled({ kind }: Pick<Named, 'kind'>, sentence: string): string {
  return `${PREFIXES[kind]}${sentence}`;
}

export function nameOf({ kind, reference, scenario }: Named): string {
  return titled({ kind }, `${reference} ${SCENARIO_WORDS[scenario]}`);
}

export const rollCallText = {
  drillCommand: '訓練',
  actualCommand: '点呼',
  drillSummary: '安否確認の訓練を始める・今の訓練に答える',
  actualSummary: '実際の災害での安否確認（点呼）を始める・答える',
  drillButton: '訓練',
  actualButton: '点呼',
  title: '点呼・訓練',
  kind: (kind: RollCallKind) => KIND_WORDS[kind],
  instructions: (list: readonly Instruction[]) =>
    list.map((each) => `・${INSTRUCTION_WORDS[each]}`).join('\n'),
  startedAt: (at: Date) => `開始 ${formatInstant(at)}`,
  startsAt: (at: Date) => `開始予定 ${formatInstant(at)}`,
  closedAt: (at: Date) => `終了 ${formatInstant(at)}`,
  noteOnPage: '連絡文があります。画面でご覧ください。',
  actions: {
    safe: '無事',
    reply: '報告する',
    replyFor: '代わりに入力する',
    centerReport: 'センターの状況を報告する',
    checks: '優先安否確認',
    open: '開く',
    silent: '未回答の方',
    help: '要救助の方',
    end: '終える',
    lesson: '気づき・改善点を送る',
  },
  submit: '送る',
  cancel: 'やめる',
  close: '閉じる',
  openPage: '画面を開く',
  notFound: '見つかりません。取りやめになったか、見られる方ではないのかもしれません。',
  notAllowed: '基幹型の管理者と、その代行の方ができます。',
} as const;
