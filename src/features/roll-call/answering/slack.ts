/** The person's own answer in Slack: one tap, or the form; and the form for somebody who cannot answer herself. */
import type { Press, SlackFeature, Submission, SubmissionAnswer } from '../../../slack/feature.ts';
import { openModal } from '../../../slack/modal.ts';
import { sayTo } from '../../../slack/outbox.ts';
import { tellAtOnce } from '../../../slack/receipt.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { actorOf } from '../../directory/gate.ts';
import { ACTIONS } from '../actions.ts';
import type { RosterRow } from '../data.ts';
import { openRollCall } from '../opening/mutations.ts';
import { showRollCall } from '../opening/slack.ts';
import { rollCallPath } from '../paths.ts';
import { noteRollCallRefusal } from '../storing/mutations.ts';
import { rollCallText } from '../text.ts';
import { ANSWER_FORM, answerForm, PROXY_CENTER_FORM, PROXY_FORM, readFormMetadata } from './blocks.ts';
import { type ReplyRefusal, takeReply } from './mutations.ts';
import { receipt } from './notices.ts';
import { openProxyForm, submitProxy, submitProxyCenter } from './proxy.ts';
import type { Answer } from './rules.ts';
import { readAnswer } from './schema.ts';
import { formSentence, refusalSentence, tapSentence } from './sentences.ts';
import { showTaken } from './shown.ts';
import { answeringText as text } from './text.ts';

export const answeringInSlack: SlackFeature = {
  presses: {
    [ACTIONS.safe.actionId]: tapSafe,
    [ACTIONS.reply.actionId]: openForm,
    [ACTIONS.replyFor.actionId]: openProxyForm,
  },
  submissions: {
    [ANSWER_FORM]: submitForm,
    [PROXY_CENTER_FORM]: submitProxyCenter,
    [PROXY_FORM]: submitProxy,
  },
};

const SAFE: Answer = { safety: 'safe', place: null, coming: null, comingMinutes: null, family: null };

/** 無事: stored first, acknowledged then; a tap that comes again is the same tap. */
async function tapSafe(press: Press): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  const person = actor.slackUserId;
  const taken = await takeReply(scope, {
    rollCallId: press.value,
    person,
    answer: SAFE,
    keepsRest: true,
    way: scope.page ? 'web' : 'chat',
    by: person,
    at: press.pressedAt ?? scope.now,
    key: `tap/${keyOf(press)}`,
  });
  if (!taken.ok) {
    await noteTapRefusal(scope, actor, ACTIONS.safe.actionId, taken.refusal);
    return tellAtOnce(press, { text: refusalSentence(taken.refusal) });
  }
  const { rollCall, roster } = taken.value;
  const sentence = tapSentence(taken.value);
  const hint = isOpen(roster) ? text.helpStays : undefined;
  if (press.modal)
    return showRollCall(press, rollCall.id, {
      notices: [sentence, ...(hint === undefined ? [] : [hint])],
      inModal: 'replace',
    });
  await tellAtOnce(press, receipt(rollCall, sentence, hint));
}

async function openForm(press: Press): Promise<void> {
  const { scope } = press.context;
  const say = (sentence: string) => sayTo(scope, press.person, press.channel, { text: sentence });
  const found = await openRollCall(scope, actorOf(press.context), press.value, ACTIONS.reply.actionId);
  if (!found.ok) return say(rollCallText.notFound);
  const { rollCall, own } = found.value;
  if (rollCall.status !== 'running') return say(refusalSentence({ reason: 'not-running', rollCall }));
  if (!own) return say(refusalSentence({ reason: 'not-on-roster', rollCall }));
  const page = rollCallPath(rollCall.reference);
  await openModal(press, answerForm(rollCall, own), { holds: 'references', page, inModal: 'replace' });
}

async function submitForm(submission: Submission): Promise<SubmissionAnswer> {
  const { context, metadata, values, viewId } = submission;
  const { scope } = context;
  const actor = actorOf(context);
  const { id, mark } = readFormMetadata(metadata);
  const answer = readAnswer(values);
  if (!answer.ok) return { errors: answer.refusal };
  const taken = await takeReply(scope, {
    rollCallId: id,
    person: actor.slackUserId,
    answer: answer.value,
    way: scope.page ? 'web' : 'chat',
    by: actor.slackUserId,
    at: scope.now,
    key: `form/${viewId}/${mark}`,
  });
  if (!taken.ok) {
    await noteTapRefusal(scope, actor, ACTIONS.reply.actionId, taken.refusal);
    return { errors: { safety: refusalSentence(taken.refusal) } };
  }
  const isHelpOpen = isOpen(taken.value.roster);
  return showTaken(
    submission,
    taken.value.rollCall,
    formSentence(taken.value),
    ...(isHelpOpen ? [text.helpStays] : []),
  );
}

/** Whoever comes too late is no stranger: that alone is not noted. One that never began is none that she could know of. */
async function noteTapRefusal(
  scope: Scope,
  actor: Actor,
  action: string,
  refusal: ReplyRefusal,
): Promise<void> {
  if (refusal.reason === 'not-running' && refusal.rollCall.startedAt !== null) return;
  const reference = 'rollCall' in refusal ? refusal.rollCall.reference : undefined;
  await noteRollCallRefusal(scope, actor, action, reference, refusal.reason);
}

function isOpen({ helpSince, helpClearedAt }: Pick<RosterRow, 'helpSince' | 'helpClearedAt'>): boolean {
  return helpSince !== null && helpClearedAt === null;
}

/** Slack's trigger belongs to one press; on a page it is the page that was shown. */
function keyOf({ triggerId, modal }: Press): string {
  return triggerId || modal?.viewId || crypto.randomUUID();
}
