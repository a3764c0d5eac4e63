/** The button 詳しく見る: one meeting, with all that this person can do about it. */
import type { Press, SlackFeature } from '../../../slack/feature.ts';
import { linksToPage, openModal } from '../../../slack/modal.ts';
import { sayTo } from '../../../slack/outbox.ts';
import { actorOf } from '../../directory/gate.ts';
import { ACTIONS } from '../actions.ts';
import { meetingPath } from '../paths.ts';
import { meetingText as text } from '../text.ts';
import { meetingModal } from './blocks.ts';
import { openMeeting } from './mutations.ts';

export const openingInSlack: SlackFeature = {
  presses: { [ACTIONS.open.actionId]: (press) => showMeeting(press, press.value) },
};

/**
 * Shows a meeting to whoever pressed.
 * @param notices what was just done, said first
 */
export async function showMeeting(
  press: Press,
  id: string,
  { notices = [], inModal }: { notices?: readonly string[]; inModal?: 'push' | 'replace' } = {},
): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  const found = await openMeeting(scope, actor, id, ACTIONS.open.actionId);
  if (!found.ok) return sayTo(scope, press.person, press.channel, { text: text.notFound });
  const page = meetingPath(found.value.meeting.reference);
  const view = meetingModal(found.value, actor, scope.now, { notices, links: linksToPage(scope, page) });
  await openModal(press, view, { holds: 'references', page, ...(inModal === undefined ? {} : { inModal }) });
}
