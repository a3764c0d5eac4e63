/** 基幹型に出席を依頼する, 出席する人を決める and 断る. */
import type { Press, SlackFeature, Submission, SubmissionAnswer } from '../../../../slack/feature.ts';
import { textValue } from '../../../../slack/form.ts';
import { noticeView, openModal } from '../../../../slack/modal.ts';
import { sayTo } from '../../../../slack/outbox.ts';
import { listCenterStaff } from '../../../directory/data.ts';
import { actorOf } from '../../../directory/gate.ts';
import { openMeeting } from '../../opening/mutations.ts';
import { showMeeting } from '../../opening/slack.ts';
import { meetingPath } from '../../paths.ts';
import { mayAnswerForCore } from '../rules.ts';
import { issuesText } from '../text.ts';
import { ACCEPT, ACCEPT_FORM, ASK_CORE, acceptModal, DECLINE, DECLINE_FORM, declineModal } from './blocks.ts';
import { type AnswerRefusal, answerForCore, askCore, type CoreAnswer } from './mutations.ts';
import { readDeclineReason } from './rules.ts';

const text = issuesText.ask;

export const askingInSlack: SlackFeature = {
  presses: { [ASK_CORE]: pressAsk, [ACCEPT]: pressAnswer, [DECLINE]: pressDecline },
  submissions: { [ACCEPT_FORM]: submitAccept, [DECLINE_FORM]: submitDecline },
};

async function pressAsk(press: Press): Promise<void> {
  const { scope } = press.context;
  const asked = await askCore(scope, actorOf(press.context), press.value);
  if (!asked.ok) return sayTo(scope, press.person, press.channel, { text: issuesText.notFound });
  await showMeeting(press, press.value, {
    notices: [asked.value ? text.sent : text.again],
    inModal: 'replace',
  });
}

function pressAnswer(press: Press): Promise<void> {
  return openAnswer(press, 'accept');
}

function pressDecline(press: Press): Promise<void> {
  return openAnswer(press, 'decline');
}

async function openAnswer(press: Press, what: 'accept' | 'decline'): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  const found = await openMeeting(scope, actor, press.value, `meeting.${what}_request`);
  if (!found.ok || !found.value.request || !mayAnswerForCore(actor))
    return sayTo(scope, press.person, press.channel, { text: issuesText.notFound });
  const loaded = found.value;
  const view =
    what === 'accept'
      ? acceptModal(loaded, await listCenterStaff(scope.db, actor.center.code))
      : declineModal(loaded);
  await openModal(press, view, { holds: 'references', page: meetingPath(loaded.meeting.reference) });
}

async function submitAccept(submission: Submission): Promise<SubmissionAnswer> {
  const attendee = textValue(submission.values, 'attendee');
  if (attendee === null) return { errors: { attendee: issuesText.choose } };
  return submitAnswer(submission, { attendee }, 'attendee');
}

async function submitDecline(submission: Submission): Promise<SubmissionAnswer> {
  const reason = readDeclineReason(textValue(submission.values, 'reason'));
  if (reason === undefined) return { errors: { reason: issuesText.choose } };
  return submitAnswer(submission, { reason }, 'reason');
}

async function submitAnswer(
  { context, metadata }: Submission,
  answer: CoreAnswer,
  field: string,
): Promise<SubmissionAnswer> {
  const answered = await answerForCore(context.scope, actorOf(context), metadata, answer);
  if (!answered.ok) return { errors: { [field]: sentenceOf(answered.refusal) } };
  const sentence = answered.value === null ? text.done.declined : text.done.accepted(answered.value);
  return { update: noticeView(sentence), holds: 'references' };
}

function sentenceOf(refusal: AnswerRefusal): string {
  switch (refusal.reason) {
    case 'answered':
      return refusal.attendeeName === null
        ? text.first.declined(refusal.byName)
        : text.first.accepted(refusal.byName, refusal.attendeeName);
    case 'over':
      return text.over;
    case 'not-core':
      return text.notCore;
    case 'not-found':
      return issuesText.notFound;
  }
}
