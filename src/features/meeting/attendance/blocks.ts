/** What attendance adds to the view of a meeting: who comes so far, what this person answered, and the buttons to answer. */
import type { types } from '@slack/bolt';
import { formatDate } from '../../../lib/jst.ts';
import { button, contextLine, markdownSection } from '../../../slack/block-kit.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { Actor } from '../../directory/actor.ts';
import type { InvitedSeat, LoadedMeeting } from '../data.ts';
import type { MeetingPart } from '../parts.ts';
import { mayArrange } from '../rules.ts';
import { ATTENDANCE_WORDS, ATTENDANCES } from '../words.ts';
import { answerButtons } from './notices.ts';
import { countAnswers, denialOfAnswer, ownSeats } from './rules.ts';
import { attendanceText as text } from './text.ts';

/** Of the button by which those who arrange a meeting answer for any seat. */
export const ANSWER_FOR = 'meeting.attend.for';

export const attendancePart: MeetingPart = (loaded, actor, now) => {
  const { meeting, seats } = loaded;
  if (meeting.status === 'polling' || meeting.status === 'cancelled' || seats.length === 0) return [];
  const buttons = buttonsFor(loaded, actor, now);
  return [
    { type: 'divider' },
    markdownSection([countsLine(seats), ...ownLines(loaded, actor)].join('\n')),
    ...(meeting.answerBy !== null && meeting.status === 'fixed'
      ? [contextLine(text.answerBy(formatDate(meeting.answerBy)))]
      : []),
    ...(buttons.length > 0 ? [{ type: 'actions' as const, elements: buttons }] : []),
  ];
};

/** `*出欠* 出席 3 オンライン 1 …`. */
export function countsLine(seats: readonly InvitedSeat[]): string {
  const counts = countAnswers(seats);
  const words = ATTENDANCES.map((answer) => `${ATTENDANCE_WORDS[answer]} ${counts[answer]}`);
  return [`*${text.title}*`, ...words, text.silentCount(counts.silent)].join('　');
}

function ownLines({ seats }: LoadedMeeting, actor: Actor): string[] {
  const own = ownSeats(actor, seats).map((each) => {
    const whose = each.seat.startsWith('center:') ? escapeMrkdwn(each.centerShort ?? '') : text.you;
    return text.answerOf(whose, answerWords(each));
  });
  const asDeputy = seats
    .filter(({ deputy }) => deputy === actor.slackUserId)
    .map((each) =>
      text.youAreDeputy(escapeMrkdwn(each.name === null ? (each.centerShort ?? '') : text.person(each.name))),
    );
  return [...own, ...asDeputy];
}

/** The answer in words, with who comes from a center; a deputy's typed name stays out of it. */
function answerWords({ seat, answer, name, deputy, deputyName }: InvitedSeat): string {
  if (answer === null) return text.silent;
  const outside = deputy === null && deputyName !== null ? `（${text.outsideDeputy}）` : '';
  const comes = answer === 'attending' || answer === 'online';
  const who = seat.startsWith('center:') && comes && name !== null ? `（${escapeMrkdwn(name)}）` : '';
  return `${ATTENDANCE_WORDS[answer]}${who}${outside}`;
}

function buttonsFor(loaded: LoadedMeeting, actor: Actor, now: Date): types.Button[] {
  const { meeting, host, seats } = loaded;
  const own = ownSeats(actor, seats);
  const mayAnswer = denialOfAnswer(loaded, actor, own[0], now) === undefined;
  const arranges = mayArrange(actor, { hostCenter: meeting.hostCenter, hostKind: host.kind });
  const mayAnswerFor = arranges && denialOfAnswer(loaded, actor, seats[0], now) === undefined;
  return [
    ...(mayAnswer ? answerButtons(meeting) : []),
    ...(mayAnswerFor ? [button(ANSWER_FOR, text.arrangeAnswers, meeting.id)] : []),
  ];
}

/** How people call a seat: its person, its center, or its guest. */
export function seatName({ seat, name, centerShort }: InvitedSeat): string {
  if (seat.startsWith('guest:')) return text.guestSeat(name ?? '');
  if (seat.startsWith('center:')) return centerShort ?? '';
  return text.personSeat(name ?? '', centerShort);
}
