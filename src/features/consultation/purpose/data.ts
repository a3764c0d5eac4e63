/** Whether somebody has to say first what a case is opened for. */
import { and, eq } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { type LoadedConsultation, standingOf } from '../data.ts';
import { isOnCase } from '../visibility/rules.ts';
import { viewingPurpose } from './tables.ts';

/**
 * Whether the Actor, who may see the case, has to state a purpose before reading it: everybody who does not belong to it, once.
 * Whoever reads it in an emergency gave a reason then.
 */
export async function needsPurpose(
  { db }: Pick<Scope, 'db'>,
  actor: Actor,
  loaded: LoadedConsultation,
): Promise<boolean> {
  const { consultation: of } = loaded;
  const standing = standingOf(loaded);
  if (isOnCase(actor, standing) || standing.emergency.includes(actor.slackUserId)) return false;
  return !(await hasStatedPurpose(db, of.id, actor.slackUserId));
}

export async function hasStatedPurpose(
  db: Database,
  consultationId: string,
  slackUserId: string,
): Promise<boolean> {
  const rows = await db
    .select({ at: viewingPurpose.statedAt })
    .from(viewingPurpose)
    .where(
      and(eq(viewingPurpose.consultationId, consultationId), eq(viewingPurpose.slackUserId, slackUserId)),
    )
    .limit(1);
  return rows.length > 0;
}
