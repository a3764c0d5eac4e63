/** Reads of hand-overs. */
import { and, asc, desc, eq, lte } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import { type Center, findCenterInCity, listDistrictCenters } from '../../directory/data.ts';
import type { Handover, LoadedConsultation } from '../data.ts';
import { type CaseEvent, listEvents } from '../timeline/data.ts';
import type { HandoverKind } from '../words.ts';
import { handoverKindsFor } from './rules.ts';
import { handover } from './tables.ts';

/** A hand-over of this case, in whatever state. */
export async function findOffer(
  db: Database,
  consultationId: string,
  offerId: string,
): Promise<Handover | undefined> {
  const [row] = await db
    .select()
    .from(handover)
    .where(and(eq(handover.id, offerId), eq(handover.consultationId, consultationId)))
    .limit(1);
  return row;
}

/** Open offers whose time has passed, the oldest first. */
export function listExpiredOffers(
  db: Database,
  now: Date,
  limit: number,
): Promise<{ id: string; consultationId: string }[]> {
  return db
    .select({ id: handover.id, consultationId: handover.consultationId })
    .from(handover)
    .where(and(eq(handover.state, 'offered'), lte(handover.expiresAt, now)))
    .orderBy(asc(handover.expiresAt))
    .limit(limit)
    .all();
}

/** To whom the case can be offered now, by kind; no entry where nobody is there to take it. */
export interface OfferChoices {
  frontSupport: Center | undefined;
  return: Center | undefined;
  /** The open district centers but the present one. */
  transfer: Center[];
}

export async function listOfferChoices(
  db: Database,
  { consultation: of, coreCenter }: LoadedConsultation,
): Promise<OfferChoices> {
  const kinds = handoverKindsFor(of, coreCenter);
  const districts = await listDistrictCenters(db);
  const core = kinds.includes('front_support') ? await findCenterInCity(db, coreCenter) : undefined;
  const giver = kinds.includes('return') ? await findGiver(db, of.id, coreCenter) : undefined;
  const openDistrict = (code: string | undefined) => districts.find((each) => each.code === code);
  return {
    frontSupport: core?.center,
    return: kinds.includes('return') ? (openDistrict(giver) ?? openDistrict(of.sendingCenter)) : undefined,
    transfer: districts.filter(({ code }) => code !== of.responsibleCenter),
  };
}

/** The kinds for which there is a receiver, in the order of the form. */
export function offeredKinds(choices: OfferChoices): HandoverKind[] {
  const kinds: HandoverKind[] = [];
  if (choices.frontSupport) kinds.push('front_support');
  if (choices.return) kinds.push('return');
  if (choices.transfer.length > 0) kinds.push('transfer');
  return kinds;
}

/** The center that last gave the case to the core center. */
async function findGiver(
  db: Database,
  consultationId: string,
  coreCenter: string,
): Promise<string | undefined> {
  const [row] = await db
    .select({ from: handover.fromCenter })
    .from(handover)
    .where(
      and(
        eq(handover.consultationId, consultationId),
        eq(handover.state, 'accepted'),
        eq(handover.toCenter, coreCenter),
      ),
    )
    .orderBy(desc(handover.offeredAt))
    .limit(1);
  return row?.from;
}

/** What became of an offer after it was made; a withdrawal of the case names it as `offer`. */
export async function listEventsOfOffer(
  db: Database,
  consultationId: string,
  offerId: string,
): Promise<CaseEvent[]> {
  const events = await listEvents(db, consultationId);
  return events.filter(
    ({ action, detail }) =>
      action !== 'consultation.offer' && (detail.handover === offerId || detail.offer === offerId),
  );
}
