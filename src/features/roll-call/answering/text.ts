/** What people read around their own answer, and those that are entered for others. */
import { formatInstant } from '../../../lib/jst.ts';
import {
  COMING_WORDS,
  type Coming,
  FAMILY_WORDS,
  type Family,
  KIND_WORDS,
  PLACE_WORDS,
  type RollCallKind,
  SAFETY_WORDS,
  type Safety,
  type Whereabouts,
} from '../words.ts';

export interface SaidAnswer {
  safety: Safety | null;
  place: Whereabouts | null;
  coming: Coming | null;
  comingMinutes: number | null;
  family: Family | null;
}

/** `無事、自宅、参集 可（30分）、家族 無事`: what was said, and nothing of what was not. */
function answerWords({ safety, place, coming, comingMinutes, family }: SaidAnswer): string {
  const minutes = coming === 'able' && comingMinutes !== null ? `（${comingMinutes}分）` : '';
  return [
    safety && SAFETY_WORDS[safety],
    place && PLACE_WORDS[place],
    coming && `参集 ${COMING_WORDS[coming]}${minutes}`,
    family && `家族 ${FAMILY_WORDS[family]}`,
  ]
    .filter(Boolean)
    .join('、');
}

/** `21:03` */
function timeOf(at: Date): string {
  return formatInstant(at).split(' ').at(-1) ?? '';
}

export const answeringText = {
  answerWords,
  timeOf,
  tapped: (at: Date) =>
    `無事と受け付けました（${timeOf(at)}）。けがや居場所などは「報告する」から知らせてください。`,
  tappedAgain: (at: Date) => `もう受け付けています（${timeOf(at)}）。`,
  /** An older press came in late, or came in again: what counts is said. */
  counts: (answer: string, at: Date) => `すでに新しい回答を受け付けています（${timeOf(at)} ${answer}）。`,
  helpStays: '管理者と基幹型に知らせました。管理者が確かめて解除するまで、要救助のままです。',
  saved: (answer: string, at: Date) => `受け付けました（${timeOf(at)} ${answer}）。`,
  savedFor: (name: string, answer: string) => `${name}さんの回答を受け付けました（${answer}）。`,
  closed: (kind: RollCallKind) => `この${KIND_WORDS[kind]}はもう終わっています。回答は受け付けていません。`,
  notOnRoster: '対象ではないため、回答は要りません。',
  notAsked: 'この方は対象ではありません。',
  notForYou: '代わりに入力できるのは、同じセンターの方と基幹型の方です。',
  nobodyToEnterFor: '代わりに入力できる方がいません。',
  form: {
    title: '安否の報告',
    proxyTitle: '代わりに入力する',
    person: '誰の回答ですか',
    choosePerson: '選んでください',
    silentMark: '未回答',
    safety: '安否',
    place: '居場所',
    coming: 'センターに来られますか',
    minutes: '何分後に着きますか（「可」のとき）',
    minutesHint: '1〜600の数字で入力してください。',
    family: '家族',
    unsaid: '答えない',
    center: 'どのセンターの方ですか',
    next: '次へ',
    silentOf: (silent: number, people: number) => `未回答 ${silent}名／${people}名`,
  },
  errors: {
    required: '選んでください。',
    minutesMissing: '「可」のときは、何分後に着くかを入力してください。',
    minutesWrong: '1〜600の数字で入力してください。',
    comingMissing: '来られるときは「可」を選んでください。',
    nobodyInCenter: 'このセンターには、代わりに入力できる方がいません。',
  },
  own: {
    silent: 'あなたの回答　*未回答*',
    answered: (answer: string, at: Date, way: string) => `あなたの回答　*${answer}*（${timeOf(at)}、${way}）`,
    answeredBy: (answer: string, at: Date, by: string) =>
      `あなたの回答　*${answer}*（${timeOf(at)}、${by}が入力）`,
    helpOpen: (at: Date) => `要救助として、管理者と基幹型に知らせています（${timeOf(at)}から）。`,
  },
  entered: (by: string, answer: string) =>
    `${by}があなたの回答を代わりに入力しました。\n*${answer}*\n違うときは、ボタンから答え直してください。`,
  by: {
    person: (mention: string) => `${mention}さん`,
    card: '案内カードを使った方',
    link: '案内のリンクを使った方',
  },
} as const;
