/** Making the card of a center, and taking its PIN: five wrong ones in a row lock it. */
import { and, eq, sql } from 'drizzle-orm';
import { done, type Result, refused } from '../../../../lib/result.ts';
import type { Scope } from '../../../../slack/scope.ts';
import { recordAlone } from '../../../../vault/audit.ts';
import { isSameSecret } from '../../../../web/origin-check.ts';
import type { Actor } from '../../../directory/actor.ts';
import { changeDirectory } from '../../../directory/mutations.ts';
import { standInOfActor } from '../../data.ts';
import { openRollCallsKey } from '../../sealing.ts';
import { newRowId } from '../signing.ts';
import { centerCard } from '../tables.ts';
import { type Card, findCard, listCardCenters, openPin, pinPlace } from './data.ts';
import { LOCKED_MS, MOST_WRONG_PINS, mayKeepCard, newPin } from './rules.ts';

/** Meanwhile another card was made. */
export type CardRefusal = { reason: 'not-found' } | { reason: 'changed-meanwhile' };

/**
 * Makes the card of a center, which ends the one before: its address and its PIN open nothing any more.
 * @param seen id of the card that stood beside the button, empty for none: pressed twice, it does not end what was just printed
 */
export async function makeCard(
  scope: Scope,
  actor: Actor,
  code: string,
  seen: string,
): Promise<Result<undefined, CardRefusal>> {
  const { db, now } = scope;
  const standIn = await standInOfActor(scope, actor);
  return changeDirectory<undefined, CardRefusal>(scope, actor, 'roll-call.make-card', async () => {
    const isThere = (await listCardCenters(db)).some((each) => each.code === code);
    if (!isThere || !mayKeepCard(actor, standIn, code)) return refused({ reason: 'not-found' });
    if (((await findCard(db, code))?.card.cardId ?? '') !== seen)
      return refused({ reason: 'changed-meanwhile' });
    const cardId = newRowId();
    const pin = await (await openRollCallsKey(scope)).seal(pinPlace(code, cardId), newPin());
    const card: Card = {
      center: code,
      cardId,
      pin,
      madeAt: now,
      madeBy: actor.slackUserId,
      wrongPins: 0,
      lockedUntil: null,
    };
    return done({
      value: undefined,
      detail: { center: code },
      statements: [
        db.insert(centerCard).values(card).onConflictDoUpdate({ target: centerCard.center, set: card }),
      ],
    });
  });
}

/**
 * Takes a PIN. Every try is counted before it is compared, so that many at once are five as well; while the card is locked, none is
 * compared, and the right one is answered like a wrong one.
 */
export async function tryPin(scope: Scope, card: Card, pin: string): Promise<'right' | 'wrong' | 'locked'> {
  const { db, now } = scope;
  const ofCard = and(eq(centerCard.center, card.center), eq(centerCard.cardId, card.cardId));
  const at = now.getTime();
  // After a lock has passed, the row begins anew.
  const tries = sql`(CASE WHEN locked_until IS NULL THEN wrong_pins ELSE 0 END + 1)`;
  const [counted] = await db
    .update(centerCard)
    .set({
      wrongPins: tries,
      lockedUntil: sql`CASE WHEN ${tries} >= ${MOST_WRONG_PINS} THEN ${at + LOCKED_MS} ELSE NULL END`,
    })
    .where(and(ofCard, sql`(locked_until IS NULL OR locked_until <= ${at})`))
    .returning({ lockedUntil: centerCard.lockedUntil });
  if (!counted) return 'locked';
  if (isSameSecret(pin, await openPin(scope, card))) {
    await db.update(centerCard).set({ wrongPins: 0, lockedUntil: null }).where(ofCard);
    return 'right';
  }
  await noteWrongPin(scope, card, counted.lockedUntil !== null);
  return counted.lockedUntil === null ? 'wrong' : 'locked';
}

function noteWrongPin({ db, now, origin }: Scope, card: Card, isLocked: boolean): Promise<void> {
  return recordAlone(db, {
    at: now,
    actor: `card:${card.center}`,
    action: 'roll-call.card-pin',
    outcome: 'refused',
    ...origin,
    detail: { reason: isLocked ? 'locked' : 'wrong', center: card.center },
  });
}
