/** A promise is kept, given up, or put off. */
import { and, eq, isNull } from 'drizzle-orm';
import type { JapanDate } from '../../../lib/jst.ts';
import { done, NOT_FOUND, type NotFound, type Result, refused } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { circleOf, type LoadedMeeting } from '../data.ts';
import { promise } from '../minutes/tables.ts';
import { mayArrange } from '../rules.ts';
import { changeMeeting, noteRefusal } from '../storing/mutations.ts';
import { findPromise, type ListedPromise } from './data.ts';
import { mayKeep } from './rules.ts';

export type PromiseRefusal = NotFound | { reason: 'settled' };

/**
 * Says what became of a promise: kept, by whoever promised, her manager or those who arrange the meeting; given up, by the latter only.
 * Said again, it changes nothing.
 */
export function settlePromise(
  scope: Scope,
  actor: Actor,
  id: string,
  outcome: 'kept' | 'dropped',
): Promise<Result<ListedPromise, PromiseRefusal>> {
  const action = outcome === 'kept' ? 'meeting.keep_promise' : 'meeting.drop_promise';
  return changePromise(scope, actor, { id, action }, (found, isArranger) => {
    if (!isArranger && (outcome === 'dropped' || !mayKeep(actor, found))) return refused(NOT_FOUND);
    if (found.outcome === outcome) return done(undefined);
    if (found.outcome !== null) return refused({ reason: 'settled' });
    return done({ settledAt: scope.now, settledBy: actor.slackUserId, outcome });
  });
}

/** Puts the day off, or brings it forward; for those who arrange the meeting. */
export function movePromise(
  scope: Scope,
  actor: Actor,
  id: string,
  dueOn: JapanDate,
): Promise<Result<ListedPromise, PromiseRefusal>> {
  return changePromise(scope, actor, { id, action: 'meeting.move_promise' }, (found, isArranger) => {
    if (!isArranger) return refused(NOT_FOUND);
    if (found.outcome !== null) return refused({ reason: 'settled' });
    return done(found.dueOn === dueOn ? undefined : { dueOn });
  });
}

async function changePromise(
  scope: Scope,
  actor: Actor,
  { id, action }: { id: string; action: string },
  decide: (
    found: ListedPromise,
    isArranger: boolean,
  ) => Result<Partial<typeof promise.$inferInsert> | undefined, PromiseRefusal>,
): Promise<Result<ListedPromise, PromiseRefusal>> {
  const { db } = scope;
  const known = await findPromise(db, id);
  if (!known) {
    await noteRefusal(scope, actor, action, undefined, NOT_FOUND.reason);
    return refused(NOT_FOUND);
  }
  const wish = { id: known.meetingId, action };
  const changed = await changeMeeting<PromiseRefusal>(scope, actor, wish, async (loaded: LoadedMeeting) => {
    const found = (await findPromise(db, id)) ?? known;
    const decided = decide(found, mayArrange(actor, circleOf(loaded)));
    if (!decided.ok || !decided.value) return decided.ok ? done(undefined) : decided;
    return done({
      detail: { promise: id },
      statements: [
        db
          .update(promise)
          .set(decided.value)
          .where(and(eq(promise.id, id), isNull(promise.settledAt))),
      ],
    });
  });
  return changed.ok ? done(known) : changed;
}
