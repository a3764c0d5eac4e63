/** 日時を変える and 取りやめる of a planned roll-call. Permission is asked in the mutations. */
import type { Press, SlackFeature, Submission, SubmissionAnswer } from '../../../../slack/feature.ts';
import { type ModalView, noticeView, openModal } from '../../../../slack/modal.ts';
import { sayTo } from '../../../../slack/outbox.ts';
import { actorOf } from '../../../directory/gate.ts';
import type { RollCall } from '../../data.ts';
import { openRollCall } from '../../opening/mutations.ts';
import { showRollCall } from '../../opening/slack.ts';
import { rollCallPath } from '../../paths.ts';
import { mayCommand } from '../../rules.ts';
import { noteRollCallRefusal } from '../../storing/mutations.ts';
import { rollCallText, titled } from '../../text.ts';
import { CANCEL_FORM, CHANGE_FORM, START_ACTIONS } from '../actions.ts';
import { readInstant, type StartErrors } from '../schema.ts';
import { shownRollCall } from '../shown.ts';
import { startingText as text } from '../text.ts';
import { cancelModal, changeModal } from './blocks.ts';
import { cancelRollCall, moveRollCall, type PlanRefusal } from './mutations.ts';

export const plannedInSlack: SlackFeature = {
  presses: {
    [START_ACTIONS.change]: (press) => openPlanned(press, START_ACTIONS.change, changeModal),
    [START_ACTIONS.cancel]: (press) => openPlanned(press, START_ACTIONS.cancel, cancelModal),
  },
  submissions: { [CHANGE_FORM]: submitChange, [CANCEL_FORM]: submitCancel },
};

async function openPlanned(
  press: Press,
  action: string,
  formOf: (rollCall: RollCall) => ModalView,
): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  const say = (sentence: string) => sayTo(scope, press.person, press.channel, { text: sentence });
  const found = await openRollCall(scope, actor, press.value, action);
  if (!found.ok) return say(rollCallText.notFound);
  const { rollCall, standIn } = found.value;
  if (!mayCommand(actor, standIn)) {
    await noteRollCallRefusal(scope, actor, action, rollCall.reference, 'not-allowed');
    return say(titled(rollCall, rollCallText.notAllowed));
  }
  // It began or was called off meanwhile: shown as it is now.
  if (rollCall.status !== 'scheduled') return showRollCall(press, rollCall.id, { inModal: 'replace' });
  const page = rollCallPath(rollCall.reference);
  await openModal(press, formOf(rollCall), { holds: 'references', page, inModal: 'push' });
}

async function submitChange({ context, metadata, values }: Submission): Promise<SubmissionAnswer> {
  const { scope } = context;
  const [id = '', version = ''] = metadata.split(' ');
  const errors: StartErrors = {};
  const startsAt = readInstant(values, scope.now, errors);
  if (startsAt === null || Object.keys(errors).length > 0) return { errors };
  const seen = Number(version);
  const moved = await moveRollCall(scope, actorOf(context), { id, seen }, startsAt);
  if (moved.ok) {
    const { rollCall } = moved.value;
    const sentence = rollCall.version === seen ? text.same : text.moved(rollCall.startsAt);
    return { update: await shownRollCall(context, rollCall, [sentence]), holds: 'references' };
  }
  if (moved.refusal.reason === 'stale')
    return { update: changeModal(moved.refusal.rollCall, [text.errors.stale]), holds: 'references' };
  return { errors: { on: planSentence(moved.refusal) } };
}

async function submitCancel({ context, metadata }: Submission): Promise<SubmissionAnswer> {
  const cancelled = await cancelRollCall(context.scope, actorOf(context), metadata);
  if (!cancelled.ok) return { update: noticeView(planSentence(cancelled.refusal)), holds: 'references' };
  return {
    update: await shownRollCall(context, cancelled.value.rollCall, [text.cancelled]),
    holds: 'references',
  };
}

function planSentence({ reason }: PlanRefusal): string {
  switch (reason) {
    case 'not-found':
      return rollCallText.notFound;
    case 'not-allowed':
      return rollCallText.notAllowed;
    case 'begun':
      return text.errors.begun;
    case 'over':
      return text.errors.over;
    case 'stale':
      return text.errors.stale;
  }
}
