/** 終える: the second look, and the end. */
import type { Press, SlackFeature, Submission, SubmissionAnswer } from '../../../slack/feature.ts';
import { linksToPage, noticeView, openModal } from '../../../slack/modal.ts';
import { sayTo } from '../../../slack/outbox.ts';
import { actorOf } from '../../directory/gate.ts';
import { ACTIONS } from '../actions.ts';
import { rollCallModal } from '../opening/blocks.ts';
import { openRollCall } from '../opening/mutations.ts';
import { rollCallPath } from '../paths.ts';
import { mayCommand } from '../rules.ts';
import { noteRollCallRefusal } from '../storing/mutations.ts';
import { rollCallText, titled } from '../text.ts';
import { END_FORM, endModal } from './blocks.ts';
import { findStanding } from './data.ts';
import { closeRollCall, type EndRefusal } from './mutations.ts';
import { endingText as text } from './text.ts';

export const endingInSlack: SlackFeature = {
  presses: { [ACTIONS.end.actionId]: pressEnd },
  submissions: { [END_FORM]: submitEnd },
};

async function pressEnd(press: Press): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  const say = (sentence: string) => sayTo(scope, press.person, press.channel, { text: sentence });
  const found = await openRollCall(scope, actor, press.value, ACTIONS.end.actionId);
  if (!found.ok) return say(rollCallText.notFound);
  const { rollCall, standIn } = found.value;
  if (!mayCommand(actor, standIn)) {
    await noteRollCallRefusal(scope, actor, ACTIONS.end.actionId, rollCall.reference, 'not-allowed');
    return say(titled(rollCall, rollCallText.notAllowed));
  }
  if (rollCall.status !== 'running')
    return say(titled(rollCall, endSentence({ reason: 'not-running', rollCall })));
  const view = endModal(rollCall, await findStanding(scope.db, rollCall.id));
  await openModal(press, view, {
    holds: 'references',
    page: rollCallPath(rollCall.reference),
    inModal: 'push',
  });
}

async function submitEnd({ context, metadata: id }: Submission): Promise<SubmissionAnswer> {
  const { scope } = context;
  const actor = actorOf(context);
  const closed = await closeRollCall(scope, actor, id);
  if (!closed.ok) return { update: noticeView(endSentence(closed.refusal)), holds: 'references' };
  const found = await openRollCall(scope, actor, id, 'roll-call.open');
  if (!found.ok) return { update: noticeView(text.ended), holds: 'references' };
  const links = linksToPage(scope, rollCallPath(found.value.rollCall.reference));
  return {
    update: await rollCallModal(scope, found.value, { notices: [text.ended], links }),
    holds: 'references',
  };
}

function endSentence(refusal: EndRefusal): string {
  switch (refusal.reason) {
    case 'not-found':
      return rollCallText.notFound;
    case 'not-allowed':
      return rollCallText.notAllowed;
    case 'not-running':
      return refusal.rollCall.status === 'scheduled' ? text.errors.planned : text.errors.notRunning;
  }
}
