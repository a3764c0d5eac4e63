/** 要救助の方 and 未回答の方: who needs looking after, for those who may know. */
import { characterCount } from '../../../lib/japanese.ts';
import type { Press, SlackFeature, Submission, SubmissionAnswer } from '../../../slack/feature.ts';
import { textValue } from '../../../slack/form.ts';
import { linksToPage, openModal, type Way } from '../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import { sayTo } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { actorOf } from '../../directory/gate.ts';
import { noteLook } from '../../directory/noting.ts';
import { ACTIONS } from '../actions.ts';
import { openRollCall } from '../opening/mutations.ts';
import type { Look } from '../parts.ts';
import { rollCallPath } from '../paths.ts';
import { mayClearHelp, maySeePeopleOf } from '../rules.ts';
import { noteRollCallRefusal } from '../storing/mutations.ts';
import { rollCallText, titled } from '../text.ts';
import { CLEAR_BUTTON, CLEAR_FORM, clearForm, helpView, MAX_REASON, readValue } from './blocks.ts';
import { listHelped } from './data.ts';
import { CLEAR_HELP, clearHelp, knownTo } from './mutations.ts';
import { openReasons, READ_REASONS } from './reasons.ts';
import { type ClearRefusal, denialOfClearing } from './rules.ts';
import { showSilent } from './silent.ts';
import { helpingText as text } from './text.ts';

export const helpingInSlack: SlackFeature = {
  presses: {
    [ACTIONS.help.actionId]: showHelped,
    [ACTIONS.silent.actionId]: showSilent,
    [CLEAR_BUTTON]: openClearForm,
  },
  submissions: { [CLEAR_FORM]: submitClearing },
};

async function showHelped(press: Press): Promise<void> {
  const { scope } = press.context;
  const found = await openRollCall(scope, actorOf(press.context), press.value, ACTIONS.help.actionId);
  if (!found.ok) return sayTo(scope, press.person, press.channel, { text: rollCallText.notFound });
  const view = await viewOf(scope, found.value, []);
  await openModal(press, view, { ...wayOf(found.value), inModal: 'push' });
}

async function viewOf(scope: Scope, look: Look, notices: readonly string[]) {
  const helped = await listHelped(scope.db, look.rollCall.id);
  // Typed: on pages only, and noted as read.
  const readable = scope.page ? helped.filter(({ center }) => maySeePeopleOf(look.actor, center)) : [];
  const reasons = await openReasons(scope, readable);
  if (reasons.size > 0)
    await noteLook(scope, look.actor, READ_REASONS, { detail: { rollCall: look.rollCall.reference } });
  const links = linksToPage(scope, rollCallPath(look.rollCall.reference));
  return helpView(look, helped, { notices, links, reasons });
}

async function openClearForm(press: Press): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  const say = (sentence: string) => sayTo(scope, press.person, press.channel, { text: sentence });
  const { rollCallId, person, since } = readValue(press.value);
  const found = await openRollCall(scope, actor, rollCallId, CLEAR_HELP);
  if (!found.ok) return say(rollCallText.notFound);
  const { rollCall, standIn } = found.value;
  const [listed] = await listHelped(scope.db, rollCallId, person);
  const helped = knownTo(actor, standIn, listed);
  const mayClear = helped !== undefined && mayClearHelp(actor, standIn, helped.center);
  const refusal = helped ? denialOfClearing(helped, since, mayClear) : { reason: 'not-found' as const };
  if (!mayClear)
    await noteRollCallRefusal(scope, actor, CLEAR_HELP, rollCall.reference, refusal?.reason ?? 'not-allowed');
  if (refusal || !helped?.helpSince) return say(titled(rollCall, spoken(refusal ?? { reason: 'not-open' })));
  const view = clearForm(rollCall, { ...helped, helpSince: helped.helpSince });
  await openModal(press, view, { ...wayOf(found.value), holds: 'typed', inModal: 'replace' });
}

async function submitClearing({ context, metadata, values }: Submission): Promise<SubmissionAnswer> {
  const { scope } = context;
  const actor = actorOf(context);
  const wanted = readValue(metadata);
  const field = `reason.${wanted.person}`;
  const reason = textValue(values, field)?.trim() ?? '';
  if (reason === '') return { errors: { [field]: text.errors.required } };
  if (characterCount(reason) > MAX_REASON) return { errors: { [field]: text.errors.tooLong(MAX_REASON) } };
  const cleared = await clearHelp(scope, actor, { ...wanted, reason });
  if (!cleared.ok) return { errors: { [field]: refusalSentence(cleared.refusal) } };
  const sentence = text.done(cleared.value.name);
  const found = await openRollCall(scope, actor, wanted.rollCallId, CLEAR_HELP);
  if (!found.ok) return 'close';
  if (scope.page) {
    scope.page.say(escapeMrkdwn(titled(found.value.rollCall, sentence)));
    return 'close';
  }
  return { update: await viewOf(scope, found.value, [sentence]), holds: 'references' };
}

/** The same where mrkdwn is read. */
function spoken(refusal: ClearRefusal): string {
  return escapeMrkdwn(refusalSentence(refusal));
}

function refusalSentence(refusal: ClearRefusal): string {
  const { errors } = text;
  switch (refusal.reason) {
    case 'not-found':
      return errors.notFound;
    case 'not-allowed':
      return errors.notAllowed;
    case 'not-open':
      return errors.notOpen;
    case 'asked-anew':
      return errors.askedAnew;
    case 'cleared':
      return errors.clearedMeanwhile(refusal.by, refusal.at);
  }
}

function wayOf({ rollCall }: Look): Pick<Way, 'holds' | 'page'> {
  return { holds: 'references', page: rollCallPath(rollCall.reference) };
}
