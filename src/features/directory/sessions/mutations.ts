/** Sessions of the pages that end with a change of the directory, or because their owner wants it. */
import { sql } from 'drizzle-orm';
import { type Database, runBatch, type Statement } from '../../../lib/db.ts';
import type { Scope } from '../../../slack/scope.ts';
import { recordAlone } from '../../../vault/audit.ts';
import { endSessionsOf } from '../../../web/sessions.ts';
import { webSession } from '../../../web/tables.ts';
import type { Actor } from '../actor.ts';
import { staff } from '../tables.ts';

/** Ends the sessions of all who are not listed (any more). */
export function endSessionsOfRemoved(db: Database): Statement {
  return db
    .delete(webSession)
    .where(
      sql`${webSession.slackUserId} NOT IN (SELECT ${staff.slackUserId} FROM ${staff} WHERE ${staff.removedAt} IS NULL)`,
    );
}

/** Signs a person out on every device, this one included: a phone was lost. */
export async function endOwnSessions(scope: Scope, actor: Actor): Promise<void> {
  await runBatch(scope.db, [endSessionsOf(scope.db, actor.slackUserId).statement]);
  await recordAlone(scope.db, {
    at: scope.now,
    actor: actor.slackUserId,
    action: 'pages.sign_out_everywhere',
    outcome: 'done',
    ...scope.origin,
  });
}
