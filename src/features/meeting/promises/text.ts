/** What people read of promises. */
import { formatDate, type JapanDate } from '../../../lib/jst.ts';

export const promisesText = {
  title: '約束ごと',
  lead: '会議で約束したことです。果たしたら「果たした」を押してください。',
  mine: 'あなたとあなたのセンターの約束',
  center: 'センターの職員の約束',
  arranged: 'あなたが主催する会議の約束',
  carried: '前回までの約束',
  none: 'いま果たすことになっている約束はありません。',
  count: (count: number) => `果たすことになっている約束が${count}件あります。内容は画面で読めます。`,
  more: 'ほかにもあります。すべては画面で見られます。',
  due: (on: JapanDate | null) => (on === null ? '期限なし' : `${formatDate(on)}まで`),
  overdue: '期限を過ぎています',
  line: (meeting: string, due: string, who: string) => `${meeting}　${due}　${who}`,
  keep: '果たした',
  drop: 'やめる',
  move: '期限を変える',
  dueField: '期限',
  done: {
    kept: '果たしたことを記録しました。',
    dropped: '約束をやめました。',
    moved: '期限を変えました。',
    settled: 'この約束は、すでに終わっています。',
  },
  notFound: '見つかりません。すでに終わったか、この約束を扱える方ではないのかもしれません。',
  badDate: '期限の日付を入力してください。',
  back: '会議の一覧へ',
  close: '戻る',
  remind: {
    soon: (meeting: string, day: string) => `${meeting} での約束の期限が近づいています（${day}まで）。`,
    due: (meeting: string, day: string) => `${meeting} での約束の期限は今日です（${day}）。`,
  },
  open: '約束ごとを開く',
} as const;
