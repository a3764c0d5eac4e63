/** Within a minute of its end the figures of a roll-call stand in the thread of its board. Once, however late or often this runs. */
import { and, asc, eq, gte, sql } from 'drizzle-orm';
import type { Scope } from '../../../slack/scope.ts';
import { boardSlot } from '../board/entries.ts';
import type { LoadedRollCall } from '../data.ts';
import { changeRollCallByJob, type RollCallChange } from '../storing/mutations.ts';
import { rollCall, rollCallNotice } from '../tables.ts';
import { readReport } from './data.ts';
import { summaryMessage } from './summary.ts';

const WHAT = 'report';
const RECIPIENT = 'board';
/** After a longer stop of the cron nobody waits for it in chat any more; the page has it all the same. */
const LATEST_MS = 7 * 24 * 60 * 60_000;
/** A drill and a real one. */
const TOLD_A_RUN = 2;

export async function tellReports(scope: Scope): Promise<void> {
  const { db, now } = scope;
  const isTold = sql`EXISTS (SELECT 1 FROM ${rollCallNotice} WHERE ${rollCallNotice.rollCallId} = ${rollCall.id}
    AND ${rollCallNotice.what} = ${WHAT})`;
  const due = await db
    .select({ id: rollCall.id })
    .from(rollCall)
    .where(
      and(
        eq(rollCall.status, 'closed'),
        gte(rollCall.closedAt, new Date(now.getTime() - LATEST_MS)),
        sql`NOT ${isTold}`,
      ),
    )
    .orderBy(asc(rollCall.closedAt))
    .limit(TOLD_A_RUN);
  for (const { id } of due)
    await changeRollCallByJob(scope, { id, action: 'roll-call.tell_report', job: 'tell-reports' }, (loaded) =>
      tell(scope, loaded),
    );
}

async function tell(scope: Scope, loaded: LoadedRollCall): Promise<RollCallChange | undefined> {
  const { id, reference } = loaded.rollCall;
  const [told] = await scope.db
    .select({ at: rollCallNotice.at })
    .from(rollCallNotice)
    .where(and(eq(rollCallNotice.rollCallId, id), eq(rollCallNotice.what, WHAT)))
    .limit(1);
  if (told) return undefined;
  const report = await readReport(scope.db, reference, scope.now);
  if (!report) return undefined;
  const message = summaryMessage(scope, report);
  return {
    told: [{ what: WHAT, recipient: RECIPIENT }],
    entries: [{ kind: 'reply', slot: boardSlot(id), channel: loaded.boardChannel, message, about: id }],
  };
}
