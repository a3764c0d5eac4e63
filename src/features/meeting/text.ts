/** What people read of 会議 everywhere: names, dates, facts. Each subject has a text of its own beside it. */
import { formatDate, formatInstant, japanDate } from '../../lib/jst.ts';

/** `12月3日(木) 14:00〜15:30`; the end with its date only when it is another day. */
export function formatSpan(startsAt: Date, endsAt: Date): string {
  const until = formatInstant(endsAt);
  const isSameDay = japanDate(startsAt) === japanDate(endsAt);
  return `${formatInstant(startsAt)}〜${isSameDay ? until.slice(formatDate(japanDate(endsAt)).length + 1) : until}`;
}

export const meetingText = {
  command: '会議',
  commandSummary: '会議の予定・日程調整・出欠・議題・議事録',
  commandButton: '会議を見る',
  title: '会議',
  close: '閉じる',
  back: '戻る',
  submit: '登録する',
  name: (reference: string, kind: string, title: string | null) =>
    title === null ? `${reference} ${kind}` : `${reference} ${kind}「${title}」`,
  dateOpen: '日程調整中',
  facts: {
    date: '日時',
    place: '場所',
    url: 'オンライン',
    papers: '資料',
    host: '主催',
    status: '状況',
    answerBy: '出欠の締切',
    agendaBy: '議題の締切',
    quorum: '定足数',
  },
  linkLabel: '開く',
  answered: (answered: number, of: number) => `出欠の回答 ${answered}/${of}`,
  counts: (words: readonly string[]) => words.join('　'),
  count: (word: string, count: number) => `${word} ${count}`,
  trainingCount: (accepted: number, seats: number | null, waiting: number) =>
    `申込 ${accepted}${seats === null ? '名' : `/${seats}名`}${waiting > 0 ? `　待ち ${waiting}名` : ''}`,
  pollCount: (voted: number, of: number) => `回答 ${voted}/${of}センター`,
  pollCloses: (instant: string) => `締切 ${instant}`,
  open: '会議の画面を開く',
  privateMark: '🔒 参加する方だけに見えている会議です。',
  personalData: {
    kinds: {
      phone: '電話番号',
      mail: 'メールアドレス',
      my_number: 'マイナンバー',
      insured_number: '被保険者番号',
      person_name: '氏名',
      address: '住所',
      birth_date: '生年月日',
      known_value: '対象者の情報',
    },
    inFact: (kinds: string) =>
      `${kinds}が入っているようです。ここに書いたことはSlackにも出るので、個人のことは書けません。`,
  },
  notFound: '見つかりません。中止になったか、この会議を見られる方ではないのかもしれません。',
} as const;
