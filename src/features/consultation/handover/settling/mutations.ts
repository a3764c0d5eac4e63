/** What becomes of an offer, and of those who are named in the case, when it is no longer open. */
import { and, eq, inArray } from 'drizzle-orm';
import type { Statement } from '../../../../lib/db.ts';
import type { Scope } from '../../../../slack/scope.ts';
import type { Actor } from '../../../directory/actor.ts';
import { listCenterStaff } from '../../../directory/data.ts';
import type { Handover, LoadedConsultation } from '../../data.ts';
import { member } from '../../tables.ts';
import type { HandoverState } from '../../words.ts';
import { handover } from '../tables.ts';

/** An offer as it stands when it is no longer open. */
export function settled(offer: Handover, state: HandoverState, by: string, at: Date): Handover {
  return { ...offer, state, settledBy: by, settledAt: at };
}

export function settleOffer({ db }: Scope, { id, state, settledBy, settledAt }: Handover): Statement {
  return db
    .update(handover)
    .set({ state, settledBy, settledAt })
    .where(and(eq(handover.id, id), eq(handover.state, 'offered')));
}

/** What the timeline knows of a hand-over. */
export function detailOf({ id, kind, fromCenter, toCenter }: Handover) {
  return { handover: id, kind, from: fromCenter, to: toCenter };
}

/**
 * Who is named in the case afterwards: in 限定 cases whoever accepted it, who would not see it otherwise; nobody any more of a
 * giving center that has no part in the case from now on.
 */
export async function changeMembers(
  scope: Scope,
  actor: Actor,
  { consultation: of, members, coreCenter }: LoadedConsultation,
  offer: Handover,
): Promise<{ detail: Record<string, string>; statements: Statement[] }> {
  const isLeaving = offer.fromCenter !== of.sendingCenter && offer.fromCenter !== coreCenter;
  const givers = isLeaving && members.length > 0 ? await listCenterStaff(scope.db, offer.fromCenter) : [];
  const removed = givers.map(({ slackUserId }) => slackUserId).filter((person) => members.includes(person));
  const isAdded = of.isRestricted && !members.includes(actor.slackUserId);
  return {
    detail: {
      ...(isAdded ? { added: actor.slackUserId } : {}),
      ...(removed.length > 0 ? { removed: removed.join(',') } : {}),
    },
    statements: [
      ...(isAdded
        ? [
            scope.db.insert(member).values({
              consultationId: of.id,
              slackUserId: actor.slackUserId,
              addedBy: actor.slackUserId,
              addedAt: scope.now,
            }),
          ]
        : []),
      ...(removed.length > 0
        ? [
            scope.db
              .delete(member)
              .where(and(eq(member.consultationId, of.id), inArray(member.slackUserId, removed))),
          ]
        : []),
    ],
  };
}
