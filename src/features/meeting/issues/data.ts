/** Reads of 地域課題: counts and references for everybody, words for those whom `rules.mayReadSummary` lets. */
import { and, asc, count, desc, eq, gte, isNull, lt, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import type { Scope } from '../../../slack/scope.ts';
import { isSeenBy as isCaseSeenBy, sightOf } from '../../consultation/visibility/data.ts';
import type { Topic } from '../../consultation/words.ts';
import type { Actor } from '../../directory/actor.ts';
import { meetingKind } from '../../directory/meeting-kinds/tables.ts';
import { center } from '../../directory/tables.ts';
import { agendaItem } from '../agenda/tables.ts';
import { isSeenBy } from '../menu/data.ts';
import { meetingPlace, openMeetingsKey } from '../sealing.ts';
import { meeting } from '../tables.ts';
import type { IssueState } from '../words.ts';
import type { IssueCount } from './rules.ts';
import { communityIssue } from './tables.ts';

export interface IssueFilter {
  /** From and until when it was found; the latter excluded. */
  from: Date;
  until: Date;
  topic?: Topic | undefined;
  area?: string | undefined;
  state?: IssueState | undefined;
}

function isWithin({ from, until, topic, area, state }: IssueFilter): SQL | undefined {
  return and(
    gte(communityIssue.foundAt, from),
    lt(communityIssue.foundAt, until),
    topic === undefined ? undefined : eq(communityIssue.topic, topic),
    area === undefined ? undefined : eq(communityIssue.area, area),
    state === undefined ? undefined : eq(communityIssue.state, state),
  );
}

/** How many there are, by topic and area. */
export async function countIssues(
  db: Database,
  filter: IssueFilter,
): Promise<(IssueCount & { topic: Topic })[]> {
  return db
    .select({ topic: communityIssue.topic, area: communityIssue.area, count: count() })
    .from(communityIssue)
    .where(isWithin(filter))
    .groupBy(communityIssue.topic, communityIssue.area);
}

export interface Area {
  code: string;
  short: string;
}

/** The areas that there are, and those of closed centers that have issues. */
export async function listAreas(db: Database): Promise<Area[]> {
  return db
    .select({ code: center.code, short: center.short })
    .from(center)
    .where(
      and(
        eq(center.kind, 'district'),
        sql`(${center.closedAt} IS NULL OR EXISTS (SELECT 1 FROM community_issue WHERE area = ${center.code}))`,
      ),
    )
    .orderBy(asc(center.position));
}

export interface ListedIssue {
  reference: string;
  topic: Topic;
  areaShort: string;
  foundAt: Date;
  state: IssueState;
  /** Null where there is none, or none that this person may see. */
  meeting: string | null;
}

/** The newest issues. A meeting that somebody may not see is not named. */
export async function listIssues(
  db: Database,
  actor: Actor,
  filter: IssueFilter,
  limit: number,
): Promise<ListedIssue[]> {
  return db
    .select({
      reference: communityIssue.reference,
      topic: communityIssue.topic,
      areaShort: sql<string>`${center.short}`.as('area_short'),
      foundAt: communityIssue.foundAt,
      state: communityIssue.state,
      meeting: sql<
        string | null
      >`CASE WHEN ${meeting.id} IS NOT NULL AND ${isSeenBy(actor)} THEN ${meeting.reference} END`.as(
        'meeting_reference',
      ),
    })
    .from(communityIssue)
    .innerJoin(center, eq(center.code, communityIssue.area))
    .leftJoin(meeting, eq(meeting.id, communityIssue.meetingId))
    .where(isWithin(filter))
    .orderBy(desc(communityIssue.foundAt), desc(communityIssue.reference))
    .limit(limit);
}

export interface Issue extends ListedIssue {
  id: string;
  area: string;
  /** Of the case that shows it: null where there is none; `reference` null where this person may not see it. */
  consultation: { reference: string | null } | null;
  version: number;
}

/** The issue of a reference, without its words. */
export async function findIssue(
  { db, now }: Pick<Scope, 'db' | 'now'>,
  actor: Actor,
  reference: string,
): Promise<Issue | undefined> {
  const [row] = await db
    .select({
      id: communityIssue.id,
      reference: communityIssue.reference,
      topic: communityIssue.topic,
      area: communityIssue.area,
      areaShort: sql<string>`${center.short}`.as('area_short'),
      foundAt: communityIssue.foundAt,
      state: communityIssue.state,
      consultationId: communityIssue.consultationId,
      version: communityIssue.version,
      meeting: sql<
        string | null
      >`CASE WHEN ${meeting.id} IS NOT NULL AND ${isSeenBy(actor)} THEN ${meeting.reference} END`.as(
        'meeting_reference',
      ),
    })
    .from(communityIssue)
    .innerJoin(center, eq(center.code, communityIssue.area))
    .leftJoin(meeting, eq(meeting.id, communityIssue.meetingId))
    .where(eq(communityIssue.reference, reference))
    .limit(1);
  if (!row) return undefined;
  const { consultationId, ...issue } = row;
  return {
    ...issue,
    consultation:
      consultationId === null ? null : { reference: await referenceOf({ db, now }, actor, consultationId) },
  };
}

async function referenceOf(
  scope: Pick<Scope, 'db' | 'now'>,
  actor: Actor,
  consultationId: string,
): Promise<string | null> {
  const sight = await sightOf(scope, actor);
  const [row] = await scope.db.all<{ reference: string }>(
    sql`SELECT reference FROM consultation WHERE id = ${consultationId} AND ${isCaseSeenBy(sight)}`,
  );
  return row?.reference ?? null;
}

/** The words of an issue. Requires that the caller asked `rules.mayReadSummary` and noted the look. */
export async function openIssue(
  scope: Pick<Scope, 'db' | 'settings'>,
  id: string,
): Promise<{ summary: string; outcome: string | null }> {
  const [row] = await scope.db
    .select({ summary: communityIssue.summary, outcome: communityIssue.outcome })
    .from(communityIssue)
    .where(eq(communityIssue.id, id));
  if (!row) throw new Error('an issue that was found is there');
  const key = await openMeetingsKey(scope);
  return {
    summary: await key.open(issuePlace('summary', id), row.summary),
    outcome: row.outcome === null ? null : await key.open(issuePlace('outcome', id), row.outcome),
  };
}

export function issuePlace(column: 'summary' | 'outcome', id: string) {
  return meetingPlace('community_issue', column, id);
}

/** A meeting ahead whose agenda an issue may stand on. */
export interface CouncilMeeting {
  id: string;
  reference: string;
  kindName: string;
  title: string | null;
  startsAt: Date | null;
  endsAt: Date | null;
}

/** Meetings of the city section to come, 推進会議 before others, soonest first: of those staff put issues on the agenda whom `rules.maySettle` lets. */
export async function listCouncilMeetings(db: Database, now: Date, limit: number): Promise<CouncilMeeting[]> {
  return db
    .select({
      id: meeting.id,
      reference: meeting.reference,
      kindName: meetingKind.name,
      title: meeting.title,
      startsAt: meeting.startsAt,
      endsAt: meeting.endsAt,
    })
    .from(meeting)
    .innerJoin(meetingKind, eq(meetingKind.id, meeting.kind))
    .innerJoin(center, eq(center.code, meeting.hostCenter))
    .where(
      and(
        eq(center.kind, 'city'),
        sql`${meeting.status} IN ('fixed', 'polling')`,
        sql`(${meeting.startsAt} IS NULL OR ${meeting.startsAt} > ${now.getTime()})`,
      ),
    )
    .orderBy(
      sql`${meetingKind.name} NOT LIKE '%推進会議%'`,
      sql`${meeting.startsAt} IS NULL`,
      asc(meeting.startsAt),
      asc(meeting.reference),
    )
    .limit(limit);
}

/** The meetings on whose agenda an issue stands, as far as somebody may see them. */
export async function listAgendasOf(
  db: Database,
  actor: Actor,
  issueId: string,
): Promise<{ reference: string; kindName: string }[]> {
  return db
    .select({ reference: meeting.reference, kindName: meetingKind.name })
    .from(agendaItem)
    .innerJoin(meeting, eq(meeting.id, agendaItem.meetingId))
    .innerJoin(meetingKind, eq(meetingKind.id, meeting.kind))
    .where(and(eq(agendaItem.issueId, issueId), isNull(agendaItem.removedAt), isSeenBy(actor)))
    .orderBy(desc(meeting.startsAt));
}

/** References of what a meeting brought up, in their order. */
export async function listOfMeeting(db: Database, meetingId: string): Promise<string[]> {
  const rows = await db
    .select({ reference: communityIssue.reference })
    .from(communityIssue)
    .where(eq(communityIssue.meetingId, meetingId))
    .orderBy(asc(communityIssue.series), asc(communityIssue.number));
  return rows.map(({ reference }) => reference);
}
