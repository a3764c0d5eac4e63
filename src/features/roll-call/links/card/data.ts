/** The card of a center: what its address opens, and its PIN for those who may print it. */
import { asc, eq, sql } from 'drizzle-orm';
import { toHex } from '../../../../lib/bytes.ts';
import type { Database } from '../../../../lib/db.ts';
import type { Scope } from '../../../../slack/scope.ts';
import { isSameSecret } from '../../../../web/origin-check.ts';
import { center, staff } from '../../../directory/tables.ts';
import { openLinkKey, openRollCallsKey, rollCallPlace } from '../../sealing.ts';
import { isSigned, rowOfToken, signCard } from '../signing.ts';
import { centerCard } from '../tables.ts';

export type Card = typeof centerCard.$inferSelect;

export interface OpenedCard {
  card: Card;
  centerName: string;
}

/** Of whoever entered the right PIN: so long she need not enter it again. */
const PASS_LIVES_MS = 6 * 60 * 60_000;

/** What the address of a card opens; undefined for what was never signed, for a card that was replaced, and for a center that is closed. */
export async function openCardOf(scope: Scope, token: string): Promise<OpenedCard | undefined> {
  const cardId = rowOfToken(token);
  if (cardId === undefined) return undefined;
  const [key, [found]] = await Promise.all([
    openLinkKey(scope),
    scope.db
      .select({
        card: centerCard,
        centerName: sql<string>`${center.name}`.as('center_name'),
        closedAt: sql<number | null>`${center.closedAt}`.as('center_closed_at'),
      })
      .from(centerCard)
      .innerJoin(center, eq(center.code, centerCard.center))
      .where(eq(centerCard.cardId, cardId))
      .limit(1),
  ]);
  const signed = isSigned(token, await signCard(key, { center: found?.card.center ?? '', cardId }));
  if (!signed || !found || found.closedAt !== null) return undefined;
  return found;
}

/** The PIN of a card, to be compared or printed. */
export async function openPin(scope: Scope, { center: code, cardId, pin }: Card): Promise<string> {
  return (await openRollCallsKey(scope)).open(pinPlace(code, cardId), pin);
}

export function pinPlace(code: string, cardId: string) {
  return rollCallPlace('roll_call_center_card', 'pin', cardId, code);
}

/** What shows with each form that the right PIN was entered: signed, with its end. */
export async function passFor(scope: Scope, { center: code, cardId }: Card): Promise<string> {
  return signPass(scope, code, cardId, scope.now.getTime() + PASS_LIVES_MS);
}

export async function isPass(scope: Scope, { center: code, cardId }: Card, pass: string): Promise<boolean> {
  const until = Number(/^\d{13}/.exec(pass)?.[0] ?? 0);
  return isSameSecret(pass, await signPass(scope, code, cardId, until)) && until > scope.now.getTime();
}

async function signPass(scope: Scope, code: string, cardId: string, until: number): Promise<string> {
  const key = await openLinkKey(scope);
  const signature = await key.hash(`pass/${code}/${cardId}/${until}`);
  return `${until}${toHex(signature)}`;
}

/** The card of a center with the name of whoever made it; undefined while there is none. */
export async function findCard(
  db: Database,
  code: string,
): Promise<{ card: Card; madeByName: string | null } | undefined> {
  const [row] = await db
    .select({ card: centerCard, madeByName: staff.name })
    .from(centerCard)
    .leftJoin(staff, eq(staff.slackUserId, centerCard.madeBy))
    .where(eq(centerCard.center, code))
    .limit(1);
  return row;
}

export type CardCenter = Pick<typeof center.$inferSelect, 'code' | 'name' | 'short'>;

/** Centers that may have a card, in the order of the city file. */
export async function listCardCenters(db: Database): Promise<CardCenter[]> {
  return db
    .select({ code: center.code, name: center.name, short: center.short })
    .from(center)
    .where(sql`${center.closedAt} IS NULL`)
    .orderBy(asc(center.position));
}
