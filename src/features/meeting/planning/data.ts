/** A year's plan as it stands, and what is confirmed but not made yet. */
import { and, asc, eq, gte, isNull, lt, ne, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { type BusinessCalendar, calendarOf } from '../../../lib/business-time.ts';
import type { Database } from '../../../lib/db.ts';
import { type JapanDate, japanDate, startOfJapanDay } from '../../../lib/jst.ts';
import type { Actor } from '../../directory/actor.ts';
import { type City, findCity } from '../../directory/data.ts';
import { listKinds, readInvitable } from '../../directory/meeting-kinds/data.ts';
import { type MeetingKind, type Seat, seatsOf } from '../../directory/meeting-kinds/rules.ts';
import { meetingKind } from '../../directory/meeting-kinds/tables.ts';
import { meeting } from '../tables.ts';
import {
  type Clash,
  clashesOf,
  daysOfYear,
  expectedAt,
  instantsOf,
  mayPlanKind,
  monthOf,
  type Occasion,
} from './rules.ts';
import { planConfirmation, plannedDate } from './tables.ts';

export type PlannedRow = typeof plannedDate.$inferSelect;
export type Confirmation = typeof planConfirmation.$inferSelect;

export interface PlannedKind {
  kind: MeetingKind;
  seats: readonly Seat[];
  /** In order. */
  dates: readonly PlannedRow[];
}

/** A year as whoever plans it sees it. */
export interface Plan {
  year: number;
  firstMonth: number;
  calendar: BusinessCalendar;
  /** Those that the actor may plan, in the order of the city file. */
  kinds: readonly PlannedKind[];
  /** By the planned date's id. */
  clashes: ReadonlyMap<string, readonly Clash[]>;
  /** Months of kinds in which there is a date, planned or held. */
  taken: ReadonlySet<string>;
}

const ClosedDays = v.pipe(v.string(), v.parseJson(), v.array(v.string()));

export function cityCalendar({ businessHours, closedDays }: City): BusinessCalendar {
  return calendarOf({ businessHours, closedDays: v.parse(ClosedDays, closedDays) });
}

/** The city whose year is planned. */
export async function planningCity(db: Database): Promise<City> {
  const city = await findCity(db);
  if (!city) throw new Error('whoever plans is of a city');
  return city;
}

/** @param year the calendar year in which it begins */
export async function loadPlan(db: Database, actor: Actor, year: number): Promise<Plan> {
  const [city, kinds, rows, { people, centers }] = await Promise.all([
    planningCity(db),
    listKinds(db),
    listPlanned(db, year),
    readInvitable(db),
  ]);
  const firstMonth = city.fiscalYearStart;
  const standing = await listStanding(db, daysOfYear(year, firstMonth), rows);
  const all = kinds.map((kind) => ({
    kind,
    seats: seatsOf(kind.attendees, people, centers),
    dates: rows.filter((row) => row.kind === kind.id),
  }));
  // What others plan at the same time meets one's own dates, too.
  const clashes = clashesOf(
    all.flatMap(({ kind, seats, dates }) =>
      dates.filter(({ meetingId }) => meetingId === null).map((date) => occasionOf(kind, seats, date)),
    ),
    standing.occasions,
  );
  return {
    year,
    firstMonth,
    calendar: cityCalendar(city),
    kinds: all.filter(({ kind }) => mayPlanKind(actor, kind)),
    clashes,
    taken: new Set([...standing.months, ...rows.map(({ kind, on }) => monthOf(kind, on))]),
  };
}

function occasionOf(kind: MeetingKind, seats: readonly Seat[], date: PlannedRow): Occasion {
  return { id: date.id, name: kind.name, ...instantsOf(date), people: expectedAt(seats) };
}

async function listPlanned(db: Database, year: number): Promise<PlannedRow[]> {
  return db
    .select()
    .from(plannedDate)
    .where(eq(plannedDate.fiscalYear, year))
    .orderBy(asc(plannedDate.on), asc(plannedDate.starts));
}

/** The year's meetings: in which months their kinds have one, and who is expected at those that stand beside a planned date. */
async function listStanding(
  db: Database,
  { first, last }: { first: JapanDate; last: JapanDate },
  planned: readonly PlannedRow[],
): Promise<{ months: string[]; occasions: Occasion[] }> {
  const dayAfter = new Date(startOfJapanDay(last).getTime() + 86_400_000);
  const meetings = await db
    .select({
      id: meeting.id,
      kind: meeting.kind,
      startsAt: meeting.startsAt,
      endsAt: meeting.endsAt,
      isPrivate: meeting.isPrivate,
      kindName: sql<string>`${meetingKind.name}`.as('kind_name'),
    })
    .from(meeting)
    .innerJoin(meetingKind, eq(meetingKind.id, meeting.kind))
    .where(
      and(
        ne(meeting.status, 'cancelled'),
        gte(meeting.startsAt, startOfJapanDay(first)),
        lt(meeting.startsAt, dayAfter),
      ),
    );
  const days = new Set(planned.filter(({ meetingId }) => meetingId === null).map(({ on }) => on));
  const beside = meetings.flatMap(({ startsAt, endsAt, ...rest }) =>
    startsAt && endsAt && days.has(japanDate(startsAt)) && !rest.isPrivate
      ? [{ ...rest, startsAt, endsAt }]
      : [],
  );
  const people = await listExpected(
    db,
    beside.map(({ id }) => id),
  );
  return {
    months: meetings.flatMap(({ kind, startsAt }) => (startsAt ? [monthOf(kind, japanDate(startsAt))] : [])),
    occasions: beside.map(({ id, kindName, startsAt, endsAt }) => ({
      id,
      name: kindName,
      startsAt,
      endsAt,
      people: new Set(people.filter(({ meetingId }) => meetingId === id).map(({ seat }) => seat)),
    })),
  };
}

async function listExpected(
  db: Database,
  ids: readonly string[],
): Promise<{ meetingId: string; seat: string }[]> {
  if (ids.length === 0) return [];
  return db.all<{ meetingId: string; seat: string }>(sql`
    SELECT meeting_id AS "meetingId", seat FROM meeting_seat
    WHERE removed_at IS NULL AND seat NOT LIKE 'center:%'
      AND meeting_id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`);
}

/** The oldest confirmation of which somebody was not told yet. */
export async function findOpenConfirmation(db: Database): Promise<Confirmation | undefined> {
  const [row] = await db
    .select()
    .from(planConfirmation)
    .where(isNull(planConfirmation.toldAt))
    .orderBy(asc(planConfirmation.confirmedAt))
    .limit(1);
  return row;
}

/** The confirmed dates that are no meetings yet, soonest first. */
export async function listToMake(db: Database, confirmation: string, limit: number): Promise<PlannedRow[]> {
  return db
    .select()
    .from(plannedDate)
    .where(and(eq(plannedDate.confirmation, confirmation), isNull(plannedDate.meetingId)))
    .orderBy(asc(plannedDate.on), asc(plannedDate.starts))
    .limit(limit);
}
