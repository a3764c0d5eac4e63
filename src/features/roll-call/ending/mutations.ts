/** A roll-call ends: no answers any more, nobody is asked any more, and every card says so. It is never opened again. */
import { and, eq, type SQL, sql } from 'drizzle-orm';
import { done, NOT_FOUND, type NotFound, type Result, refused } from '../../../lib/result.ts';
import { withdrawMail } from '../../../mail/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { outbox } from '../../../slack/tables.ts';
import type { Actor } from '../../directory/actor.ts';
import { rankingEntries } from '../cards/beginning.ts';
import { closedMessage } from '../cards/blocks.ts';
import { listCenterCards } from '../cards/data.ts';
import { enqueueMany, updateCards } from '../cards/entries.ts';
import { type LoadedRollCall, listRunning, type RollCall, standInOfActor } from '../data.ts';
import { mayCommand, maySeeRollCall } from '../rules.ts';
import { changeRollCall, type RollCallChange } from '../storing/mutations.ts';
import { rollCall as rollCallTable } from '../tables.ts';

export type EndRefusal = NotFound | { reason: 'not-allowed' } | { reason: 'not-running'; rollCall: RollCall };

/** Ends one that runs, on the word of whoever commands. */
export async function closeRollCall(
  scope: Scope,
  actor: Actor,
  id: string,
): Promise<Result<LoadedRollCall, EndRefusal>> {
  const action = 'roll-call.close';
  return changeRollCall<EndRefusal>(scope, actor, { id, action }, async ({ rollCall }) => {
    const standIn = await standInOfActor(scope, actor);
    if (!maySeeRollCall(actor, standIn, rollCall)) return refused(NOT_FOUND);
    if (!mayCommand(actor, standIn)) return refused({ reason: 'not-allowed' });
    if (rollCall.status !== 'running') return refused({ reason: 'not-running', rollCall });
    return done(await closingOf(scope, rollCall, actor.slackUserId));
  });
}

/** When the last answer or report of a roll-call came in. */
function latestTaken(id: string): SQL {
  return sql`coalesce((SELECT max(received_at) FROM roll_call_reply WHERE roll_call_id = ${id}), 0),
    coalesce((SELECT max(at) FROM roll_call_center_report WHERE roll_call_id = ${id}), 0)`;
}

/** What ends a roll-call that runs. @param by a Slack id, or `job:…` */
export async function closingOf(scope: Scope, rollCall: RollCall, by: string): Promise<RollCallChange> {
  const { db, now } = scope;
  const { id, kind } = rollCall;
  const cards = await listCenterCards(db, id);
  const drills = kind === 'actual' ? await listRunning(db) : [];
  const rankings = await Promise.all(
    drills.filter((each) => each.kind === 'drill').map((drill) => rankingEntries(scope, drill, false)),
  );
  return {
    set: { status: 'closed', closedAt: now, closedBy: by },
    statements: [
      // What was taken while the end was on its way came before it: every figure counts it, and nothing comes after.
      db
        .update(rollCallTable)
        .set({ closedAt: sql`max(${now.getTime()}, ${latestTaken(id)})` })
        .where(eq(rollCallTable.id, id)),
      // Nobody is asked any more, in no way.
      db
        .update(outbox)
        .set({ state: 'superseded', settledAt: now, lastError: 'withdrawn' })
        .where(and(eq(outbox.about, id), eq(outbox.state, 'waiting'), eq(outbox.kind, 'direct'))),
      withdrawMail(db, id),
      ...enqueueMany(
        db,
        [...updateCards(cards, closedMessage(scope, rollCall, now)), ...rankings.flat()],
        now,
      ),
    ],
    isUrgent: true,
  };
}
