/** Reads of residents' requests. */
import { and, asc, desc, eq, inArray, isNotNull, isNull, lte, or } from 'drizzle-orm';
import * as v from 'valibot';
import type { Database } from '../../../lib/db.ts';
import { addDays, type JapanDate } from '../../../lib/jst.ts';
import { auditEntry } from '../../../vault/tables.ts';
import type { Consultation, Handover } from '../data.ts';
import { handover } from '../handover/tables.ts';
import { consultation } from '../tables.ts';
import { isSeenBy, type Sight } from '../visibility/data.ts';
import type { Flag } from './rules.ts';
import { residentRequest } from './tables.ts';
import type { RequestKind, RequestState } from './words.ts';

export type ResidentRequest = typeof residentRequest.$inferSelect;

/** A request as lists show it. */
export interface ListedRequest {
  id: string;
  reference: string;
  kind: RequestKind;
  state: RequestState;
  receivedOn: JapanDate;
  dueOn: JapanDate;
  settledOn: JapanDate | null;
}

/** Requests of the cases that the person may handle: open ones by their last day, settled ones the latest first. */
export async function listRequests(
  db: Database,
  sight: Sight,
  which: 'open' | 'settled',
  limit: number,
): Promise<ListedRequest[]> {
  const { kind, code } = sight.person.center;
  const isTheirs =
    kind === 'kikan'
      ? undefined
      : or(eq(consultation.sendingCenter, code), eq(consultation.responsibleCenter, code));
  const isOpen = which === 'open' ? isNull(residentRequest.settledOn) : isNotNull(residentRequest.settledOn);
  return db
    .select({
      id: residentRequest.id,
      reference: consultation.reference,
      kind: residentRequest.kind,
      state: residentRequest.state,
      receivedOn: residentRequest.receivedOn,
      dueOn: residentRequest.dueOn,
      settledOn: residentRequest.settledOn,
    })
    .from(residentRequest)
    .innerJoin(consultation, eq(consultation.id, residentRequest.consultationId))
    .where(and(isOpen, isSeenBy(sight), isTheirs))
    .orderBy(...(which === 'open' ? [asc(residentRequest.dueOn)] : [desc(residentRequest.settledOn)]))
    .limit(limit);
}

/** Asks nobody's permission. */
export async function findRequest(db: Database, id: string): Promise<ResidentRequest | undefined> {
  const [row] = await db.select().from(residentRequest).where(eq(residentRequest.id, id)).limit(1);
  return row;
}

/** What the page of a case says: requests that are open, and a use that was stopped. */
export async function listFlags(db: Database, consultationId: string): Promise<Flag[]> {
  return db
    .select({ kind: residentRequest.kind, state: residentRequest.state, dueOn: residentRequest.dueOn })
    .from(residentRequest)
    .where(
      and(
        eq(residentRequest.consultationId, consultationId),
        or(
          isNull(residentRequest.settledOn),
          and(eq(residentRequest.kind, 'use_stop'), inArray(residentRequest.state, ['granted', 'partly'])),
        ),
      ),
    )
    .orderBy(asc(residentRequest.dueOn));
}

/** The requests of a case for a copy that have no answer yet. */
export async function listOpenDisclosures(db: Database, consultationId: string): Promise<ResidentRequest[]> {
  return db
    .select()
    .from(residentRequest)
    .where(
      and(
        eq(residentRequest.consultationId, consultationId),
        eq(residentRequest.kind, 'disclosure'),
        isNull(residentRequest.settledOn),
      ),
    )
    .orderBy(asc(residentRequest.dueOn));
}

export interface PendingRequest {
  request: ResidentRequest;
  of: Consultation;
  offer: Handover | null;
}

/** Open requests whose last day is at most so many days away. */
export async function listPending(
  db: Database,
  today: JapanDate,
  withinDays: number,
  limit: number,
): Promise<PendingRequest[]> {
  return db
    .select({ request: residentRequest, of: consultation, offer: handover })
    .from(residentRequest)
    .innerJoin(consultation, eq(consultation.id, residentRequest.consultationId))
    .leftJoin(handover, and(eq(handover.consultationId, consultation.id), eq(handover.state, 'offered')))
    .where(and(isNull(residentRequest.settledOn), lte(residentRequest.dueOn, addDays(today, withinDays))))
    .orderBy(asc(residentRequest.dueOn))
    .limit(limit);
}

/** The audit chain of the reminders: its last entry says on which day they were given. */
export const REMINDER_JOB = 'remind-of-requests';
export const REMINDER_CHAIN = `person:job:${REMINDER_JOB}` as const;

const ReminderDetail = v.object({ on: v.string() });

/** The day of the latest reminders; undefined before the first ones. */
export async function findLastReminderDay(db: Database): Promise<JapanDate | undefined> {
  const [row] = await db
    .select({ detail: auditEntry.detail })
    .from(auditEntry)
    .where(eq(auditEntry.chain, REMINDER_CHAIN))
    .orderBy(desc(auditEntry.seq))
    .limit(1);
  return row && v.parse(ReminderDetail, JSON.parse(row.detail)).on;
}
