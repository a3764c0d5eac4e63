/** The button 回答する and its form. */
import { logError } from '../../../lib/log.ts';
import type { SlackApp } from '../../../slack/app.ts';
import { readForm } from '../../../slack/form.ts';
import { openModal } from '../../../slack/modal.ts';
import { actorOf } from '../../directory/gate.ts';
import { ACTIONS } from '../blocks.ts';
import { openCaseKeyOf, openContent } from '../data.ts';
import { pressedValue } from '../pressed.ts';
import { beginReading } from '../reading/mutations.ts';
import { sentenceOf, tellRefusal } from '../refusals.ts';
import { MAX_BODY, readText } from '../schema.ts';
import { consultationText as text } from '../text.ts';
import { ANSWER_FORM, answerModal } from './blocks.ts';
import { answerConsultation, checkAnswering } from './mutations.ts';

export function registerAnswering(app: SlackApp): void {
  app.action(
    { type: 'block_actions', action_id: ACTIONS.answer },
    async ({ context, client, body, action, ack }) => {
      await ack();
      const { scope } = context;
      const actor = actorOf(context);
      const id = pressedValue(action);
      const allowed = await checkAnswering(scope, actor, id);
      if (!allowed.ok) return tellRefusal(scope, actor, body.channel?.id, allowed.refusal);
      const reading = await beginReading(scope, actor, id, 'question');
      if (!reading.ok) return tellRefusal(scope, actor, body.channel?.id, reading.refusal);
      const content = await openContent(scope.db, await openCaseKeyOf(scope, id), reading.value);
      await openModal(
        scope,
        client,
        body.trigger_id,
        actor.slackUserId,
        answerModal(reading.value, content, allowed.value === 'accept-and-answer'),
      );
    },
  );

  app.view({ type: 'view_submission', callback_id: ANSWER_FORM }, async ({ context, view, ack }) => {
    const { scope } = context;
    const actor = actorOf(context);
    const body = readText(readForm(view.state.values), 'body', MAX_BODY);
    if (!body.ok) return ack({ response_action: 'errors', errors: { body: body.refusal } });
    try {
      const answered = await answerConsultation(
        scope,
        actor,
        view.private_metadata,
        body.value,
        `${actor.slackUserId}/${view.id}`,
      );
      await (answered.ok
        ? ack()
        : ack({ response_action: 'errors', errors: { body: sentenceOf(answered.refusal) } }));
    } catch (error) {
      logError('consultation.answer_not_saved', error);
      await ack({ response_action: 'errors', errors: { body: text.errors.notSaved } });
    }
  });
}
