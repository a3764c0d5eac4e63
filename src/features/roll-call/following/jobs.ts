/** The roster of what runs follows the directory: who joins is asked, who leaves is neither asked nor counted, who moves counts elsewhere. */
import { and, eq, sql } from 'drizzle-orm';
import { runBatch, type Statement } from '../../../lib/db.ts';
import type { Scope } from '../../../slack/scope.ts';
import { outbox } from '../../../slack/tables.ts';
import { askMessage } from '../cards/blocks.ts';
import { directTo, enqueueMany } from '../cards/entries.ts';
import { cardText } from '../cards/text.ts';
import { listRunning, type RollCall } from '../data.ts';
import { findNotice } from '../making/data.ts';
import { rosterStatement } from '../making/mutations.ts';
import { isOutrankedByActual } from '../opening/blocks.ts';
import { changeRollCallByJob, type RollCallChange } from '../storing/mutations.ts';
import { rollCallNotice, rosterPerson } from '../tables.ts';
import { FOLLOWED, latestUnfollowed, listRosterChanges, type RosterChange } from './data.ts';

/** One query in minutes in which nothing runs; two while something does and the directory stays as it is. */
export async function followDirectoryInRollCalls(scope: Scope): Promise<void> {
  for (const running of await listRunning(scope.db)) {
    const seq = await latestUnfollowed(scope.db, running.id);
    if (seq !== undefined) await follow(scope, running, String(seq));
  }
}

async function follow(scope: Scope, { id, ...running }: RollCall, seq: string): Promise<void> {
  const { db, now } = scope;
  const followed = { what: FOLLOWED, recipient: seq };
  if ((await listRosterChanges(db, { id, ...running })).length === 0) {
    // Nothing of the change concerns it. Two runs at once note the same.
    await runBatch(db, [
      db
        .insert(rollCallNotice)
        .values({ rollCallId: id, ...followed, at: now })
        .onConflictDoNothing(),
    ]);
    return;
  }
  await changeRollCallByJob(
    scope,
    { id, action: 'roll-call.follow', job: 'follow-directory' },
    async ({ rollCall }) => {
      if (rollCall.status !== 'running' || (await findNotice(db, id, followed))) return undefined;
      const changes = await listRosterChanges(db, rollCall);
      return { ...(await followingOf(scope, rollCall, changes)), told: [followed] };
    },
  );
}

async function followingOf(
  scope: Scope,
  rollCall: RollCall,
  changes: readonly RosterChange[],
): Promise<RollCallChange> {
  const { db, now } = scope;
  const of = (change: RosterChange['change']) => changes.filter((each) => each.change === change);
  const isOutranked = await isOutrankedByActual(scope, rollCall);
  const message = askMessage(scope, rollCall, { isChannel: false, isOutranked, why: cardText.joined });
  // In a drill of Slack's failure chat stays silent; they are mailed like everybody else.
  const isSilent = rollCall.scenario === 'slack-outage';
  const entries = isSilent ? [] : of('joined').map(({ person }) => directTo(person, rollCall.id, message));
  return {
    detail: { joined: of('joined').length, moved: of('moved').length, left: of('left').length },
    statements: [
      rosterStatement(scope, rollCall),
      ...leavingStatements(
        scope,
        rollCall.id,
        of('left').map(({ person }) => person),
      ),
      ...enqueueMany(db, entries, now),
    ],
  };
}

/** They stay on the roster as those who left; what waits to be said to them is taken back. */
function leavingStatements({ db, now }: Scope, rollCallId: string, people: readonly string[]): Statement[] {
  if (people.length === 0) return [];
  const listed = sql`(SELECT value FROM json_each(${JSON.stringify(people)}))`;
  return [
    db
      .update(rosterPerson)
      .set({ leftAt: now })
      .where(and(eq(rosterPerson.rollCallId, rollCallId), sql`${rosterPerson.person} IN ${listed}`)),
    db
      .update(outbox)
      .set({ state: 'superseded', settledAt: now, lastError: 'withdrawn' })
      .where(
        and(
          eq(outbox.about, rollCallId),
          eq(outbox.state, 'waiting'),
          eq(outbox.kind, 'direct'),
          sql`${outbox.channel} IN ${listed}`,
        ),
      ),
  ];
}
