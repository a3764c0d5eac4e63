/** Whom a meeting could invite besides those that it invites. */
import { and, asc, isNull } from 'drizzle-orm';
import type { Database } from '../../../../lib/db.ts';
import { listInvitable } from '../../../directory/meeting-kinds/data.ts';
import { center } from '../../../directory/tables.ts';
import type { InvitedSeat } from '../../data.ts';

/** Staff and open centers without a seat of their own, in the order of the directory. */
export async function listAddable(db: Database, seats: readonly Pick<InvitedSeat, 'seat'>[]) {
  const taken = new Set(seats.map(({ seat }) => seat));
  const [people, centers] = await Promise.all([
    listInvitable(db),
    db
      .select({ code: center.code, short: center.short })
      .from(center)
      .where(and(isNull(center.closedAt)))
      .orderBy(asc(center.position)),
  ]);
  return {
    people: people.filter(({ slackUserId }) => !taken.has(`person:${slackUserId}`)),
    centers: centers.filter(({ code }) => !taken.has(`center:${code}`)),
  };
}
