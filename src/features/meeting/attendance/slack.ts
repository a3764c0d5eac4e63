/** 出欠 in Slack: one press in a message, or the form with deputies and whom a center sends. */
import type { RequestContext } from '../../../slack/app.ts';
import type { Press, SlackFeature, Submission, SubmissionAnswer } from '../../../slack/feature.ts';
import { textValue } from '../../../slack/form.ts';
import { keepsTypedTextOut, linksToPage, type ModalView, openModal } from '../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import { sayTo } from '../../../slack/outbox.ts';
import { listCenterStaff } from '../../directory/data.ts';
import { actorOf } from '../../directory/gate.ts';
import { ACTIONS } from '../actions.ts';
import type { InvitedSeat, LoadedMeeting } from '../data.ts';
import { meetingModal } from '../opening/blocks.ts';
import { openMeeting } from '../opening/mutations.ts';
import { showMeeting } from '../opening/slack.ts';
import { meetingPath } from '../paths.ts';
import { mayArrange } from '../rules.ts';
import { meetingText } from '../text.ts';
import { ATTENDANCE_WORDS, type Attendance } from '../words.ts';
import { ANSWER_FOR, seatName } from './blocks.ts';
import { findSeat, openDeputyName, seatKey } from './data.ts';
import { ANSWER_FORM, answerForm, isCenters, readMetadata, SEAT_FORM, seatForm } from './form.ts';
import { type AnswerRefusal, answerSeat } from './mutations.ts';
import { denialOfAnswer, ownSeats } from './rules.ts';
import { type AnswerErrors, readAnswerForm } from './schema.ts';
import { ONE_TAP, attendanceText as text } from './text.ts';

export const attendanceInSlack: SlackFeature = {
  presses: {
    [ACTIONS.attend.actionId]: pressAttend,
    [ANSWER_FOR]: pressAnswerFor,
    ...Object.fromEntries(
      ONE_TAP.map(({ actionId, answer }) => [actionId, (press: Press) => pressAnswer(press, answer)]),
    ),
  },
  submissions: { [SEAT_FORM]: submitSeat, [ANSWER_FORM]: submitAnswer },
};

/** Answers at once. In a message a sentence follows, in a modal and on a page the meeting as it is then. */
async function pressAnswer(press: Press, answer: Attendance): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  const wanted = { seat: null, answer, deputy: null, deputyName: null };
  const answered = await answerSeat(scope, actor, press.value, wanted);
  const say = (sentence: string) => sayTo(scope, press.person, press.channel, { text: sentence });
  if (!answered.ok) return say(refusalSentence(answered.refusal));
  const { loaded, seat } = answered.value;
  const silent = ownSeats(actor, loaded.seats).filter((each) => each.answer === null);
  const notices = [savedSentence(seat), ...silent.map((each) => text.otherSeatSilent(seatName(each)))];
  if (press.modal) return showMeeting(press, loaded.meeting.id, { notices, inModal: 'replace' });
  const { meeting, kind } = loaded;
  const name = meetingText.name(meeting.reference, kind.name, meeting.title);
  await say([`*${escapeMrkdwn(name)}*`, ...notices.map(escapeMrkdwn)].join('\n'));
}

function savedSentence(seat: InvitedSeat): string {
  const answer = ATTENDANCE_WORDS[seat.answer ?? 'attending'];
  return isCenters(seat) && seat.name !== null && seat.answer !== 'absent'
    ? text.savedFor(seatName(seat), answer, seat.name)
    : text.saved(seatName(seat), answer);
}

async function pressAttend(press: Press): Promise<void> {
  const actor = actorOf(press.context);
  await openForm(press, (loaded) => ownSeats(actor, loaded.seats));
}

async function pressAnswerFor(press: Press): Promise<void> {
  const actor = actorOf(press.context);
  await openForm(press, ({ meeting, host, seats }) =>
    mayArrange(actor, { hostCenter: meeting.hostCenter, hostKind: host.kind }) ? seats : [],
  );
}

/** Opens the form of the only seat, or asks which one. */
async function openForm(
  press: Press,
  seatsOf: (loaded: LoadedMeeting) => readonly InvitedSeat[],
): Promise<void> {
  const { context } = press;
  const actor = actorOf(context);
  const say = (sentence: string) => sayTo(context.scope, press.person, press.channel, { text: sentence });
  const found = await openMeeting(context.scope, actor, press.value, ACTIONS.attend.actionId);
  if (!found.ok) return say(text.denials['not-found']);
  const loaded = found.value;
  const seats = seatsOf(loaded);
  const [first, second] = seats;
  const denial = denialOfAnswer(loaded, actor, first, context.scope.now);
  if (denial !== undefined || !first) return say(text.denials[denial ?? 'not-invited']);
  const view = second
    ? seatForm(
        loaded,
        await Promise.all(seats.map(async (seat) => ({ key: await seatKey(seat.seat), seat }))),
      )
    : await formOf(context, loaded, first);
  const page = meetingPath(loaded.meeting.reference);
  await openModal(press, view, { holds: holdsOf(context), page, inModal: 'replace' });
}

/** The names of guests and of deputies are typed ones; where they may not stand in Slack, the form leaves them out. */
function holdsOf(context: RequestContext): 'typed' | 'references' {
  return keepsTypedTextOut(context) ? 'references' : 'typed';
}

async function formOf(context: RequestContext, loaded: LoadedMeeting, seat: InvitedSeat): Promise<ModalView> {
  const { scope } = context;
  const actor = actorOf(context);
  const [colleagues, deputyName, key] = await Promise.all([
    seat.center === null ? [] : listCenterStaff(scope.db, seat.center),
    keepsTypedTextOut(context) ? undefined : openDeputyName(scope, loaded.meeting.id, seat),
    seatKey(seat.seat),
  ]);
  const person = actor.center.code === seat.center ? actor.slackUserId : null;
  return answerForm(loaded, { key, seat }, colleagues, { deputyName, person });
}

async function submitSeat({ context, metadata, values }: Submission): Promise<SubmissionAnswer> {
  const actor = actorOf(context);
  const found = await openMeeting(context.scope, actor, metadata, ACTIONS.attend.actionId);
  if (!found.ok) return { errors: { seat: text.denials['not-found'] } };
  const seat = await findSeat(found.value.seats, textValue(values, 'seat'));
  if (!seat) return { errors: { seat: text.errors.noSeat } };
  const denial = denialOfAnswer(found.value, actor, seat, context.scope.now);
  if (denial !== undefined) return { errors: { seat: text.denials[denial] } };
  return { update: await formOf(context, found.value, seat), holds: holdsOf(context) };
}

async function submitAnswer({ context, metadata, values }: Submission): Promise<SubmissionAnswer> {
  const { scope } = context;
  const actor = actorOf(context);
  const { meetingId, seat } = readMetadata(metadata);
  const read = readAnswerForm(values, 'person' in values);
  if (!read.ok) return { errors: fieldsIn(values, read.refusal) };
  const answered = await answerSeat(scope, actor, meetingId, { seat, ...read.value });
  if (!answered.ok) return { errors: fieldsIn(values, errorsOf(answered.refusal)) };
  const { loaded } = answered.value;
  const page = meetingPath(loaded.meeting.reference);
  scope.page?.goTo(page);
  if (scope.page) return 'close';
  const notices = [savedSentence(answered.value.seat)];
  return {
    update: meetingModal(loaded, actor, scope.now, { notices, links: linksToPage(scope, page) }),
    holds: 'references',
  };
}

/** Beside their fields; where the form does not have the field, beside the answer. */
function fieldsIn(values: Submission['values'], errors: AnswerErrors): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).map(([field, sentence]) => [field in values ? field : 'answer', sentence]),
  );
}

function errorsOf(refusal: AnswerRefusal): AnswerErrors {
  const { errors } = text;
  switch (refusal.reason) {
    case 'person-missing':
      return { person: errors.personMissing };
    case 'not-of-center':
      return { person: errors.notOfCenter };
    case 'deputy-missing':
      return { deputy: errors.deputyMissing };
    case 'deputy-not-of-center':
      return { deputy: errors.notOfCenter };
    case 'deputy-is-self':
      return { deputy: errors.deputyIsSelf };
    default:
      return { answer: text.denials[refusal.reason] };
  }
}

function refusalSentence(refusal: AnswerRefusal): string {
  const [sentence] = Object.values(errorsOf(refusal));
  return sentence ?? text.denials['not-found'];
}
