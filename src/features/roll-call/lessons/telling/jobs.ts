/**
 * After the close each center is asked once for its 気づき・改善点, and reminded once, on the fifth day, where it sent none; whoever
 * promised something is reminded three days before and on the day. Run late or twice, everything is said once.
 */
import { japanDate } from '../../../../lib/jst.ts';
import { markdownSection } from '../../../../slack/block-kit.ts';
import { linkMessage } from '../../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../../slack/mrkdwn.ts';
import type { Message } from '../../../../slack/outbox.ts';
import type { Scope } from '../../../../slack/scope.ts';
import { ACTIONS } from '../../actions.ts';
import type { LoadedRollCall, RollCall } from '../../data.ts';
import { changeRollCallByJob, type RollCallChange } from '../../storing/mutations.ts';
import { nameOf } from '../../text.ts';
import { findLesson } from '../data.ts';
import { IMPROVEMENTS_PATH } from '../paths.ts';
import {
  isReminderDue,
  lastDueOn,
  lessonsEndAt,
  markOf,
  oldestAsking,
  stageDue,
  takesLessons,
} from '../rules.ts';
import { lessonsText as text } from '../text.ts';
import {
  ASKED_MARK,
  type DuePromise,
  isTold,
  listAskedCenters,
  listClosedSince,
  listContacts,
  listDuePromises,
  REMINDED_MARK,
} from './data.ts';

/** Some queries each: with what else runs in a minute it stays within the 50 of the free plan. */
const A_RUN = 2;
/** Noted where a center has nobody to tell, or nobody needs to be told. */
const NOBODY = 'nobody';

/** One query while nothing closed in the last seven days. */
export async function askForLessons(scope: Scope): Promise<void> {
  const { db, now } = scope;
  const closed = await listClosedSince(db, oldestAsking(now));
  const due = closed.filter(
    ({ isAsked, isReminded, closedAt }) => !isAsked || (!isReminded && isReminderDue(closedAt, now)),
  );
  for (const { id, isAsked } of due.slice(0, A_RUN))
    await changeRollCallByJob(
      scope,
      { id, action: isAsked ? 'roll-call.remind-lessons' : 'roll-call.ask-lessons', job: 'ask-for-lessons' },
      (loaded) => askingOf(scope, loaded, isAsked ? REMINDED_MARK : ASKED_MARK),
    );
}

async function askingOf(
  scope: Scope,
  { rollCall }: LoadedRollCall,
  mark: typeof ASKED_MARK | typeof REMINDED_MARK,
): Promise<RollCallChange | undefined> {
  const { db, now } = scope;
  if (!takesLessons(rollCall, now) || (await isTold(db, rollCall.id, mark))) return undefined;
  const centers = await listAskedCenters(db, rollCall.id);
  const asked = mark === ASKED_MARK ? centers : centers.filter(({ hasSent }) => !hasSent);
  const contacts = await listContacts(
    db,
    asked.map(({ code }) => code),
  );
  const message = askingMessage(rollCall, mark);
  const people = new Set([...contacts.values()].flat());
  const recipients = asked.length === 0 ? [NOBODY] : asked.map(({ code }) => code);
  return {
    detail: { asked: people.size },
    told: recipients.map((recipient) => ({ what: mark, recipient })),
    entries: [...people].map((person) => ({ kind: 'direct', person, message, about: rollCall.id })),
  };
}

function askingMessage(rollCall: RollCall, mark: typeof ASKED_MARK | typeof REMINDED_MARK): Message {
  const name = nameOf(rollCall);
  const until = lessonsEndAt(rollCall.closedAt ?? rollCall.updatedAt);
  const sentence = (mark === ASKED_MARK ? text.ask : text.askAgain)(escapeMrkdwn(name), until);
  return {
    text: `${name}　${text.heading}`,
    blocks: [markdownSection(sentence), { type: 'actions', elements: [ACTIONS.lesson.button(rollCall.id)] }],
  };
}

/** One query while nothing is due. */
export async function remindOfImprovements(scope: Scope): Promise<void> {
  const { db, now } = scope;
  const open = await listDuePromises(db, japanDate(now), lastDueOn(now));
  const due = open.filter((promise) => {
    const stage = stageDue(promise.dueOn, now);
    return stage !== undefined && !promise.told.includes(markOf(stage, promise));
  });
  for (const promise of due.slice(0, A_RUN))
    await changeRollCallByJob(
      scope,
      { id: promise.rollCallId, action: 'roll-call.remind-promise', job: 'remind-of-improvements' },
      (loaded) => remind(scope, loaded, promise),
    );
}

async function remind(
  scope: Scope,
  { rollCall }: LoadedRollCall,
  { id }: DuePromise,
): Promise<RollCallChange | undefined> {
  const { db, now } = scope;
  const found = await findLesson(db, id);
  if (!found || found.doneAt !== null || found.dueOn === null || found.promisedBy === null) return undefined;
  const { dueOn, promisedBy } = found;
  const stage = stageDue(dueOn, now);
  const what = stage && markOf(stage, { id, dueOn, promisedBy });
  if (!stage || what === undefined || (await isTold(db, rollCall.id, what))) return undefined;
  const sentence = text.remind[stage](escapeMrkdwn(nameOf(rollCall)), dueOn);
  const message = linkMessage(scope, IMPROVEMENTS_PATH, sentence);
  return {
    detail: { lesson: id, stage },
    told: [{ what, recipient: promisedBy }],
    entries: [{ kind: 'direct', person: promisedBy, message, about: rollCall.id }],
  };
}
