/** 議事録を探す in chat: the link, since what is looked for and what is found is typed. */
import type { Press, SlackFeature } from '../../../slack/feature.ts';
import { linkView, openModal } from '../../../slack/modal.ts';
import { SEARCH_PATH } from './paths.ts';
import { searchText as text } from './text.ts';

export const searchInSlack: SlackFeature = { presses: { 'meeting.search': showLink } };

async function showLink(press: Press): Promise<void> {
  const view = linkView(press.context.scope, SEARCH_PATH, text.inChat);
  await openModal(press, view, { holds: 'references', page: SEARCH_PATH, inModal: 'push' });
}
