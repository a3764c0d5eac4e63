/** 約束ごと in chat: what somebody and her center are to keep, and 果たした. */
import type { Press, SlackFeature } from '../../../slack/feature.ts';
import { linksToPage, openModal } from '../../../slack/modal.ts';
import { sayTo } from '../../../slack/outbox.ts';
import { actorOf } from '../../directory/gate.ts';
import { PROMISE_ACTIONS, promisesModal } from './blocks.ts';
import { listPromises } from './data.ts';
import { settlePromise } from './mutations.ts';
import { PROMISES_PATH } from './paths.ts';
import { promisesText as text } from './text.ts';

export const promisesInSlack: SlackFeature = {
  presses: {
    [PROMISE_ACTIONS.list]: (press) => showPromises(press),
    [PROMISE_ACTIONS.keep]: keepPromise,
  },
};

async function keepPromise(press: Press): Promise<void> {
  const { scope } = press.context;
  const kept = await settlePromise(scope, actorOf(press.context), press.value, 'kept');
  const sentence = kept.ok
    ? text.done.kept
    : kept.refusal.reason === 'settled'
      ? text.done.settled
      : text.notFound;
  if (press.modal) return showPromises(press, sentence);
  await sayTo(scope, press.person, press.channel, { text: sentence });
}

async function showPromises(press: Press, notice?: string): Promise<void> {
  const { scope } = press.context;
  const promises = await listPromises(scope.db, actorOf(press.context), 'mine');
  const view = promisesModal(promises, {
    links: linksToPage(scope, PROMISES_PATH),
    notices: notice === undefined ? [] : [notice],
  });
  await openModal(press, view, {
    holds: 'references',
    page: PROMISES_PATH,
    inModal: notice === undefined ? 'push' : 'replace',
  });
}
