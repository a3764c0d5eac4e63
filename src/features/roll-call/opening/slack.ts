/** The button 開く: one roll-call, with all that this person can do about it. */
import type { Press, SlackFeature } from '../../../slack/feature.ts';
import { linksToPage, openModal } from '../../../slack/modal.ts';
import { sayTo } from '../../../slack/outbox.ts';
import { actorOf } from '../../directory/gate.ts';
import { ACTIONS } from '../actions.ts';
import { rollCallPath } from '../paths.ts';
import { rollCallText as text } from '../text.ts';
import { rollCallModal } from './blocks.ts';
import { openRollCall } from './mutations.ts';

export const openingInSlack: SlackFeature = {
  presses: { [ACTIONS.open.actionId]: (press) => showRollCall(press, press.value) },
};

/**
 * Shows a roll-call to whoever pressed.
 * @param notices what was just done, said first
 */
export async function showRollCall(
  press: Press,
  id: string,
  { notices = [], inModal }: { notices?: readonly string[]; inModal?: 'push' | 'replace' } = {},
): Promise<void> {
  const { scope } = press.context;
  const found = await openRollCall(scope, actorOf(press.context), id, ACTIONS.open.actionId);
  if (!found.ok) return sayTo(scope, press.person, press.channel, { text: text.notFound });
  const page = rollCallPath(found.value.rollCall.reference);
  const view = await rollCallModal(scope, found.value, { notices, links: linksToPage(scope, page) });
  await openModal(press, view, { holds: 'references', page, ...(inModal === undefined ? {} : { inModal }) });
}
