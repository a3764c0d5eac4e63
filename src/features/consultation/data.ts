/** A consultation as it stands, whoever asks; what was typed into it is opened in `content/data.ts`. */
import { and, desc, eq, gt, gte, isNull, lte, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import * as v from 'valibot';
import { type BusinessCalendar, calendarOf } from '../../lib/business-time.ts';
import type { Database } from '../../lib/db.ts';
import { type JapanDate, japanDate } from '../../lib/jst.ts';
import type { Scope } from '../../slack/scope.ts';
import type { ChainHead } from '../../vault/audit.ts';
import { EMPTY_CHAIN } from '../../vault/audit.ts';
import { auditEntry } from '../../vault/tables.ts';
import { standInOf } from '../directory/absence/rules.ts';
import { readCityDeadlines } from '../directory/deadlines/schema.ts';
import { absence, center, city, staff } from '../directory/tables.ts';
import { handover } from './handover/tables.ts';
import { breakGlass } from './purpose/tables.ts';
import { activity } from './recording/tables.ts';
import { type DeadlinePolicy, type DueFacts, policyOf } from './reminding/rules.ts';
import { consultation, member, type SubjectField } from './tables.ts';
import type { Standing } from './visibility/rules.ts';

export type Consultation = typeof consultation.$inferSelect;
export type Handover = typeof handover.$inferSelect;

/** A center as cases name it. */
export interface CaseCenter {
  code: string;
  short: string;
  channel: string | null;
}

/** How a city reckons its time. */
export interface CityTime {
  calendar: BusinessCalendar;
  policy: DeadlinePolicy;
}

/** A consultation as it stands, with what its rules, cards and deadlines need and the head of its audit chain, read in one transaction. */
export interface LoadedConsultation {
  consultation: Consultation;
  sendingCenter: CaseCenter;
  responsibleCenter: CaseCenter;
  isResponsibleClosed: boolean;
  coreCenter: string;
  triageChannel: string;
  senderPlace: Standing['senderPlace'];
  /** Whether the sender still works where she may see the case: else messages go to the center's thread only. */
  isSenderThere: boolean;
  isSenderAway: boolean;
  nameInCharge: string | null;
  deputy: string | null;
  members: readonly string[];
  offer: Handover | null;
  /** 緊急閲覧 that are open now. */
  emergencies: readonly { slackUserId: string; until: Date }[];
  nextPlannedOn: JapanDate | null;
  cityTime: CityTime;
  head: ChainHead;
}

const sender = alias(staff, 'sender');
const senderOffice = alias(center, 'sender_office');
const inCharge = alias(staff, 'in_charge');
const responsible = alias(center, 'responsible');

/** Undefined when there is none of that id. Asks nobody's permission: `rules.denialOf` is the caller's first question. */
export async function loadConsultation(
  { db, now }: Pick<Scope, 'db' | 'now'>,
  id: string,
): Promise<LoadedConsultation | undefined> {
  const today = japanDate(now);
  const [rows, heads, members, offers, absences, planned, emergencies] = await db.batch([
    db
      .select({
        consultation,
        // A batch of D1 returns rows by column name: a second `code` would take the place of the first.
        sendingShort: sql<string>`${center.short}`.as('sending_short'),
        sendingChannel: sql<string | null>`${center.channel}`.as('sending_channel'),
        responsibleShort: sql<string>`${responsible.short}`.as('responsible_short'),
        responsibleChannel: sql<string | null>`${responsible.channel}`.as('responsible_channel'),
        responsibleClosedAt: sql<number | null>`${responsible.closedAt}`.as('responsible_closed_at'),
        coreCenter: sql<string>`(SELECT code FROM center WHERE kind = 'kikan' AND closed_at IS NULL)`.as(
          'core_center',
        ),
        triageChannel: city.triageChannel,
        businessHours: city.businessHours,
        closedDays: city.closedDays,
        deadlines: city.deadlines,
        senderCenter: sql<string>`${sender.center}`.as('sender_center'),
        senderKind: sql<string>`${senderOffice.kind}`.as('sender_kind'),
        senderLeftAt: sql<number | null>`${sender.removedAt}`.as('sender_left_at'),
        nameInCharge: sql<string | null>`${inCharge.name}`.as('name_in_charge'),
      })
      .from(consultation)
      .innerJoin(center, eq(center.code, consultation.sendingCenter))
      .innerJoin(responsible, eq(responsible.code, consultation.responsibleCenter))
      .innerJoin(city, eq(city.id, 1))
      .innerJoin(sender, eq(sender.slackUserId, consultation.sender))
      .innerJoin(senderOffice, eq(senderOffice.code, sender.center))
      .leftJoin(inCharge, eq(inCharge.slackUserId, consultation.personInCharge))
      .where(eq(consultation.id, id))
      .limit(1),
    db
      .select({ seq: auditEntry.seq, hash: auditEntry.hash })
      .from(auditEntry)
      .where(eq(auditEntry.chain, `case:${id}`))
      .orderBy(desc(auditEntry.seq))
      .limit(1),
    db.select({ person: member.slackUserId }).from(member).where(eq(member.consultationId, id)),
    db
      .select()
      .from(handover)
      .where(and(eq(handover.consultationId, id), eq(handover.state, 'offered')))
      .limit(1),
    selectAbsences(db, today),
    db
      .select({ on: sql<string | null>`min(held_on)`.as('next_on') })
      .from(activity)
      .where(and(eq(activity.consultationId, id), eq(activity.state, 'planned'))),
    db
      .select({ slackUserId: breakGlass.slackUserId, until: breakGlass.until })
      .from(breakGlass)
      .where(and(eq(breakGlass.consultationId, id), gt(breakGlass.until, now))),
  ]);
  const [row] = rows;
  if (!row) return undefined;
  const { consultation: stored } = row;
  const isAtHome = row.senderCenter === stored.sendingCenter;
  const isInCore = row.senderKind === 'kikan';
  const senderPlace =
    row.senderLeftAt !== null || !(isAtHome || isInCore) ? 'gone' : isInCore ? 'core' : 'center';
  return {
    consultation: stored,
    sendingCenter: { code: stored.sendingCenter, short: row.sendingShort, channel: row.sendingChannel },
    responsibleCenter: {
      code: stored.responsibleCenter,
      short: row.responsibleShort,
      channel: row.responsibleChannel,
    },
    isResponsibleClosed: row.responsibleClosedAt !== null,
    coreCenter: row.coreCenter,
    triageChannel: row.triageChannel,
    senderPlace,
    isSenderThere: senderPlace !== 'gone',
    isSenderAway: absences.some(({ person }) => person === stored.sender),
    nameInCharge: row.nameInCharge,
    deputy: deputyOf(stored.personInCharge, absences, row.coreCenter),
    members: members.map(({ person }) => person),
    offer: offers[0] ?? null,
    emergencies,
    nextPlannedOn: planned[0]?.on ?? null,
    cityTime: cityTimeOf(row),
    head: heads[0] ?? EMPTY_CHAIN,
  };
}

/** What the rules are asked about. */
export function standingOf(loaded: LoadedConsultation): Standing {
  const {
    consultation: stored,
    senderPlace,
    isSenderAway,
    isResponsibleClosed,
    deputy,
    members,
    offer,
  } = loaded;
  const emergency = loaded.emergencies.map(({ slackUserId }) => slackUserId);
  return { ...stored, senderPlace, isSenderAway, isResponsibleClosed, deputy, members, offer, emergency };
}

/** What the deadlines are reckoned from. */
export function dueFactsOf({
  consultation: stored,
  offer,
  nextPlannedOn,
}: Pick<LoadedConsultation, 'consultation' | 'offer' | 'nextPlannedOn'>): DueFacts {
  return { ...stored, offerExpiresAt: offer?.expiresAt ?? null, nextPlannedOn };
}

/** The city's hours, closures and deadlines, as its row holds them. */
export function cityTimeOf(row: {
  businessHours: string;
  closedDays: string;
  deadlines: string | null;
}): CityTime {
  return {
    calendar: calendarOf({
      businessHours: row.businessHours,
      closedDays: v.parse(v.array(v.string()), JSON.parse(row.closedDays)),
    }),
    policy: policyOf(readCityDeadlines(row.deadlines)),
  };
}

/** Whoever is away on a day, with where the deputy works now. */
export function selectAbsences(db: Database, on: JapanDate) {
  return db
    .select({
      person: absence.person,
      deputy: absence.deputy,
      deputyCenter: sql<string>`${staff.center}`.as('deputy_center'),
      deputyLeftAt: sql<number | null>`${staff.removedAt}`.as('deputy_left_at'),
    })
    .from(absence)
    .innerJoin(staff, eq(staff.slackUserId, absence.deputy))
    .where(and(lte(absence.fromOn, on), gte(absence.untilOn, on), isNull(absence.endedAt)));
}

export type AbsentToday = Awaited<ReturnType<typeof selectAbsences>>[number];

/** Who stands in for the person today in that center; null when she is there, or nobody does. */
export function deputyOf(
  person: string | null,
  absences: readonly AbsentToday[],
  centerCode: string,
): string | null {
  if (person === null || !absences.some((each) => each.person === person)) return null;
  const elsewhere = new Set(
    absences.flatMap((each) =>
      each.deputyLeftAt !== null || each.deputyCenter !== centerCode ? [each.deputy] : [],
    ),
  );
  return standInOf(person, absences, (each) => !elsewhere.has(each)) ?? null;
}

/** Where a field's ciphertext belongs: see `Place`. The center is the sending one, which never changes. */
export function contentPlace(column: SubjectField | 'body', of: Pick<Consultation, 'id' | 'sendingCenter'>) {
  return { table: 'consultation_content', column, row: of.id, center: of.sendingCenter };
}

export function answerPlace(answerId: string, of: Pick<Consultation, 'id' | 'sendingCenter'>) {
  return { table: 'answer', column: 'body', row: `${of.id}/${answerId}`, center: of.sendingCenter };
}

/** Where any other sealed value of a case belongs. */
export function casePlace(
  table: string,
  column: string,
  rowId: string,
  of: Pick<Consultation, 'id' | 'sendingCenter'>,
) {
  return { table, column, row: `${of.id}/${rowId}`, center: of.sendingCenter };
}
