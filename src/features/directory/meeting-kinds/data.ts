/** Reads of 会議体. */
import { and, asc, eq, isNull } from 'drizzle-orm';
import * as v from 'valibot';
import type { Database } from '../../../lib/db.ts';
import { present } from '../../../lib/record.ts';
import { center, staff } from '../tables.ts';
import {
  type AttendeeRule,
  type DayOfMonth,
  type Invitable,
  KIND_DEFAULTS,
  type MeetingKind,
  readAttendees,
  readDayOfMonth,
  type Seat,
  seatsOf,
} from './rules.ts';
import { type MeetingKindFile, tidyKind } from './schema.ts';
import { meetingKind } from './tables.ts';

type Row = typeof meetingKind.$inferSelect;

const Months = v.pipe(v.string(), v.parseJson(), v.array(v.number()));
const DEFAULT_DAY: DayOfMonth = { nth: 3, weekday: 3 };

export function readKind(row: Row): MeetingKind {
  const { attendees, months, day, quorum, ...rest } = row;
  return {
    ...rest,
    attendees: readAttendees(attendees),
    months: v.parse(Months, months),
    day: readDayOfMonth(day ?? KIND_DEFAULTS.day) ?? DEFAULT_DAY,
    quorum: quorum === null || quorum === 'majority' ? quorum : Number(quorum),
  };
}

/** The kinds that are held, in the order of the city file. */
export async function listKinds(db: Database): Promise<MeetingKind[]> {
  const rows = await db
    .select()
    .from(meetingKind)
    .where(isNull(meetingKind.archivedAt))
    .orderBy(asc(meetingKind.position), asc(meetingKind.name));
  return rows.map(readKind);
}

/** A kind, also one that is not held any more. */
export async function findKind(db: Database, id: string): Promise<MeetingKind | undefined> {
  const [row] = await db.select().from(meetingKind).where(eq(meetingKind.id, id)).limit(1);
  return row && readKind(row);
}

/** Everybody who may be invited, in the order of the directory. */
export async function listInvitable(
  db: Database,
): Promise<(Invitable & { name: string; centerName: string })[]> {
  return db
    .select({
      slackUserId: staff.slackUserId,
      name: staff.name,
      center: staff.center,
      centerName: center.short,
      kind: center.kind,
      profession: staff.profession,
      role: staff.role,
    })
    .from(staff)
    .innerJoin(center, eq(center.code, staff.center))
    .where(and(isNull(staff.removedAt), isNull(center.closedAt)))
    .orderBy(asc(center.position), asc(staff.position));
}

/** The open district centers, in their order. */
async function listOpenDistricts(db: Database): Promise<{ code: string }[]> {
  return db
    .select({ code: center.code })
    .from(center)
    .where(and(eq(center.kind, 'district'), isNull(center.closedAt)))
    .orderBy(asc(center.position));
}

/** The seats that rules give in today's directory. */
export async function listSeats(db: Database, rules: readonly AttendeeRule[]): Promise<Seat[]> {
  const [people, centers] = await Promise.all([listInvitable(db), listOpenDistricts(db)]);
  return seatsOf(rules, people, centers);
}

/** Whom rules can invite today: for seats of several kinds at once. */
export async function readInvitable(
  db: Database,
): Promise<{ people: Awaited<ReturnType<typeof listInvitable>>; centers: { code: string }[] }> {
  const [people, centers] = await Promise.all([listInvitable(db), listOpenDistricts(db)]);
  return { people, centers };
}

/** The kinds as a city file has them. */
export async function exportKinds(db: Database): Promise<MeetingKindFile[]> {
  const rows = await db
    .select()
    .from(meetingKind)
    .where(isNull(meetingKind.archivedAt))
    .orderBy(asc(meetingKind.position), asc(meetingKind.name));
  return rows.map(kindFile);
}

/** A kind as a city file has it. */
export function kindFile(
  row: Pick<Row, Exclude<keyof Row, 'id' | 'position' | 'archivedAt'>>,
): MeetingKindFile {
  const { quorum } = row;
  return tidyKind({
    name: row.name,
    host: row.host,
    ...present({ heldBy: row.heldBy }),
    attendees: row.attendees,
    months: v.parse(Months, row.months),
    ...present({ day: row.day }),
    starts: row.starts,
    minutes: row.minutes,
    ...present({ place: row.place, url: row.url }),
    ...(quorum === null ? {} : { quorum: quorum === 'majority' ? quorum : Number(quorum) }),
    holidays: row.holidays,
    ...present({ channel: row.channel }),
    private: row.isPrivate,
    training: row.isTraining,
  });
}

/** Every kind with its row, those that are not held any more included. */
export async function listKindRows(db: Database): Promise<Row[]> {
  return db.select().from(meetingKind).orderBy(asc(meetingKind.position), asc(meetingKind.name));
}
