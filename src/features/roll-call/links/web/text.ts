/** What people read on the pages that open without a sign-in. Plain words: they may be hurt, or in the dark. */
import { formatInstant } from '../../../../lib/jst.ts';
import type { SaidAnswer } from '../../answering/text.ts';
import { answeringText } from '../../answering/text.ts';

export const safetyText = {
  isDrill: 'これは訓練です。実際の災害ではありません。',
  isActual: 'これは訓練ではありません。',
  /** It may have been forwarded: whose page it is, and no more. */
  forWhom: (center: string, familyName: string) => `${center}の${familyName}さんのページです。`,
  asked: 'お願いしたいこと',
  note: '連絡文',
  safe: '無事です',
  more: 'くわしく知らせる',
  safety: '安否',
  place: '居場所',
  coming: 'センターに来られますか',
  minutes: '何分後に着きますか（「可」のとき）',
  minutesHint: '1〜600の数字',
  family: '家族',
  unsaid: '答えない',
  send: '送る',
  silent: 'まだ回答していません。',
  counts: (answer: SaidAnswer, at: Date) =>
    `いまの回答は「${answeringText.answerWords(answer)}」です（${formatInstant(at)}）。`,
  taken: (counts: string) => `受け付けました。${counts}`,
  howToChange: '変わったときは、このページからもう一度送ってください。新しいほうが回答になります。',
  help: '要救助として受け付け、管理者と基幹型に知らせました。管理者が確かめて解除するまで続きます。',
  nothingByOpening: 'このページを開いただけでは、何も送られません。',
  waiting: 'まだ送れていません。電波が戻りしだい送ります。このページを開いたままにしてください。',
  others: 'ほかの方の分を入力する',
  othersLead: (center: string) =>
    `${center}の、まだ回答していない方の分を、代わりに入力できます。入力したことは、ご本人に知らされます。`,
  nobodySilent: '回答していない方はいません。',
  who: '誰の回答ですか',
  choose: '選んでください',
  savedFor: (name: string, answer: SaidAnswer) =>
    `${name}さんの回答を受け付けました（${answeringText.answerWords(answer)}）。`,
  answeredMeanwhile: (name: string) => `${name}さんは、すでに回答しています。`,
  back: '自分のページに戻る',
  ended: 'もう終わっています。回答は受け付けていません。',
  expired: 'このアドレスの期限が切れました。所属センターの管理者に知らせてください。',
  notFoundTitle: 'ページが見つかりません',
  notFound:
    'アドレスが途中で切れているか、使えなくなっています。メールやカードのアドレスを、もう一度確かめてください。',
  elsewhere: 'ほかのサイトからは送れません。メールやカードのアドレスから開いてください。',
  tooMany: '続けて送られています。1分ほど待って、もう一度送ってください。',
  tooLarge: '送られた内容が大きすぎます。',
  fault: 'いまは受け付けられません。少し待って、もう一度送ってください。',
  faultTitle: '受け付けられませんでした',
  errors: {
    title: '入力を確かめてください',
    safety: '安否を選んでください。',
    minutes: '「可」のときは、何分後に着くかを1〜600の数字で入力してください。',
    person: '誰の回答かを選んでください。',
    by: '誰が入力しているかを選んでください。',
  },
} as const;
