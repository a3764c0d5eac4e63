/** The button 回答する and its form. */
import { logError } from '../../../lib/log.ts';
import type { Press, Submission, SubmissionAnswer } from '../../../slack/feature.ts';
import { openModal } from '../../../slack/modal.ts';
import { actorOf } from '../../directory/gate.ts';
import { openCaseKeyOf, openContent } from '../data.ts';
import { beginReading } from '../reading/mutations.ts';
import { sentenceOf, tellRefusal } from '../refusals.ts';
import { MAX_BODY, readText } from '../schema.ts';
import { consultationText as text } from '../text.ts';
import { answerModal } from './blocks.ts';
import { answerConsultation, checkAnswering } from './mutations.ts';

export async function pressAnswer(press: Press): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  const allowed = await checkAnswering(scope, actor, press.value);
  if (!allowed.ok) return tellRefusal(press, allowed.refusal);
  const reading = await beginReading(scope, actor, press.value, { what: 'question' });
  if (!reading.ok) return tellRefusal(press, reading.refusal);
  const content = await openContent(scope.db, await openCaseKeyOf(scope, press.value), reading.value);
  const form = answerModal(reading.value, content, allowed.value === 'accept-and-answer');
  await openModal(scope, press.client, press.triggerId, press.person, form);
}

export async function submitAnswer({
  context,
  viewId,
  metadata,
  values,
}: Submission): Promise<SubmissionAnswer> {
  const body = readText(values, 'body', MAX_BODY);
  if (!body.ok) return { errors: { body: body.refusal } };
  const actor = actorOf(context);
  try {
    const answered = await answerConsultation(
      context.scope,
      actor,
      metadata,
      body.value,
      `${actor.slackUserId}/${viewId}`,
    );
    return answered.ok ? 'close' : { errors: { body: sentenceOf(answered.refusal) } };
  } catch (error) {
    logError('consultation.answer_not_saved', error);
    return { errors: { body: text.errors.notSaved } };
  }
}
