/** 保留 and its end. Each is a change of the case, in the order of its audit chain; an announcement is void after it. */
import { and, eq, isNull } from 'drizzle-orm';
import { done, type Result, refused } from '../../../../lib/result.ts';
import type { Scope } from '../../../../slack/scope.ts';
import type { Actor } from '../../../directory/actor.ts';
import { noteLook } from '../../../directory/noting.ts';
import { openCaseKeyOf } from '../../content/data.ts';
import { type Consultation, casePlace, type LoadedConsultation, standingOf } from '../../data.ts';
import { changeByOwnRules, type NotFound } from '../../mutations.ts';
import { findHold, type LegalHold } from '../data.ts';
import { withdrawWarning } from '../mutations.ts';
import { mayHold, mayReadHoldReason } from '../rules.ts';
import { legalHold } from '../tables.ts';

/** `held`: by somebody else, who was first. */
export type HoldRefusal = { reason: 'not-found' | 'erased' | 'held' };

/** 保留, for whoever may hold the case; refused attempts are logged. A second press of the same person changes nothing. */
export function holdCase(
  scope: Scope,
  actor: Actor,
  id: string,
  reason: string,
): Promise<Result<Consultation, HoldRefusal>> {
  return changeByOwnRules(scope, actor, { id, action: 'consultation.hold' }, async (loaded) => {
    const { consultation: of } = loaded;
    if (!mayHold(actor, standingOf(loaded))) return refused<HoldRefusal>({ reason: 'not-found' });
    if (of.erasedAt) return refused<HoldRefusal>({ reason: 'erased' });
    const standing = await findHold(scope.db, of);
    if (standing)
      return standing.heldBy === actor.slackUserId
        ? done(undefined)
        : refused<HoldRefusal>({ reason: 'held' });
    const key = await openCaseKeyOf(scope, id);
    const hold = {
      id: crypto.randomUUID(),
      consultationId: id,
      heldBy: actor.slackUserId,
      heldAt: scope.now,
    };
    const sealed = await key.seal(holdPlace(hold.id, of), reason);
    return done({
      after: of,
      detail: { hold: hold.id },
      statements: [
        scope.db.insert(legalHold).values({ ...hold, reason: sealed }),
        withdrawWarning(scope, id),
      ],
    });
  });
}

/**
 * The case is kept no longer than others, by whoever may hold it; where its time is over, it is announced anew. Refused attempts are
 * logged; what is not held stays as it is.
 */
export function liftHold(scope: Scope, actor: Actor, id: string): Promise<Result<Consultation, NotFound>> {
  return changeByOwnRules(scope, actor, { id, action: 'consultation.lift_hold' }, async (loaded) => {
    const { consultation: of } = loaded;
    if (!mayHold(actor, standingOf(loaded))) return refused<NotFound>({ reason: 'not-found' });
    const hold = of.erasedAt ? undefined : await findHold(scope.db, of);
    if (!hold) return done(undefined);
    return done({
      after: of,
      detail: { hold: hold.id },
      statements: [
        scope.db
          .update(legalHold)
          .set({ liftedBy: actor.slackUserId, liftedAt: scope.now })
          .where(and(eq(legalHold.id, hold.id), isNull(legalHold.liftedAt))),
        withdrawWarning(scope, id),
      ],
    });
  });
}

/** Opens why a case is held, noted as a reading; undefined for those who do not see the case. */
export async function readHoldReason(
  scope: Scope,
  actor: Actor,
  loaded: LoadedConsultation,
  hold: LegalHold,
): Promise<string | undefined> {
  const { consultation: of } = loaded;
  if (!mayReadHoldReason(actor, standingOf(loaded))) return undefined;
  await noteLook(scope, actor, 'consultation.read_hold', { caseId: of.id, detail: { hold: hold.id } });
  return (await openCaseKeyOf(scope, of.id)).open(holdPlace(hold.id, of), hold.reason);
}

function holdPlace(holdId: string, of: Pick<Consultation, 'id' | 'sendingCenter'>) {
  return casePlace('legal_hold', 'reason', holdId, of);
}
