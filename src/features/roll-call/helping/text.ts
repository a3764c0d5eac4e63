/** What people read around 要救助. */
import { formatInstant } from '../../../lib/jst.ts';

const timeOf = (at: Date) => formatInstant(at).split(' ').at(-1) ?? '';

export const helpingText = {
  title: '要救助の方',
  asked: (who: string, center: string, at: Date) =>
    `*重傷・要救助* の報告がありました。\n${who}さん（${center}）　${timeOf(at)}`,
  askedHint: '安全を確かめたら、「要救助の方」から理由を書いて解除してください。',
  none: '要救助の方はいません。',
  count: (open: number) => `要救助　*${open}名*`,
  center: (short: string, count: number) => `*${short}*　${count}名`,
  line: (name: string, since: Date, now: string) => `${name}　${timeOf(since)}から　いまの回答: ${now}`,
  clear: '解除する',
  more: (count: number) => `ほかに${count}名います。画面でご覧ください。`,
  elsewhere: (short: string, count: number) => `${short}　${count}名`,
  cleared: '解除した方',
  clearedLine: (name: string, center: string, by: string, at: Date) =>
    `${name}（${center}）　${by}さんが${timeOf(at)}に解除`,
  reason: (reason: string) => `理由: ${reason}`,
  form: {
    title: '要救助の解除',
    about: (name: string, center: string, since: Date) =>
      `${name}さん（${center}）　${timeOf(since)}から要救助`,
    reason: '解除する理由',
    reasonHint: '本人と連絡がとれた、病院に運ばれた、など。画面だけに表示されます。',
    submit: '解除する',
  },
  errors: {
    required: '理由を書いてください。',
    tooLong: (max: number) => `${max}文字までで書いてください。`,
    notAllowed: '解除できるのは、そのセンターの管理者と代行の方、基幹型の管理者です。',
    notFound: '見つかりません。',
    notOpen: 'この方は、いま要救助ではありません。',
    askedAnew: '新しい要救助の報告がありました。一覧を開き直して、確かめてください。',
    clearedMeanwhile: (by: string, at: Date) => `先に${by}さんが${timeOf(at)}に解除しました。`,
  },
  section: {
    columns: {
      who: '名前',
      center: 'センター',
      since: '要救助になった時刻',
      now: 'いまの回答',
      cleared: '解除',
      reason: '理由',
    },
    open: '要救助',
    clearedBy: (by: string, at: string) => `${by}さんが${at}に解除`,
  },
  done: (name: string) => `${name}さんの要救助を解除しました。`,
  told: (by: string) =>
    `${by}さんが、あなたの要救助を解除しました。まだ助けが要るときは、もう一度「報告する」から知らせてください。`,
} as const;
