/** 会議を開く: which kind and way, then everything about it. Permission is asked in the mutations. */

import { logError } from '../../../lib/log.ts';
import type { Press, SlackFeature, Submission, SubmissionAnswer } from '../../../slack/feature.ts';
import { textValue } from '../../../slack/form.ts';
import { linksToPage, noticeView, openModal } from '../../../slack/modal.ts';
import { actorOf } from '../../directory/gate.ts';
import { loadMeeting } from '../data.ts';
import { titleFault } from '../detecting/data.ts';
import { meetingModal } from '../opening/blocks.ts';
import { MEETINGS_PATH, meetingPath } from '../paths.ts';
import { CALL_FORM, CALL_KIND_FORM, callKindModal, callModal } from './blocks.ts';
import { listCallable } from './data.ts';
import { type CallRefusal, callMeeting, findCallable } from './mutations.ts';
import { type CallForm, type CallMetadata, readCallForm, readMetadata, WAYS } from './schema.ts';
import { callingText as text } from './text.ts';

export const callingInSlack: SlackFeature = {
  presses: { 'meeting.call': pressCall },
  submissions: { [CALL_KIND_FORM]: submitKind, [CALL_FORM]: submitCall },
};

async function pressCall(press: Press): Promise<void> {
  const kinds = await listCallable(press.context.scope.db, actorOf(press.context));
  await openModal(press, callKindModal(kinds), { holds: 'references', page: MEETINGS_PATH });
}

async function submitKind({ context, values }: Submission): Promise<SubmissionAnswer> {
  const { scope } = context;
  const way = WAYS.find((each) => each === textValue(values, 'way'));
  if (way === undefined) return { errors: { way: text.errors.notChoice } };
  const kindId = textValue(values, 'kind') ?? '';
  const callable = await findCallable(scope, actorOf(context), kindId);
  if (!callable) return { errors: { kind: text.notAllowed } };
  const metadata: CallMetadata = { kind: kindId, way, closed: [] };
  return { update: callModal(callable, metadata, scope.now), holds: 'references' };
}

async function submitCall(submission: Submission): Promise<SubmissionAnswer> {
  const { context, viewId, values } = submission;
  const { scope } = context;
  const actor = actorOf(context);
  const metadata = readMetadata(submission.metadata);
  if (!metadata) return { update: noticeView(text.notAllowed), holds: 'references' };
  const mainField = metadata.way === 'poll' ? 'dates' : 'on';
  const callable = await findCallable(scope, actor, metadata.kind);
  if (!callable) return { errors: { [mainField]: text.notAllowed } };
  const form = readCallForm(values, metadata.way, callable.kind, scope.now);
  if (!form.ok) return { errors: form.refusal };
  const fault = await titleFault(scope, form.value.title);
  if (fault) return { errors: fault };
  try {
    const called = await callMeeting(scope, actor, metadata, form.value, `${actor.slackUserId}/${viewId}`);
    if (called.ok) return await showCalled(submission, called.value, form.value);
    if (called.refusal.reason === 'closed-days') {
      const warned = { ...metadata, closed: [...metadata.closed, ...called.refusal.days] };
      const notices = [text.closedWarning(called.refusal.labels)];
      return { update: callModal(callable, warned, scope.now, notices), holds: 'references' };
    }
    return { errors: errorsOf(called.refusal, mainField) };
  } catch (error) {
    // The form stays open with everything in it: better than losing what was typed.
    logError('meeting.call.not_saved', error);
    return { errors: { [mainField]: text.errors.notSaved } };
  }
}

function errorsOf({ reason }: CallRefusal, mainField: string): Record<string, string> {
  switch (reason) {
    case 'no-seat':
      return { centers: text.errors.noSeat };
    case 'no-center':
      return { centers: text.errors.noCenter };
    default:
      return { [mainField]: text.notAllowed };
  }
}

/** The meeting in the place of the form; on pages, its page. */
async function showCalled(
  { context }: Submission,
  { id, reference }: { id: string; reference: string },
  { closesAt }: CallForm,
): Promise<SubmissionAnswer> {
  const { scope } = context;
  const page = meetingPath(reference);
  if (scope.page) {
    scope.page.goTo(page);
    return 'close-all';
  }
  const loaded = await loadMeeting(scope.db, id);
  if (!loaded) throw new Error('the meeting was not stored');
  const notices = [closesAt ? text.polled(reference) : text.called(reference)];
  const view = meetingModal(loaded, actorOf(context), scope.now, {
    notices,
    links: linksToPage(scope, page),
  });
  return { update: view, holds: 'references' };
}
