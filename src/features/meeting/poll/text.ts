/** What people read of a poll. */
import { meetingText } from '../text.ts';
import type { Vote } from '../words.ts';
import { VOTE_WORDS } from '../words.ts';

type Tally = Readonly<Record<Vote, number>>;

const tally = ({ yes, maybe, no }: Tally) =>
  `${VOTE_WORDS.yes}${yes} ${VOTE_WORDS.maybe}${maybe} ${VOTE_WORDS.no}${no}`;

export const pollText = {
  heading: '日程調整',
  close: '閉じる',
  choose: '選ぶ',
  tally,
  opened: (name: string) => `*${name}* の日程調整です。センターごとに、候補の日に○△×でお答えください。`,
  reopened: (name: string) => `*${name}* の日程調整の締切が変わりました。答えは締切まで変えられます。`,
  until: (instant: string) => `締切　${instant}`,
  candidates: (count: number) => `候補　${count}件`,
  /** Few enough to be listed. */
  candidateList: (spans: readonly string[]) => ['候補', ...spans.map((span) => `・${span}`)].join('\n'),
  /** Above the list of the best dates. */
  best: '有力な日程',
  bestLine: (place: number, span: string, counts: Tally, isQuorate: boolean) =>
    `${place}. ${span}　${tally(counts)}${isQuorate ? '' : '（定足数に届いていません）'}`,
  noVotes: 'まだ回答がありません。',
  answered: (voted: number, of: number, instant: string) => `回答 ${voted}/${of} センター　締切 ${instant}`,
  silent: (shorts: readonly string[]) => `未回答: ${shorts.join('、')}`,
  closedState: (voted: number, of: number) => `締め切りました。回答 ${voted}/${of} センター`,
  quorum: (needed: number, of: number) => `定足数 ${needed}/${of} センター（○と△）`,
  buttons: {
    vote: '日程に答える',
    decide: '日程を決める',
    close: '締め切る',
    reopen: '締切を変える',
    open: '詳しく見る',
  },
  vote: {
    title: '日程に答える',
    submit: '答える',
    about: (name: string, instant: string) => `*${name}*　締切 ${instant}`,
    forCenter: (center: string) =>
      `*${center}* の回答です。\n○ 出席できる　△ 調整すれば出席できる　× 出席できない`,
    before: (voter: string, proxy: boolean, instant: string) =>
      `いまの回答: ${voter}${proxy ? '（代理）' : ''}　${instant}。送ると入れ替わります。`,
    otherCenter: 'センターを選ぶ',
    hint: (counts: Tally) => `いま ${tally(counts)}`,
    done: (center: string) => `${center}の回答を受け付けました。締切まで変えられます。`,
    doneLast: (center: string) => `${center}の回答を受け付けました。全センターがそろったので締め切りました。`,
  },
  decide: {
    title: '日程を決める',
    submit: '決めて知らせる',
    date: '日程',
    option: (span: string, counts: Tally, isQuorate: boolean) =>
      `${span} ${tally(counts)}${isQuorate ? '' : ' 定足数不足'}`,
    answerBy: '出欠の締切',
    agendaBy: '議題の締切',
    reason: '定足数に届かない日程に決める理由',
    reasonHint: '定足数に届かない日程のときだけ必要です。会議の画面に残り、チャットには出ません。',
    done: '日程を決めて、参加する方に知らせました。',
  },
  reopen: {
    title: '日程調整の締切',
    submit: '変えて知らせる',
    on: '新しい締切日',
    at: '時刻',
    done: '締切を変えて、参加する方に知らせました。',
  },
  closedByHand: '日程調整を締め切りました。',
  alreadyClosed: '日程調整はもう締め切られています。',
  closedDm: (name: string) => `*${name}* の日程調整を締め切りました。日程を決めてください。`,
  reminder: (name: string) => `*${name}* の日程の回答がまだです。`,
  section: {
    title: '日程調整',
    date: '候補',
    center: 'センター',
    voter: '答えた方',
    total: '合計',
    proxy: '（代理）',
    decided: '決定',
    override: '定足数に届かない日程に決めた理由',
  },
  errors: {
    required: '○△×から選んでください。',
    notDate: '日付を選んでください。',
    notTime: '時刻を選んでください。',
    past: '過ぎた日時です。',
    afterCandidates: '最後の候補より前にしてください。',
    afterMeeting: '会議の日までの日付にしてください。',
    beforeToday: '今日からあとの日付にしてください。',
    closed: '日程調整は締め切られました。変えるときは主催者に連絡してください。',
    notInvited: 'あなたのセンターは、この日程調整に招かれていません。',
    notArranger: 'この会議の主催者だけができます。',
    notFound: meetingText.notFound,
    notPolling: 'この会議の日程調整は終わっています。',
    stillOpen: 'まだ締め切られていません。',
    decidedBy: (name: string, span: string) => `すでに${name}が ${span} に決めました。`,
    datePast: 'この日時は過ぎました。ほかの日程を選んでください。',
    belowQuorum: (have: number, needed: number) =>
      `定足数に届きません（○と△ ${have}、必要 ${needed}）。この日程に決めるときは理由を入力してください。`,
    belowQuorumOnPage: (have: number, needed: number) =>
      `定足数に届きません（○と△ ${have}、必要 ${needed}）。理由を書いて決めるときは、会議の画面で決めてください。`,
    tooLong: (max: number) => `${max} 字までで入力してください。`,
  },
} as const;
