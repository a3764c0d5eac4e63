/** The rows of 代替: one for each closed center in a roll-call, asked anew whenever somebody else has to. */
import { and, eq } from 'drizzle-orm';
import type { Database, Statement } from '../../../../../lib/db.ts';
import { takeover } from '../../tables.ts';

interface Of {
  rollCallId: string;
  center: string;
}

export function proposeTakeover(
  db: Database,
  { rollCallId, center, substitute }: Of & { substitute: string },
  now: Date,
): Statement {
  const asked = { substitute, proposedAt: now, acceptedAt: null, acceptedBy: null, endedAt: null };
  return db
    .insert(takeover)
    .values({ rollCallId, center, ...asked })
    .onConflictDoUpdate({ target: [takeover.rollCallId, takeover.center], set: asked });
}

export function endTakeover(db: Database, { rollCallId, center }: Of, now: Date): Statement {
  return db
    .update(takeover)
    .set({ endedAt: now })
    .where(and(eq(takeover.rollCallId, rollCallId), eq(takeover.center, center)));
}
