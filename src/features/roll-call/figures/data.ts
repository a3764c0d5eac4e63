/** All that the report of a roll-call tells, computed when it is read: seven statements, however many people were asked. */
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import { center, city } from '../../directory/tables.ts';
import { CORE_MARK, MANAGER_MARK } from '../chasing/rules.ts';
import type { RollCall } from '../data.ts';
import { type Checks, checksOf } from '../priority/data.ts';
import { type LatestReport, listReports, listTakeovers, type NamedTakeover } from '../reporting/data.ts';
import { reply, rollCall, rollCallNotice, rosterPerson } from '../tables.ts';
import { type Comparison, compare, type Earlier, previousOf } from './comparing/rules.ts';
import {
  type Escalation,
  type EscalationEffect,
  effectsOf,
  escalationsOf,
  type Reminder,
  type ReminderEffect,
} from './reminding/rules.ts';
import {
  type Asked,
  askedOf,
  byCenter,
  type Course,
  endOf,
  type Figures,
  figuresOf,
  type Help,
  helpOf,
  type RosterEntry,
  type Said,
  type Turnover,
  turnoverOf,
  type Ways,
  waysOf,
} from './rules.ts';

type Begun = RollCall & { startedAt: Date };

export interface CenterFigures {
  code: string;
  short: string;
  /** Null where nobody of it was asked. */
  figures: Figures | null;
  /** The time before; null where it was not asked, or nothing is compared. */
  before: Figures | null;
  /** From the start to its first report; null where it gave none. */
  reportedMs: number | null;
}

export interface Report {
  rollCall: Begun;
  course: Course;
  figures: Figures;
  turnover: Turnover;
  ways: Ways;
  effects: readonly ReminderEffect[];
  escalations: readonly EscalationEffect[];
  help: Help;
  /** Those asked now or the time before, in the order of the city file. */
  centers: readonly CenterFigures[];
  /** In the order in which they came in. */
  reports: readonly LatestReport[];
  takeovers: readonly NamedTakeover[];
  checks: readonly (Checks & { short: string })[];
  /** The one of the year before; null where there was none. */
  previous: { rollCall: Earlier<RollCall>; comparison: Comparison } | null;
}

/**
 * The report of a roll-call that runs or is over. Figures of centers, no names: whoever may see the roll-call may read it.
 * @returns undefined where there is none of that reference, or where it never began
 */
export async function readReport(db: Database, reference: string, now: Date): Promise<Report | undefined> {
  const { held, centers } = await readFrame(db, reference);
  const found = held.find((each) => each.reference === reference);
  if (!found?.startedAt) return undefined;
  const before = previousOf(held, found, centers[0]?.firstMonth ?? 4);
  const [people, notices, reports, takeovers, checks] = await Promise.all([
    listPeople(db, before ? [found.id, before.id] : [found.id]),
    listNotices(db, found.id),
    listReports(db, found.id),
    listTakeovers(db, found.id),
    checksOf(db, found.id),
  ]);
  const course: Course = { startedAt: found.startedAt, closedAt: found.closedAt, now };
  const { roster, replies } = peopleIn(people, found.id);
  const asked = askedOf(roster, replies, course);
  const comparison = before ? compareWith(before, { asked, course }, people, centers) : null;
  return {
    rollCall: { ...found, startedAt: found.startedAt },
    course,
    figures: figuresOf(asked, course),
    turnover: turnoverOf(roster, course),
    ways: waysOf(asked),
    effects: effectsOf(asked, notices.reminders, course),
    escalations: escalationsOf(asked, notices.escalations, course),
    help: helpOf(roster),
    centers: centerFigures(centers, { asked, course, comparison, reports }),
    reports: reports.filter(({ at }) => at <= endOf(course)),
    takeovers,
    checks: centers.flatMap(({ code, short }) => {
      const own = checks.get(code);
      return own ? [{ ...own, short }] : [];
    }),
    previous: before && comparison ? { rollCall: before, comparison } : null,
  };
}

/** All roll-calls of its kind that began, and the centers with what the fiscal year begins with. */
async function readFrame(db: Database, reference: string) {
  const [held, centers] = await db.batch([
    db
      .select()
      .from(rollCall)
      .where(
        and(
          inArray(rollCall.status, ['running', 'closed']),
          sql`${rollCall.kind} = (SELECT wanted.kind FROM roll_call AS wanted WHERE wanted.reference = ${reference})`,
        ),
      ),
    db
      .select({
        code: center.code,
        short: center.short,
        mergedInto: center.mergedInto,
        firstMonth: sql<number>`${city.fiscalYearStart}`.as('first_month'),
      })
      .from(center)
      .innerJoin(city, eq(city.id, 1))
      .orderBy(asc(center.position), asc(center.code)),
  ]);
  return { held, centers };
}

type ListedCenter = Awaited<ReturnType<typeof readFrame>>['centers'][number];

/** Everybody on the rosters, those who left included, with the first answer by each way; one row for who is silent. */
async function listPeople(db: Database, rollCallIds: readonly string[]) {
  return db
    .select({
      rollCallId: rosterPerson.rollCallId,
      person: rosterPerson.person,
      center: rosterPerson.center,
      joinedAt: rosterPerson.joinedAt,
      leftAt: rosterPerson.leftAt,
      helpSince: rosterPerson.helpSince,
      helpClearedAt: rosterPerson.helpClearedAt,
      at: sql<Date | null>`min(${reply.at})`.mapWith(reply.at).as('said_at'),
      way: reply.way,
    })
    .from(rosterPerson)
    .leftJoin(
      reply,
      and(eq(reply.rollCallId, rosterPerson.rollCallId), eq(reply.person, rosterPerson.person)),
    )
    .where(inArray(rosterPerson.rollCallId, [...rollCallIds]))
    .groupBy(rosterPerson.rollCallId, rosterPerson.person, reply.way);
}

type PersonRow = Awaited<ReturnType<typeof listPeople>>[number];

function peopleIn(
  rows: readonly PersonRow[],
  rollCallId: string,
): { roster: RosterEntry[]; replies: Said[] } {
  const own = rows.filter((row) => row.rollCallId === rollCallId);
  return {
    roster: [...new Map(own.map((row) => [row.person, row])).values()],
    replies: own.flatMap(({ person, at, way }) => (at && way ? [{ person, at, way }] : [])),
  };
}

/** What the silent were sent, and whoever heard of them. */
async function listNotices(
  db: Database,
  rollCallId: string,
): Promise<{ reminders: Reminder[]; escalations: Escalation[] }> {
  const rows = await db
    .select({ what: rollCallNotice.what, recipient: rollCallNotice.recipient, at: rollCallNotice.at })
    .from(rollCallNotice)
    .where(
      and(
        eq(rollCallNotice.rollCallId, rollCallId),
        sql`(${rollCallNotice.what} GLOB ${'chase/*'} OR ${inArray(rollCallNotice.what, [MANAGER_MARK, CORE_MARK])})`,
      ),
    );
  return {
    reminders: rows.flatMap(({ what, recipient, at }) => {
      const [, minutes] = CHASE.exec(what) ?? [];
      return minutes === undefined ? [] : [{ minutes: Number(minutes), person: recipient, at }];
    }),
    escalations: rows.flatMap(({ what, recipient, at }) => {
      const to = HEARD[what];
      return to === undefined ? [] : [{ to, center: recipient, at }];
    }),
  };
}

/** `chasing/rules.chaseMark`. */
const CHASE = /^chase\/(\d+)$/;
const HEARD: Readonly<Record<string, Escalation['to']>> = { [MANAGER_MARK]: 'managers', [CORE_MARK]: 'core' };

function compareWith(
  before: Earlier<RollCall>,
  now: { asked: readonly Asked[]; course: Course },
  people: readonly PersonRow[],
  centers: readonly ListedCenter[],
): Comparison {
  const course: Course = { startedAt: before.startedAt, closedAt: before.closedAt, now: now.course.now };
  const { roster, replies } = peopleIn(people, before.id);
  const mergedInto = new Map(centers.map((each) => [each.code, each.mergedInto]));
  return compare(now, { asked: askedOf(roster, replies, course), course }, mergedInto);
}

interface OfCenters {
  asked: readonly Asked[];
  course: Course;
  comparison: Comparison | null;
  reports: readonly LatestReport[];
}

function centerFigures(
  centers: readonly ListedCenter[],
  { asked, course, comparison, reports }: OfCenters,
): CenterFigures[] {
  const now = byCenter(asked);
  const before = new Map(comparison?.centers.map((each) => [each.center, each.before]));
  const firstReports = new Map(
    reports.filter(({ number }) => number === 1).map((each) => [each.center, each]),
  );
  return centers.flatMap(({ code, short }) => {
    const own = now.get(code);
    const earlier = before.get(code) ?? null;
    if (!own && !earlier) return [];
    const reported = firstReports.get(code);
    return [
      {
        code,
        short,
        figures: own ? figuresOf(own, course) : null,
        before: earlier,
        reportedMs: reported ? reported.at.getTime() - course.startedAt.getTime() : null,
      },
    ];
  });
}
