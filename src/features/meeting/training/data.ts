/** Reads of 研修. */
import { and, asc, eq, gte, isNull, ne, sql } from 'drizzle-orm';
import * as v from 'valibot';
import type { Database } from '../../../lib/db.ts';
import type { JapanDate } from '../../../lib/jst.ts';
import type { Actor } from '../../directory/actor.ts';
import { meetingKind } from '../../directory/meeting-kinds/tables.ts';
import type { Host } from '../../directory/meeting-kinds/words.ts';
import { center, staff } from '../../directory/tables.ts';
import { isSeenBy } from '../menu/data.ts';
import { meeting } from '../tables.ts';
import { outsideCourse, training, trainingApplication } from './tables.ts';

const Professions = v.pipe(v.string(), v.parseJson(), v.array(v.string()));

export interface Application {
  person: string;
  name: string;
  center: string;
  centerShort: string;
  profession: string;
  state: 'accepted' | 'waiting';
  appliedAt: Date;
  attendedMinutes: number | null;
  /** False for whoever has left since. */
  isThere: boolean;
}

/** Who applied and did not withdraw, in the order in which they came. */
export async function listApplications(db: Database, meetingId: string): Promise<Application[]> {
  const rows = await db
    .select({
      person: trainingApplication.person,
      name: staff.name,
      center: staff.center,
      centerShort: center.short,
      profession: staff.profession,
      state: trainingApplication.state,
      appliedAt: trainingApplication.appliedAt,
      attendedMinutes: trainingApplication.attendedMinutes,
      isThere: sql`${staff.removedAt} IS NULL`.mapWith(Boolean),
    })
    .from(trainingApplication)
    .innerJoin(staff, eq(staff.slackUserId, trainingApplication.person))
    .innerJoin(center, eq(center.code, staff.center))
    .where(and(eq(trainingApplication.meetingId, meetingId), ne(trainingApplication.state, 'withdrawn')))
    .orderBy(asc(trainingApplication.appliedAt), asc(trainingApplication.person));
  return rows.flatMap(({ state, ...row }) => (state === 'withdrawn' ? [] : [{ ...row, state }]));
}

/** Somebody who works here, with what she is. */
export interface Colleague {
  slackUserId: string;
  name: string;
  center: string;
  centerShort: string;
  profession: string;
}

/** Whoever works in the city, or in one center of it, in the order of the directory. */
export async function listColleagues(db: Database, code?: string): Promise<Colleague[]> {
  return db
    .select({
      slackUserId: staff.slackUserId,
      name: staff.name,
      center: staff.center,
      centerShort: center.short,
      profession: staff.profession,
    })
    .from(staff)
    .innerJoin(center, eq(center.code, staff.center))
    .where(
      and(
        isNull(staff.removedAt),
        isNull(center.closedAt),
        code === undefined ? undefined : eq(staff.center, code),
      ),
    )
    .orderBy(asc(center.position), asc(staff.position));
}

export async function findColleague(db: Database, slackUserId: string): Promise<Colleague | undefined> {
  const [row] = await db
    .select({
      slackUserId: staff.slackUserId,
      name: staff.name,
      center: staff.center,
      centerShort: center.short,
      profession: staff.profession,
    })
    .from(staff)
    .innerJoin(center, eq(center.code, staff.center))
    .where(and(eq(staff.slackUserId, slackUserId), isNull(staff.removedAt)))
    .limit(1);
  return row;
}

/** The professions that the directory has, in its order. */
export async function listProfessions(db: Database): Promise<string[]> {
  const rows = await db
    .select({ profession: staff.profession })
    .from(staff)
    .where(isNull(staff.removedAt))
    .groupBy(staff.profession)
    .orderBy(sql`min(${staff.position})`);
  return rows.map(({ profession }) => profession);
}

/** The open centers, in their order. */
export async function listOpenCenters(db: Database): Promise<{ code: string; kind: Host; short: string }[]> {
  return db
    .select({ code: center.code, kind: center.kind, short: center.short })
    .from(center)
    .where(isNull(center.closedAt))
    .orderBy(asc(center.position));
}

export interface ListedTraining {
  id: string;
  reference: string;
  kindName: string;
  title: string | null;
  startsAt: Date;
  endsAt: Date;
  place: string | null;
  seats: number | null;
  professions: readonly string[];
  applyBy: JapanDate;
  accepted: number;
  waiting: number;
  /** Of whoever looks. */
  own: 'accepted' | 'waiting' | null;
}

/** Trainings to come that somebody may see, soonest first. */
export async function listTrainings(
  db: Database,
  actor: Actor,
  now: Date,
  limit: number,
): Promise<ListedTraining[]> {
  const countOf = (state: string) =>
    sql<number>`(SELECT count(*) FROM training_application WHERE meeting_id = ${meeting.id} AND state = ${state})`;
  const rows = await db
    .select({
      id: meeting.id,
      reference: meeting.reference,
      kindName: meetingKind.name,
      title: meeting.title,
      startsAt: meeting.startsAt,
      endsAt: meeting.endsAt,
      place: meeting.place,
      seats: training.seats,
      professions: training.professions,
      applyBy: training.applyBy,
      accepted: countOf('accepted'),
      waiting: countOf('waiting'),
      own: sql<'accepted' | 'waiting' | null>`(SELECT state FROM training_application
        WHERE meeting_id = ${meeting.id} AND person = ${actor.slackUserId} AND state <> 'withdrawn')`,
    })
    .from(meeting)
    .innerJoin(training, eq(training.meetingId, meeting.id))
    .innerJoin(meetingKind, eq(meetingKind.id, meeting.kind))
    .where(and(isSeenBy(actor), eq(meeting.status, 'fixed'), gte(meeting.endsAt, now)))
    .orderBy(asc(meeting.startsAt), asc(meeting.reference))
    .limit(limit);
  return rows.flatMap(({ startsAt, endsAt, professions, ...row }) =>
    startsAt && endsAt ? [{ ...row, startsAt, endsAt, professions: v.parse(Professions, professions) }] : [],
  );
}

export interface Course
  extends Omit<typeof outsideCourse.$inferSelect, 'professions' | 'submissionKey' | 'announcedBy'> {
  professions: readonly string[];
}

/** Courses of others that one can still apply for. */
export async function listCourses(db: Database, today: JapanDate, limit: number): Promise<Course[]> {
  const rows = await db
    .select()
    .from(outsideCourse)
    .where(and(isNull(outsideCourse.withdrawnAt), gte(outsideCourse.applyBy, today)))
    .orderBy(asc(outsideCourse.applyBy), asc(outsideCourse.id))
    .limit(limit);
  return rows.map(readCourse);
}

export async function findCourse(db: Database, id: string): Promise<Course | undefined> {
  const [row] = await db.select().from(outsideCourse).where(eq(outsideCourse.id, id)).limit(1);
  return row && readCourse(row);
}

function readCourse({ submissionKey, announcedBy, ...row }: typeof outsideCourse.$inferSelect): Course {
  return { ...row, professions: v.parse(Professions, row.professions) };
}
