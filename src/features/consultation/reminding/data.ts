/** What the reminders and digests read: few queries a minute, however many cases are open. */
import { and, asc, eq, gt, inArray, isNull, lte, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Database } from '../../../lib/db.ts';
import type { JapanDate } from '../../../lib/jst.ts';
import { center, city, staff } from '../../directory/tables.ts';
import {
  type AbsentToday,
  type CityTime,
  type Consultation,
  cityTimeOf,
  deputyOf,
  type Handover,
  type LoadedConsultation,
  selectAbsences,
} from '../data.ts';
import { handover } from '../handover/tables.ts';
import { OPEN_STATUSES } from '../rules.ts';
import { consultation, member } from '../tables.ts';
import type { Standing } from '../visibility/rules.ts';
import type { DeadlineKind } from '../words.ts';
import type { Colleague } from './recipients.ts';
import { deadline, deadlineReview, digest } from './tables.ts';

export interface DueReminder {
  consultation: Consultation;
  kind: DeadlineKind;
  dueAt: Date;
  remindAt: Date;
  offer: Handover | null;
}

/** The reminders that are due, the longest waiting first. */
export async function dueReminders(db: Database, now: Date, limit: number): Promise<DueReminder[]> {
  const rows = await db
    .select({ deadline, consultation, offer: handover })
    .from(deadline)
    .innerJoin(consultation, eq(consultation.id, deadline.consultationId))
    .leftJoin(handover, and(eq(handover.consultationId, consultation.id), eq(handover.state, 'offered')))
    .where(lte(deadline.remindAt, now))
    .orderBy(asc(deadline.remindAt))
    .limit(limit);
  return rows.map((row) => ({
    consultation: row.consultation,
    kind: row.deadline.kind,
    dueAt: row.deadline.dueAt,
    remindAt: row.deadline.remindAt ?? now,
    offer: row.offer,
  }));
}

/** Whether any reminder is due: what the cron asks each minute. */
export async function isAnythingDue(db: Database, now: Date): Promise<boolean> {
  const rows = await db
    .select({ kind: deadline.kind })
    .from(deadline)
    .where(lte(deadline.remindAt, now))
    .limit(1);
  return rows.length > 0;
}

/** The city as reminders need it: its time, everybody who works for it, who is away. */
export interface Office {
  time: CityTime;
  coreCenter: string;
  staff: Colleague[];
  absences: AbsentToday[];
}

/** Undefined until a city was imported. */
export async function loadOffice(db: Database, today: JapanDate): Promise<Office | undefined> {
  const [cities, people, absences] = await db.batch([
    db.select().from(city).limit(1),
    db
      .select({
        slackUserId: staff.slackUserId,
        name: staff.name,
        role: staff.role,
        isOnDuty: staff.isOnDuty,
        code: center.code,
        kind: center.kind,
      })
      .from(staff)
      .innerJoin(center, eq(center.code, staff.center))
      .where(and(isNull(staff.removedAt), isNull(center.closedAt)))
      .orderBy(asc(staff.position)),
    selectAbsences(db, today),
  ]);
  const [row] = cities;
  if (!row) return undefined;
  const colleagues = people.map(({ code, kind, ...person }) => ({ ...person, center: { code, kind } }));
  return {
    time: cityTimeOf(row),
    coreCenter: colleagues.find((each) => each.center.kind === 'kikan')?.center.code ?? '',
    staff: colleagues,
    absences,
  };
}

/** The members of some cases, by case. */
export async function membersOf(db: Database, ids: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db
    .select({ id: member.consultationId, person: member.slackUserId })
    .from(member)
    .where(sql`${member.consultationId} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`);
  const table = new Map<string, string[]>();
  for (const { id, person } of rows) table.set(id, [...(table.get(id) ?? []), person]);
  return table;
}

/** What the rules are asked about, from rows that were read for many cases at once. */
export function standingIn(
  office: Office,
  of: Consultation,
  offer: Handover | null,
  members: readonly string[],
): Standing {
  const sender = office.staff.find((each) => each.slackUserId === of.sender);
  const senderPlace =
    sender?.center.code === of.sendingCenter ? 'center' : sender?.center.kind === 'kikan' ? 'core' : 'gone';
  const deputy = deputyOf(of.personInCharge, office.absences, office.coreCenter);
  // Of a closed center nobody is left in the office.
  const isResponsibleClosed = office.staff.every(({ center: { code } }) => code !== of.responsibleCenter);
  const isSenderAway = office.absences.some(({ person }) => person === of.sender);
  // Whoever reads in an emergency has nothing to do with the case: nobody is reminded for it.
  return { ...of, senderPlace, isSenderAway, isResponsibleClosed, deputy, members, offer, emergency: [] };
}

const overdue = alias(deadline, 'overdue');

export interface OverdueCase {
  consultation: Consultation;
  kind: DeadlineKind;
  dueAt: Date;
}

/** Cases past a deadline, the longest overdue first; each with its earliest. */
export async function overdueCases(db: Database, now: Date, limit: number): Promise<OverdueCase[]> {
  const rows = await db
    .select({ consultation, kind: overdue.kind, dueAt: overdue.dueAt })
    .from(consultation)
    .innerJoin(
      overdue,
      and(eq(overdue.consultationId, consultation.id), eq(overdue.dueAt, consultation.dueAt)),
    )
    .where(lte(consultation.dueAt, now))
    .orderBy(asc(consultation.dueAt))
    .limit(limit);
  return [...new Map(rows.map((row) => [row.consultation.id, row])).values()];
}

/** Who had a digest of that day already. */
export async function digestedOn(db: Database, on: JapanDate): Promise<Set<string>> {
  const rows = await db.select({ person: digest.person }).from(digest).where(eq(digest.digestOn, on));
  return new Set(rows.map(({ person }) => person));
}

/** What the deadlines of all cases hang on: when it changes, they are reckoned anew. Undefined until a city was imported. */
export async function readReckoning(
  db: Database,
): Promise<
  { time: CityTime; settings: string; review: typeof deadlineReview.$inferSelect | undefined } | undefined
> {
  const [cities, reviews] = await db.batch([
    db.select().from(city).limit(1),
    db.select().from(deadlineReview).limit(1),
  ]);
  const [row] = cities;
  if (!row) return undefined;
  const settings = JSON.stringify([row.businessHours, row.closedDays, row.deadlines]);
  return { time: cityTimeOf(row), settings, review: reviews[0] };
}

/** The next open cases after an id, with what their deadlines depend on. */
export async function openCasesAfter(
  db: Database,
  id: string,
  limit: number,
): Promise<Pick<LoadedConsultation, 'consultation' | 'offer' | 'nextPlannedOn'>[]> {
  const rows = await db
    .select({
      consultation,
      offer: handover,
      nextPlannedOn: sql<string | null>`(
        SELECT min(held_on) FROM activity WHERE consultation_id = ${consultation.id} AND state = 'planned'
      )`,
    })
    .from(consultation)
    .leftJoin(handover, and(eq(handover.consultationId, consultation.id), eq(handover.state, 'offered')))
    .where(and(gt(consultation.id, id), inArray(consultation.status, [...OPEN_STATUSES])))
    .orderBy(asc(consultation.id))
    .limit(limit);
  return rows;
}
