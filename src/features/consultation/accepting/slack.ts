/** The button 受け付ける. */
import type { Press } from '../../../slack/feature.ts';
import { actorOf } from '../../directory/gate.ts';
import { refreshCards } from '../mutations.ts';
import { tellRefusal } from '../refusals.ts';
import { acceptConsultation } from './mutations.ts';

export async function pressAccept(press: Press): Promise<void> {
  const { scope } = press.context;
  const accepted = await acceptConsultation(scope, actorOf(press.context), press.value);
  if (accepted.ok) return;
  await tellRefusal(press, accepted.refusal);
  // Their card still offered what somebody else had taken.
  if (accepted.refusal.reason === 'taken') await refreshCards(scope, press.value);
}
