/** Sending a 気づき, making a promise of it, and keeping that: once a form, never over what somebody else changed meanwhile. */
import { eq } from 'drizzle-orm';
import { sha256Hex } from '../../../lib/bytes.ts';
import { done, NOT_FOUND, type NotFound, type Result, refused } from '../../../lib/result.ts';
import { linkMessage } from '../../../slack/modal.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { centersOf, type LoadedRollCall, type RollCall, standInOfActor } from '../data.ts';
import { rollCallPath } from '../paths.ts';
import { mayCommand, maySeeRollCall } from '../rules.ts';
import { openRollCallsKey } from '../sealing.ts';
import { changeRollCall, noteRollCallRefusal } from '../storing/mutations.ts';
import { nameOf } from '../text.ts';
import { bodyPlace, countLessons, findLesson, isStaff, type LessonRow, promisePlace } from './data.ts';
import { IMPROVEMENTS_PATH } from './paths.ts';
import { maySendLesson, takesLessons } from './rules.ts';
import type { PromiseInput } from './schema.ts';
import { lesson } from './tables.ts';
import { lessonsText as text } from './text.ts';

/** More than any center means; a stuck form sends as many. */
const MAX_A_CENTER = 100;

export type LessonDenial = 'not-asked' | 'not-running' | 'over' | 'full';
export type LessonRefusal = NotFound | { reason: LessonDenial };

/** Why somebody cannot send one now; undefined when she can. */
export function lessonDenial(
  actor: Actor,
  rollCall: RollCall,
  now: Date,
): Exclude<LessonDenial, 'full'> | undefined {
  if (!maySendLesson(actor, centersOf(rollCall))) return 'not-asked';
  if (rollCall.status !== 'closed') return 'not-running';
  return takesLessons(rollCall, now) ? undefined : 'over';
}

/** Stores what a center noticed. @param form of the form: sent again, it adds nothing */
export async function sendLesson(
  scope: Scope,
  actor: Actor,
  { rollCallId, form }: { rollCallId: string; form: string },
  body: string,
): Promise<Result<LoadedRollCall, LessonRefusal>> {
  const { db, now } = scope;
  const id = (await sha256Hex(`lesson/${actor.slackUserId}/${form}`)).slice(0, 32);
  const wish = { id: rollCallId, action: 'roll-call.send-lesson' };
  const sealed = await (await openRollCallsKey(scope)).seal(bodyPlace(id), body);
  return changeRollCall<LessonRefusal>(scope, actor, wish, async ({ rollCall }) => {
    if (!maySeeRollCall(actor, await standInOfActor(scope, actor), rollCall)) return refused(NOT_FOUND);
    const denial = lessonDenial(actor, rollCall, now);
    if (denial) return refused({ reason: denial });
    if (await findLesson(db, id)) return done(undefined);
    const { code } = actor.center;
    if ((await countLessons(db, rollCallId, code)) >= MAX_A_CENTER) return refused({ reason: 'full' });
    return done({
      detail: { lesson: id },
      statements: [
        db.insert(lesson).values({
          id,
          rollCallId,
          center: code,
          body: sealed,
          at: now,
          by: actor.slackUserId,
          submissionKey: id,
        }),
      ],
    });
  });
}

export type PromiseRefusal =
  | NotFound
  | { reason: 'not-allowed' }
  /** Somebody else changed it after the form was opened. */
  | { reason: 'changed' }
  | { reason: 'done' }
  | { reason: 'no-such-person' };

/** Makes a promise of a 気づき, or changes it: for those who command. @param version that the form showed */
export async function promiseLesson(
  scope: Scope,
  actor: Actor,
  { id, version }: { id: string; version: number },
  { what, who, dueOn }: PromiseInput,
): Promise<Result<LoadedRollCall, PromiseRefusal>> {
  const { db } = scope;
  const action = 'roll-call.promise';
  // Asked first: to others no answer tells whether there is such a thing.
  if (!mayCommand(actor, await standInOfActor(scope, actor))) {
    await noteRollCallRefusal(scope, actor, action, undefined, 'not-allowed');
    return refused({ reason: 'not-allowed' });
  }
  const sealed = await (await openRollCallsKey(scope)).seal(promisePlace(id), what);
  return changeLesson(scope, actor, { id, action }, async (found, rollCall) => {
    if (found.version !== version) return refused({ reason: 'changed' });
    if (found.doneAt !== null) return refused({ reason: 'done' });
    if (!(await isStaff(db, who))) return refused({ reason: 'no-such-person' });
    const name = escapeMrkdwn(nameOf(rollCall));
    const before = found.promisedBy;
    const entries: OutboxEntry[] = [
      ...(before === who && found.dueOn === dueOn
        ? []
        : [directTo(who, linkMessage(scope, IMPROVEMENTS_PATH, text.tell(name, dueOn)), rollCall)]),
      ...(before === null || before === who
        ? []
        : [
            directTo(
              before,
              linkMessage(scope, rollCallPath(rollCall.reference), text.untell(name)),
              rollCall,
            ),
          ]),
    ];
    return done({ set: { promise: sealed, promisedBy: who, dueOn }, entries });
  });
}

/** Says that a promise was kept: whoever made it, and those who command. Said again, it changes nothing. */
export async function keepPromise(
  scope: Scope,
  actor: Actor,
  id: string,
): Promise<Result<LoadedRollCall, PromiseRefusal>> {
  return changeLesson(scope, actor, { id, action: 'roll-call.keep-promise' }, async (found) => {
    const isKeeper = found.promisedBy === actor.slackUserId;
    if (found.promise === null) return refused(NOT_FOUND);
    if (!isKeeper && !mayCommand(actor, await standInOfActor(scope, actor)))
      return refused({ reason: 'not-allowed' });
    if (found.doneAt !== null) return done(undefined);
    return done({ set: { doneAt: scope.now, doneBy: actor.slackUserId }, entries: [] });
  });
}

interface LessonChange {
  set: Partial<Pick<LessonRow, 'promise' | 'promisedBy' | 'dueOn' | 'doneAt' | 'doneBy'>>;
  entries: readonly OutboxEntry[];
}

/** All changes of a lesson go through its roll-call's chain: of two at once the second decides on what the first one left. */
async function changeLesson(
  scope: Scope,
  actor: Actor,
  { id, action }: { id: string; action: string },
  decide: (found: LessonRow, rollCall: RollCall) => Promise<Result<LessonChange | undefined, PromiseRefusal>>,
): Promise<Result<LoadedRollCall, PromiseRefusal>> {
  const { db } = scope;
  const known = await findLesson(db, id);
  if (!known) {
    await noteRollCallRefusal(scope, actor, action, undefined, NOT_FOUND.reason);
    return refused(NOT_FOUND);
  }
  const wish = { id: known.rollCallId, action };
  return changeRollCall<PromiseRefusal>(scope, actor, wish, async ({ rollCall }) => {
    const found = (await findLesson(db, id)) ?? known;
    const decided = await decide(found, rollCall);
    if (!decided.ok) return decided;
    if (!decided.value) return done(undefined);
    const { set, entries } = decided.value;
    return done({
      detail: { lesson: id },
      entries,
      statements: [
        db
          .update(lesson)
          .set({ ...set, version: found.version + 1 })
          .where(eq(lesson.id, id)),
      ],
    });
  });
}

function directTo(person: string, message: ReturnType<typeof linkMessage>, { id }: RollCall): OutboxEntry {
  return { kind: 'direct', person, message, about: id };
}
