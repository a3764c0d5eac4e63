/** 気づき・改善点を送る, and what is promised of them. Texts stand in forms and on pages only. */
import { japanDate } from '../../../lib/jst.ts';
import { plainSections } from '../../../slack/block-kit.ts';
import type { Press, SlackFeature, Submission, SubmissionAnswer } from '../../../slack/feature.ts';
import { leadToPage, noticeView, openModal } from '../../../slack/modal.ts';
import { sayTo } from '../../../slack/outbox.ts';
import { actorOf } from '../../directory/gate.ts';
import { personalWordsIn } from '../../meeting/detecting/data.ts';
import { ACTIONS } from '../actions.ts';
import { standInOfActor } from '../data.ts';
import { openRollCall } from '../opening/mutations.ts';
import { rollCallPath } from '../paths.ts';
import { mayCommand } from '../rules.ts';
import { noteRollCallRefusal } from '../storing/mutations.ts';
import { titled } from '../text.ts';
import { LESSON_ACTIONS, LESSON_FORM, lessonModal, PROMISE_FORM, promiseModal } from './blocks.ts';
import { listKeepers, openLesson } from './data.ts';
import {
  keepPromise,
  type LessonRefusal,
  lessonDenial,
  type PromiseRefusal,
  promiseLesson,
  sendLesson,
} from './mutations.ts';
import { readLesson, readPromise } from './schema.ts';
import { lessonsText as text } from './text.ts';

export const lessonsInSlack: SlackFeature = {
  presses: {
    [ACTIONS.lesson.actionId]: pressLesson,
    [LESSON_ACTIONS.promise]: pressPromise,
    [LESSON_ACTIONS.keep]: pressKeep,
  },
  submissions: { [LESSON_FORM]: submitLesson, [PROMISE_FORM]: submitPromise },
};

async function pressLesson(press: Press): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  const found = await openRollCall(scope, actor, press.value, ACTIONS.lesson.actionId);
  if (!found.ok) return say(press, sentenceOf(found.refusal));
  const { rollCall } = found.value;
  const reason = lessonDenial(actor, rollCall, scope.now);
  if (reason) {
    await noteRollCallRefusal(scope, actor, ACTIONS.lesson.actionId, rollCall.reference, reason);
    return say(press, titled(rollCall, sentenceOf({ reason })));
  }
  await openModal(press, lessonModal(rollCall), {
    holds: 'typed',
    page: rollCallPath(rollCall.reference),
    about: text.about,
  });
}

async function submitLesson({ context, viewId, metadata, values }: Submission): Promise<SubmissionAnswer> {
  const { scope } = context;
  const actor = actorOf(context);
  const [rollCallId = '', warned = ''] = metadata.split('/');
  const read = readLesson(values);
  if (!read.ok) return { errors: read.refusal };
  const words = warned === '' ? await personalWordsIn(scope, read.value) : [];
  if (words.length > 0) {
    const found = await openRollCall(scope, actor, rollCallId, 'roll-call.send-lesson');
    if (!found.ok) return { errors: { body: sentenceOf(found.refusal) } };
    const warning = plainSections(text.warning(words.join('、')));
    return { update: lessonModal(found.value.rollCall, warning) };
  }
  const sent = await sendLesson(scope, actor, { rollCallId, form: viewId }, read.value);
  if (!sent.ok) return { errors: { body: sentenceOf(sent.refusal) } };
  return scope.page ? 'close' : { update: noticeView(text.sent), holds: 'references' };
}

/** On pages only: the form shows what a center wrote. */
async function pressPromise(press: Press): Promise<void> {
  const { scope } = press.context;
  const actor = actorOf(press.context);
  const isAllowed = mayCommand(actor, await standInOfActor(scope, actor));
  const found = isAllowed ? await openLesson(scope, press.value) : undefined;
  if (!found) {
    const reason = isAllowed ? 'not-found' : 'not-allowed';
    await noteRollCallRefusal(scope, actor, LESSON_ACTIONS.promise, undefined, reason);
    return say(press, text.denials[reason]);
  }
  const page = rollCallPath(found.reference);
  if (!scope.page) return leadToPage(press, { page, about: text.promise.title });
  const view = promiseModal(found, await listKeepers(scope.db));
  await openModal(press, view, { holds: 'typed', page, about: text.promise.title });
}

async function submitPromise({ context, metadata, values }: Submission): Promise<SubmissionAnswer> {
  const { scope } = context;
  const [id = '', version = ''] = metadata.split('/');
  const read = readPromise(values, japanDate(scope.now));
  if (!read.ok) return { errors: read.refusal };
  const made = await promiseLesson(scope, actorOf(context), { id, version: Number(version) }, read.value);
  if (made.ok) return 'close';
  const { reason } = made.refusal;
  return {
    errors: reason === 'no-such-person' ? { who: text.errors.who } : { what: denialOf(made.refusal) },
  };
}

async function pressKeep(press: Press): Promise<void> {
  const { scope } = press.context;
  const kept = await keepPromise(scope, actorOf(press.context), press.value);
  if (!kept.ok) return say(press, denialOf(kept.refusal));
  // On its page the list shows it.
  if (!scope.page) await say(press, titled(kept.value.rollCall, text.kept));
}

function sentenceOf({ reason }: LessonRefusal): string {
  switch (reason) {
    case 'not-found':
      return text.denials['not-found'];
    case 'not-asked':
      return text.notAsked;
    case 'not-running':
      return text.notRunning;
    case 'over':
      return text.over;
    case 'full':
      return text.full;
  }
}

function denialOf({ reason }: PromiseRefusal): string {
  return reason === 'no-such-person' ? text.errors.who : text.denials[reason];
}

function say(press: Press, sentence: string): Promise<void> {
  return sayTo(press.context.scope, press.person, press.channel, { text: sentence });
}
