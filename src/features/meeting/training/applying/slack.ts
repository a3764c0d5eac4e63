/** 申し込む, 取り消す and 定員を変える. */

import type { NotFound, Result } from '../../../../lib/result.ts';
import type { RequestContext } from '../../../../slack/app.ts';
import type { Press, SlackFeature, Submission, SubmissionAnswer } from '../../../../slack/feature.ts';
import { textValue } from '../../../../slack/form.ts';
import { openModal } from '../../../../slack/modal.ts';
import { sayTo } from '../../../../slack/outbox.ts';
import { actorOf } from '../../../directory/gate.ts';
import { ACTIONS } from '../../actions.ts';
import { circleOf, type LoadedMeeting } from '../../data.ts';
import { openMeeting } from '../../opening/mutations.ts';
import { meetingPath } from '../../paths.ts';
import { mayArrange } from '../../rules.ts';
import { listApplications, listColleagues } from '../data.ts';
import { trainingText as text } from '../text.ts';
import { APPLY_FORM, applyModal, SEATS, SEATS_FORM, seatsModal, WITHDRAW } from './blocks.ts';
import { type ApplyRefusal, applyFor, changeSeats, type WithdrawRefusal, withdrawFor } from './mutations.ts';
import { readSeats } from './schema.ts';

export const applyingInSlack: SlackFeature = {
  presses: {
    [ACTIONS.apply.actionId]: (press) => showApplications(press, press.value),
    [WITHDRAW]: pressWithdraw,
    [SEATS]: pressSeats,
  },
  submissions: { [APPLY_FORM]: submitApply, [SEATS_FORM]: submitSeats },
};

async function showApplications(
  press: Press,
  id: string,
  { notices = [], inModal }: { notices?: readonly string[]; inModal?: 'replace' } = {},
): Promise<void> {
  const { scope } = press.context;
  const found = await openTraining(press.context, id, ACTIONS.apply.actionId);
  if (!found) return sayTo(scope, press.person, press.channel, { text: text.notFound });
  await openModal(press, await modalFor(press.context, found, notices), {
    holds: 'references',
    page: meetingPath(found.meeting.reference),
    ...(inModal === undefined ? {} : { inModal }),
  });
}

async function openTraining(
  context: RequestContext,
  id: string,
  action: string,
): Promise<LoadedMeeting | undefined> {
  const found: Result<LoadedMeeting, NotFound> = await openMeeting(
    context.scope,
    actorOf(context),
    id,
    action,
  );
  return found.ok && found.value.training ? found.value : undefined;
}

async function modalFor(context: RequestContext, loaded: LoadedMeeting, notices: readonly string[]) {
  const { db } = context.scope;
  const actor = actorOf(context);
  const isArranger = mayArrange(actor, circleOf(loaded));
  const mayChoose = isArranger || actor.role === 'manager';
  const [applications, colleagues] = await Promise.all([
    listApplications(db, loaded.meeting.id),
    mayChoose ? listColleagues(db, isArranger ? undefined : actor.center.code) : [],
  ]);
  return applyModal(loaded, actor, { applications, colleagues }, notices);
}

async function submitApply({ context, metadata, values }: Submission): Promise<SubmissionAnswer> {
  const { scope } = context;
  const actor = actorOf(context);
  const chosen = textValue(values, 'person');
  const applied = await applyFor(scope, actor, metadata, chosen ?? actor.slackUserId);
  const sentence = applied.ok
    ? applied.value.place === null
      ? text.apply.accepted(applied.value.name)
      : text.apply.waiting(applied.value.name, applied.value.place)
    : refusalSentence(applied.refusal);
  if (!applied.ok && chosen !== null) return { errors: { person: sentence } };
  return shownAnew(context, metadata, [sentence]);
}

async function pressWithdraw(press: Press): Promise<void> {
  const [id = '', person = ''] = press.value.split(' ');
  const withdrawn = await withdrawFor(press.context.scope, actorOf(press.context), id, person);
  const notice = withdrawn.ok
    ? text.apply.withdrawn(withdrawn.value.name)
    : withdrawSentence(withdrawn.refusal);
  await showApplications(press, id, { notices: [notice], inModal: 'replace' });
}

async function pressSeats(press: Press): Promise<void> {
  const found = await openTraining(press.context, press.value, 'meeting.change_seats');
  const isArranger = found && mayArrange(actorOf(press.context), circleOf(found));
  if (!isArranger) return sayTo(press.context.scope, press.person, press.channel, { text: text.notFound });
  await openModal(press, seatsModal(found), {
    holds: 'references',
    page: meetingPath(found.meeting.reference),
  });
}

async function submitSeats({ context, metadata, values }: Submission): Promise<SubmissionAnswer> {
  const { errors, done, movedUp } = text.changeSeats;
  const seats = readSeats(textValue(values, 'seats'));
  if (seats === undefined) return { errors: { seats: errors.number } };
  const changed = await changeSeats(context.scope, actorOf(context), metadata, seats);
  if (!changed.ok)
    return {
      errors: {
        seats: changed.refusal.reason === 'too-few' ? errors.tooFew(changed.refusal.accepted) : text.notFound,
      },
    };
  return shownAnew(context, metadata, [done, ...(changed.value > 0 ? [movedUp(changed.value)] : [])]);
}

async function shownAnew(
  context: RequestContext,
  id: string,
  notices: readonly string[],
): Promise<SubmissionAnswer> {
  const found = await openTraining(context, id, ACTIONS.apply.actionId);
  if (!found) return 'close';
  return { update: await modalFor(context, found, notices), holds: 'references' };
}

function refusalSentence(refusal: ApplyRefusal | NotFound): string {
  const { errors } = text.apply;
  switch (refusal.reason) {
    case 'wrong-profession':
      return errors.profession(refusal.professions);
    case 'closed':
      return errors.closed(refusal.applyBy);
    case 'over':
      return errors.over;
    case 'not-yours':
      return errors.notYours;
    case 'not-found':
      return text.notFound;
  }
}

function withdrawSentence(refusal: WithdrawRefusal | NotFound): string {
  const { errors } = text.apply;
  switch (refusal.reason) {
    case 'too-late':
      return errors.tooLate;
    case 'over':
      return errors.over;
    case 'not-applied':
      return errors.notApplied;
    case 'not-found':
      return text.notFound;
  }
}
