/** 保留 and its end. Each is a change of the case, in the order of its audit chain; an announcement is void after it. */
import { and, eq, isNull } from 'drizzle-orm';
import type { Scope } from '../../../../slack/scope.ts';
import { recordAlone } from '../../../../vault/audit.ts';
import type { Actor } from '../../../directory/actor.ts';
import { openCaseKeyOf } from '../../content/data.ts';
import { type Consultation, casePlace } from '../../data.ts';
import { changeUnruled } from '../../mutations.ts';
import { findHold, type LegalHold } from '../data.ts';
import { withdrawWarning } from '../mutations.ts';
import { legalHold } from '../tables.ts';

/** 保留. A case that is held already, or was erased, stays as it is. Requires `rules.mayHold`. */
export async function holdCase(
  scope: Scope,
  actor: Actor,
  id: string,
  reason: string,
): Promise<Consultation | undefined> {
  return changeUnruled(scope, actor.slackUserId, 'consultation.hold', id, async ({ consultation: of }) => {
    if (of.erasedAt || (await findHold(scope.db, of))) return undefined;
    const key = await openCaseKeyOf(scope, id);
    const hold = {
      id: crypto.randomUUID(),
      consultationId: id,
      heldBy: actor.slackUserId,
      heldAt: scope.now,
    };
    const sealed = await key.seal(holdPlace(hold.id, of), reason);
    return {
      after: of,
      detail: { hold: hold.id },
      statements: [
        scope.db.insert(legalHold).values({ ...hold, reason: sealed }),
        withdrawWarning(scope, id),
      ],
    };
  });
}

/** The case is kept no longer than others; where its time is over, it is announced anew. Requires `rules.mayHold`. */
export async function liftHold(scope: Scope, actor: Actor, id: string): Promise<Consultation | undefined> {
  return changeUnruled(
    scope,
    actor.slackUserId,
    'consultation.lift_hold',
    id,
    async ({ consultation: of }) => {
      const hold = of.erasedAt ? undefined : await findHold(scope.db, of);
      if (!hold) return undefined;
      return {
        after: of,
        detail: { hold: hold.id },
        statements: [
          scope.db
            .update(legalHold)
            .set({ liftedBy: actor.slackUserId, liftedAt: scope.now })
            .where(and(eq(legalHold.id, hold.id), isNull(legalHold.liftedAt))),
          withdrawWarning(scope, id),
        ],
      };
    },
  );
}

/** Opens why a case is held, for whoever may lift it; noted as a reading. */
export async function readHoldReason(
  scope: Scope,
  actor: Actor,
  of: Pick<Consultation, 'id' | 'sendingCenter'>,
  hold: LegalHold,
): Promise<string> {
  await recordAlone(scope.db, {
    at: scope.now,
    actor: actor.slackUserId,
    action: 'consultation.read_hold',
    outcome: 'done',
    ...scope.origin,
    detail: { hold: hold.id },
    caseId: of.id,
  });
  return (await openCaseKeyOf(scope, of.id)).open(holdPlace(hold.id, of), hold.reason);
}

function holdPlace(holdId: string, of: Pick<Consultation, 'id' | 'sendingCenter'>) {
  return casePlace('legal_hold', 'reason', holdId, of);
}
