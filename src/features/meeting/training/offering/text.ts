/** What people read when a training is planned and announced. */
import { formatDate, type JapanDate } from '../../../../lib/jst.ts';

export const offeringText = {
  title: '研修を企画する',
  submit: '登録して知らせる',
  fields: {
    kind: '研修の種類',
    title: '研修名',
    on: '開催日',
    starts: '開始時刻',
    minutes: '長さ（分）',
    place: '場所',
    url: 'オンラインのURL',
    seats: '定員（空欄は定員なし）',
    professions: '対象の職種（選ばなければ全職種）',
    applyBy: '申込の締切日',
  },
  titleHint: 'チャンネルに載ります。個人のことは書かないでください。',
  choose: '選んでください',
  noKind: '企画できる研修の会議体がありません。会議体の設定で「研修」を選んだ会議体を登録してください。',
  notFound: 'この会議体の研修は企画できません。',
  done: (reference: string) => `${reference} を登録し、お知らせしました。`,
  offered: (name: string) => `*${name}* の申込を受け付けています。`,
  applyBy: (on: JapanDate) => `申込は${formatDate(on)}までです。`,
  errors: {
    required: '入力してください。',
    tooLong: (max: number) => `${max}文字までで入力してください。`,
    notDate: '日付を選んでください。',
    past: 'これからの日時を選んでください。',
    notTime: '時刻を選んでください。',
    minutes: '10から600までの分で入力してください。',
    url: 'https:// か http:// で始まるURLを入力してください。',
    seats: '1から1000までの数で入力してください。',
    applyBy: '今日から開催日までの日を選んでください。',
  },
} as const;
