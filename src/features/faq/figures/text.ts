/** What people read of the figures of the FAQ. Each figure says what it counts. */
import { eraYear, formatLongDate, type JapanDate, japanDate } from '../../../lib/jst.ts';
import { ASK_WAYS, type AskWay } from '../words.ts';
import { LAST_DAYS, type Period, SOLVED_AFTER_DAYS, type Span } from './rules.ts';

export const figuresText = {
  title: 'FAQの利用の状況',
  lead: 'たずねられた言葉は出ません。出るのは件数と、公開中のFAQの質問文だけです。',
  period: '期間',
  show: '表示する',
  csv: 'CSVで保存',
  back: 'FAQへ',
  span: ({ from, until }: Span) =>
    `${formatLongDate(japanDate(from))}から${formatLongDate(japanDate(new Date(until.getTime() - 1)))}まで`,
  periodOf: (period: Period, firstMonth: number) => {
    switch (period.kind) {
      case 'last':
        return `最近${LAST_DAYS}日`;
      case 'year':
        return `${eraYear(period.year, firstMonth)}年度`;
      case 'quarter':
        return `${eraYear(period.year, firstMonth)}年度 第${period.quarter}四半期`;
    }
  },
  none: 'ありません。',
  item: '項目',
  count: '件数',
  share: '割合',
  percent: (some: number, all: number) => (all === 0 ? '－' : `${Math.round((some / all) * 100)}%`),
  totals: {
    heading: '全体',
    note: 'たずねた回数です。同じ方が1時間以内に同じことをたずねたときは、1回と数えます。「答えがなかった回数」には、FAQが出ても相談に進んだものを含みます。',
    asks: 'たずねた回数',
    people: 'たずねた人数',
    found: 'FAQが見つかった回数',
    read: '答えの全文が読まれた回数',
    unanswered: '答えがなかった回数',
    helpful: '「役に立った」',
    unhelpful: '「役に立たなかった」',
  },
  solved: {
    heading: '相談せずに解決したと思われるもの',
    note: `たずねてから${SOLVED_AFTER_DAYS}日がたったもののうち、答えの全文を読み、その後${SOLVED_AFTER_DAYS}日のあいだに同じ方が基幹型への相談を送らなかった回数です。${SOLVED_AFTER_DAYS}日がたっていないものは、まだ数えていません。`,
    asks: `${SOLVED_AFTER_DAYS}日がたった質問`,
    read: 'うち、答えの全文が読まれたもの',
    solved: 'うち、相談が送られなかったもの',
  },
  questions: {
    heading: '答えのなかった質問',
    note: '同じことをたずねた質問は、まとめて1件と数えます。回答までの日数は、この期間に回答済みになった質問の、登録から回答までの日数の中央値です。',
    open: '今、未回答',
    answered: 'この期間に回答済み',
    setAside: 'この期間に「対応しない」・統合',
    median: '回答までの日数（中央値）',
    days: (days: number | null) => (days === null ? '－' : `${days}日`),
  },
  ways: {
    heading: 'たずね方',
    note: 'どこからたずねたかの回数です。',
    way: 'たずね方',
    of: (way: AskWay) => ASK_WAYS[way],
  },
  centers: {
    heading: 'センター別',
    note: 'たずねた方が、そのとき所属していたセンターごとの回数です。',
    center: 'センター',
    asks: 'たずねた回数',
    unanswered: '答えがなかった回数',
  },
  months: {
    heading: '月別',
    note: 'たずねた回数です。',
    month: '月',
    chart: '月ごとの、たずねた回数の棒グラフ',
    of: (month: string) => `${month.slice(0, 4)}年${Number(month.slice(5))}月`,
  },
  asked: {
    heading: 'よくたずねられたこと',
    note: 'たずねたときに最初に出たFAQごとの回数です。',
  },
  read: { heading: 'よく読まれたFAQ', note: '質問から答えの全文が開かれた回数です。' },
  helpful: {
    heading: '「役に立った」の多いFAQ',
    note: 'この期間に「役に立った」を選んだ人数です。選び直したときは、最後のものだけを数えます。',
  },
  unhelpful: {
    heading: '「役に立たなかった」の多いFAQ',
    note: 'この期間に「役に立たなかった」を選んだ人数です。書き直しを考えてください。',
  },
  entry: { number: '番号', question: '質問', reviewedOn: '確認日', owner: '担当' },
  stale: {
    heading: '見直しが必要なFAQ',
    note: (count: number) =>
      `公開中で、最後に内容を確かめてから1年を過ぎたFAQは、今 ${count}件です。古いものから出しています。`,
    never: '記録なし',
    on: (on: JapanDate) => formatLongDate(on),
    nobody: '未定',
  },
} as const;
