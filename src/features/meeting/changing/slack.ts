/** 変更と中止 in Slack. */
import type { RequestContext } from '../../../slack/app.ts';
import type { Press, SlackFeature, Submission, SubmissionAnswer } from '../../../slack/feature.ts';
import { type ModalView, openModal } from '../../../slack/modal.ts';
import { sayTo } from '../../../slack/outbox.ts';
import { actorOf } from '../../directory/gate.ts';
import { markOf } from '../../directory/settings/rules.ts';
import type { LoadedMeeting } from '../data.ts';
import { titleFault } from '../detecting/data.ts';
import { openMeeting } from '../opening/mutations.ts';
import { meetingPath } from '../paths.ts';
import { CANCEL, CHANGE, INVITE } from './blocks.ts';
import { CANCEL_FORM, CHANGE_FORM, cancelForm, changeForm, nowLines, readMetadata } from './form.ts';
import { INVITE_FORM, inviteForm } from './inviting/form.ts';
import { submitInvite } from './inviting/slack.ts';
import { type ChangeRefusal, cancelMeeting, changeFacts, refusalOf } from './mutations.ts';
import { changeableOf } from './rules.ts';
import { readChangeForm, readReason } from './schema.ts';
import { shown } from './shown.ts';
import { changingText as text } from './text.ts';

export const changingInSlack: SlackFeature = {
  presses: {
    [CHANGE]: (press) => openForm(press, CHANGE, changeFormOf),
    [CANCEL]: (press) => openForm(press, CANCEL, async (loaded) => cancelForm(loaded)),
    [INVITE]: (press) => openForm(press, INVITE, inviteForm),
  },
  submissions: { [CHANGE_FORM]: submitChange, [CANCEL_FORM]: submitCancel, [INVITE_FORM]: submitInvite },
};

async function openForm(
  press: Press,
  action: string,
  viewOf: (loaded: LoadedMeeting, context: RequestContext) => Promise<ModalView>,
): Promise<void> {
  const { context } = press;
  const { scope } = context;
  const actor = actorOf(context);
  const say = (sentence: string) => sayTo(scope, press.person, press.channel, { text: sentence });
  const found = await openMeeting(scope, actor, press.value, action);
  if (!found.ok) return say(text.denials['not-found']);
  const refusal = refusalOf(found.value, actor, scope.now);
  if (refusal) return say(text.denials[refusal.reason]);
  const page = meetingPath(found.value.meeting.reference);
  await openModal(press, await viewOf(found.value, context), {
    holds: 'references',
    page,
    inModal: 'replace',
  });
}

async function changeFormOf(loaded: LoadedMeeting): Promise<ModalView> {
  return changeForm(loaded, await markOf(changeableOf(loaded.meeting)));
}

async function submitChange({ context, metadata, values }: Submission): Promise<SubmissionAnswer> {
  const { scope } = context;
  const { id, mark } = readMetadata(metadata);
  const found = await openMeeting(scope, actorOf(context), id, CHANGE);
  if (!found.ok) return { errors: { place: text.denials['not-found'] } };
  const read = readChangeForm(values, changeableOf(found.value.meeting), scope.now);
  if (!read.ok) return { errors: { ...read.refusal } };
  const fault = await titleFault(scope, read.value.title);
  if (fault) return { errors: fault };
  const changed = await changeFacts(scope, actorOf(context), { id, mark }, read.value);
  if (changed.ok)
    return shown(context, changed.value.loaded, changed.value.isChanged ? text.saved : text.same);
  const { refusal } = changed;
  if (refusal.reason !== 'stale') return { errors: { place: text.denials[refusal.reason] } };
  const { meeting } = refusal.loaded;
  return {
    update: changeForm(refusal.loaded, await markOf(changeableOf(meeting)), [
      text.stale,
      text.now(nowLines(meeting)),
    ]),
    holds: 'references',
  };
}

async function submitCancel({ context, metadata, values }: Submission): Promise<SubmissionAnswer> {
  const reason = readReason(values);
  if (reason === undefined) return { errors: { reason: text.choose } };
  const cancelled = await cancelMeeting(context.scope, actorOf(context), metadata, reason);
  if (!cancelled.ok) return { errors: { reason: denialSentence(cancelled.refusal) } };
  return shown(context, cancelled.value, text.cancelled);
}

function denialSentence({ reason }: ChangeRefusal): string {
  return reason === 'stale' ? text.stale : text.denials[reason];
}
