/** What people read of the survey after a training. */
import { formatInstant } from '../../../../lib/jst.ts';

export const surveyText = {
  title: '研修アンケート',
  submit: '送信する',
  close: '閉じる',
  about: '研修のアンケート',
  intro: '答えは主催者に、名前を伏せてまとめて伝わります。14日のあいだは、答え直すことができます。',
  fields: {
    understood: '内容は分かりやすかったですか',
    useful: '仕事に役立ちそうですか',
    comment: 'ひとこと',
  },
  commentHint: '対象者の名前など、個人のことは書かないでください。',
  marks: {
    5: '5 とてもそう思う',
    4: '4 そう思う',
    3: '3 どちらともいえない',
    2: '2 あまり思わない',
    1: '1 思わない',
  },
  ask: (name: string, until: Date) =>
    `*${name}* へのご参加、ありがとうございました。3問のアンケートにお答えください（${formatInstant(until)}まで）。`,
  button: 'アンケートに答える',
  thanks: 'お答えいただき、ありがとうございました。',
  notFound: 'このアンケートは見つかりません。',
  closed: 'アンケートは締め切りました。',
  errors: {
    required: '選んでください。',
    tooLong: (max: number) => `${max}文字までで入力してください。`,
  },
  results: 'アンケートの結果',
  few: (count: number, min: number) =>
    `回答は${count}件です。${min}件に満たないあいだは、誰の答えか分からないよう、内容は表示しません。`,
  answers: (count: number) => `回答${count}件`,
  average: (average: number) => `平均 ${average.toFixed(1)}`,
  columns: { question: '設問', average: '平均' },
  comments: 'ひとこと',
  noComments: 'ひとことはありません。',
} as const;
