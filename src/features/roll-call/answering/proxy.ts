/** 代わりに入力する: who is chosen, and that she may be answered for. */
import type { Press, Submission, SubmissionAnswer } from '../../../slack/feature.ts';
import { textValue } from '../../../slack/form.ts';
import { openModal } from '../../../slack/modal.ts';
import { sayTo } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { listNames } from '../../directory/data.ts';
import { actorOf } from '../../directory/gate.ts';
import { ACTIONS } from '../actions.ts';
import { findOnRoster, type ListedOnRoster, listRoster, type RollCall } from '../data.ts';
import { openRollCall } from '../opening/mutations.ts';
import { rollCallPath } from '../paths.ts';
import { mayAnswerFor } from '../rules.ts';
import { noteRollCallRefusal } from '../storing/mutations.ts';
import { rollCallText, titled } from '../text.ts';
import { proxyCenterForm, proxyForm, readFormMetadata } from './blocks.ts';
import { takeReply } from './mutations.ts';
import { readAnswer } from './schema.ts';
import { refusalSentence } from './sentences.ts';
import { showTaken } from './shown.ts';
import { answeringText as text } from './text.ts';

const ACTION = ACTIONS.replyFor.actionId;
/** More people do not stand in one form: the center is asked first. */
const MAX_IN_FORM = 100;

export async function openProxyForm(press: Press): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  const say = (sentence: string) => sayTo(scope, press.person, press.channel, { text: sentence });
  const found = await openRollCall(scope, actor, press.value, ACTION);
  if (!found.ok) return say(rollCallText.notFound);
  const { rollCall } = found.value;
  if (rollCall.status !== 'running') return say(refusalSentence({ reason: 'not-running', rollCall }));
  const people = await listCandidates(scope, actor, rollCall);
  if (people.length === 0) {
    await noteRollCallRefusal(scope, actor, ACTION, rollCall.reference, 'not-allowed');
    return say(titled(rollCall, actor.center.kind === 'city' ? text.notForYou : text.nobodyToEnterFor));
  }
  const isOneCenter = people.every(({ center }) => center === people[0]?.center);
  const view =
    isOneCenter || people.length <= MAX_IN_FORM
      ? proxyForm(rollCall, people)
      : proxyCenterForm(rollCall, people);
  const page = rollCallPath(rollCall.reference);
  await openModal(press, view, { holds: 'references', page, inModal: 'replace' });
}

/** Whom this person may answer for, herself left out. */
async function listCandidates(
  { db }: Scope,
  actor: Actor,
  { id }: RollCall,
  code?: string,
): Promise<ListedOnRoster[]> {
  const within = actor.center.kind === 'kikan' ? code : actor.center.code;
  const people = await listRoster(db, id, within);
  return people.filter((each) => each.person !== actor.slackUserId && mayAnswerFor(actor, each));
}

export async function submitProxyCenter({
  context,
  metadata,
  values,
}: Submission): Promise<SubmissionAnswer> {
  const { scope } = context;
  const actor = actorOf(context);
  const found = await openRollCall(scope, actor, readFormMetadata(metadata).id, ACTION);
  if (!found.ok) return { errors: { center: rollCallText.notFound } };
  const { rollCall } = found.value;
  if (rollCall.status !== 'running')
    return { errors: { center: refusalSentence({ reason: 'not-running', rollCall }) } };
  const code = textValue(values, 'center');
  if (code === null) return { errors: { center: text.errors.required } };
  const people = await listCandidates(scope, actor, rollCall, code);
  if (people.length === 0) return { errors: { center: text.errors.nobodyInCenter } };
  return { update: proxyForm(rollCall, people), holds: 'references' };
}

export async function submitProxy(submission: Submission): Promise<SubmissionAnswer> {
  const { context, metadata, values, viewId } = submission;
  const { scope } = context;
  const actor = actorOf(context);
  const { id, mark } = readFormMetadata(metadata);
  const person = textValue(values, 'person');
  if (person === null) return { errors: { person: text.errors.required } };
  const answer = readAnswer(values);
  if (!answer.ok) return { errors: answer.refusal };
  const roster = await findOnRoster(scope.db, id, person);
  if (!roster || !mayAnswerFor(actor, roster)) {
    await noteRollCallRefusal(scope, actor, ACTION, undefined, 'not-allowed');
    return { errors: { person: text.notForYou } };
  }
  const isOwn = person === actor.slackUserId;
  const taken = await takeReply(scope, {
    rollCallId: id,
    person,
    answer: answer.value,
    way: isOwn ? (scope.page ? 'web' : 'chat') : 'proxy',
    by: actor.slackUserId,
    at: scope.now,
    key: `form/${viewId}/${mark}`,
  });
  if (!taken.ok) {
    const { refusal } = taken;
    const sentence = refusal.reason === 'not-on-roster' ? text.notAsked : refusalSentence(refusal);
    return { errors: { person: sentence } };
  }
  const names = await listNames(scope.db, [person]);
  const sentence = text.savedFor(names.get(person) ?? '', text.answerWords(taken.value.roster));
  return showTaken(submission, taken.value.rollCall, sentence);
}
