/** The survey after a training, in Slack. */
import type { Press, SlackFeature, Submission, SubmissionAnswer } from '../../../../slack/feature.ts';
import { noticeView, openModal } from '../../../../slack/modal.ts';
import { sayTo } from '../../../../slack/outbox.ts';
import { actorOf } from '../../../directory/gate.ts';
import { meetingPath } from '../../paths.ts';
import { SURVEY, SURVEY_FORM, surveyModal } from './blocks.ts';
import { openOwnAnswer } from './data.ts';
import { answerSurvey, findSurvey } from './mutations.ts';
import { readSurvey } from './schema.ts';
import { surveyText as text } from './text.ts';

export const surveyInSlack: SlackFeature = {
  presses: { [SURVEY]: pressSurvey },
  submissions: { [SURVEY_FORM]: submitSurvey },
};

async function pressSurvey(press: Press): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  const found = await findSurvey(scope, actor, press.value);
  if (!found.ok) {
    const sentence = found.refusal.reason === 'closed' ? text.closed : text.notFound;
    return sayTo(scope, press.person, press.channel, { text: sentence });
  }
  const own = await openOwnAnswer(scope, found.value.meeting.id, actor.slackUserId);
  await openModal(press, surveyModal(found.value, own), {
    holds: 'typed',
    page: meetingPath(found.value.meeting.reference),
    about: text.about,
  });
}

async function submitSurvey({ context, metadata, values }: Submission): Promise<SubmissionAnswer> {
  const read = readSurvey(values);
  if (!read.ok) return { errors: read.refusal };
  const answered = await answerSurvey(context.scope, actorOf(context), metadata, read.value);
  const sentence = answered.ok
    ? text.thanks
    : answered.refusal.reason === 'closed'
      ? text.closed
      : text.notFound;
  if (!answered.ok) return { errors: { comment: sentence } };
  return { update: noticeView(sentence), holds: 'references' };
}
