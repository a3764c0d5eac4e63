/** カレンダーに取り込む: the address is shown once, to its person, and is never part of a message. */
import type { Press, SlackFeature } from '../../../slack/feature.ts';
import { type ModalView, openModal } from '../../../slack/modal.ts';
import { sayTo } from '../../../slack/outbox.ts';
import { actorOf } from '../../directory/gate.ts';
import { CALENDAR_ACTIONS, calendarModal } from './blocks.ts';
import { findFeed } from './data.ts';
import { makeFeed, revokeFeed } from './mutations.ts';
import { CALENDAR_PATH, feedPath } from './paths.ts';
import { calendarText as text } from './text.ts';

const WAY = { holds: 'references', page: CALENDAR_PATH } as const;

export const calendarInSlack: SlackFeature = {
  presses: {
    [CALENDAR_ACTIONS.open]: async (press) => openModal(press, await calendarView(press), WAY),
    [CALENDAR_ACTIONS.make]: make,
    [CALENDAR_ACTIONS.revoke]: revoke,
  },
};

async function make(press: Press): Promise<void> {
  const { scope } = press.context;
  const made = await makeFeed(scope, actorOf(press.context), press.value);
  // What was just shown must not be overwritten: it cannot be shown again.
  if (!made.ok) return sayTo(scope, press.person, press.channel, { text: text.overtaken });
  const address = new URL(feedPath(made.value), scope.settings.PUBLIC_URL);
  await openModal(press, await calendarView(press, { address }), { ...WAY, inModal: 'replace' });
}

async function revoke(press: Press): Promise<void> {
  await revokeFeed(press.context.scope, actorOf(press.context));
  const view = await calendarView(press, { notices: [text.revoked] });
  await openModal(press, view, { ...WAY, inModal: 'replace' });
}

async function calendarView(
  { context }: Press,
  shown: Parameters<typeof calendarModal>[1] = {},
): Promise<ModalView> {
  return calendarModal(await findFeed(context.scope.db, actorOf(context).slackUserId), shown);
}
