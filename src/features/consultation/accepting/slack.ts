/** The button 受け付ける. */
import type { SlackApp } from '../../../slack/app.ts';
import { actorOf } from '../../directory/gate.ts';
import { ACTIONS } from '../blocks.ts';
import { refreshCards } from '../mutations.ts';
import { pressedValue } from '../pressed.ts';
import { tellRefusal } from '../refusals.ts';
import { acceptConsultation } from './mutations.ts';

export function registerAccepting(app: SlackApp): void {
  app.action({ type: 'block_actions', action_id: ACTIONS.accept }, async ({ context, body, action, ack }) => {
    await ack();
    const { scope } = context;
    const actor = actorOf(context);
    const id = pressedValue(action);
    const accepted = await acceptConsultation(scope, actor, id);
    if (accepted.ok) return;
    await tellRefusal(scope, actor, body.channel?.id, accepted.refusal);
    // Their card still offered what somebody else had taken.
    if (accepted.refusal.reason === 'taken') await refreshCards(scope, id);
  });
}
