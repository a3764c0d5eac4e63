/** Reads of polls: who decided and voted, whom to tell of a closing, and what is due. */
import { and, asc, desc, eq, gt, isNull, lte, sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import type { Sealed } from '../../../vault/key-ring.ts';
import { auditEntry } from '../../../vault/tables.ts';
import { meetingKind } from '../../directory/meeting-kinds/tables.ts';
import { staff } from '../../directory/tables.ts';
import { findOrganiser, listContacts } from '../attendance/data.ts';
import type { LoadedMeeting } from '../data.ts';
import { meeting } from '../tables.ts';
import { OPENED_MARK } from './notices.ts';
import { poll } from './tables.ts';

/** Who decided the date of a meeting: a Slack id and a name; undefined when nobody did. */
export async function findDecider(
  db: Database,
  meetingId: string,
): Promise<{ id: string; name: string } | undefined> {
  const [row] = await db
    .select({
      id: auditEntry.actor,
      name: sql<string>`coalesce(${staff.name}, ${auditEntry.actor})`.as('decider'),
    })
    .from(auditEntry)
    .leftJoin(staff, eq(staff.slackUserId, auditEntry.actor))
    .where(and(eq(auditEntry.chain, `meeting:${meetingId}`), eq(auditEntry.action, 'meeting.decide')))
    .orderBy(desc(auditEntry.seq))
    .limit(1);
  return row;
}

/** Who is to decide: whoever organised it, as long as she works for its host; else the host's contacts. */
export async function listDeciders(
  db: Database,
  of: Pick<LoadedMeeting, 'meeting' | 'host'>,
): Promise<readonly string[]> {
  const organiser = await findOrganiser(db, of);
  if (organiser !== undefined) return [organiser];
  const { hostCenter } = of.meeting;
  return (await listContacts(db, [hostCenter])).get(hostCenter) ?? [];
}

/** Meetings whose poll is past its deadline and not closed, longest first. */
export async function listPollsToClose(db: Database, now: Date, limit: number): Promise<string[]> {
  const rows = await db
    .select({ id: poll.meetingId })
    .from(poll)
    .innerJoin(meeting, and(eq(meeting.id, poll.meetingId), eq(meeting.status, 'polling')))
    .where(and(isNull(poll.closedAt), lte(poll.closesAt, now)))
    .orderBy(asc(poll.closesAt))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** An open poll with the invited centers that have not voted. */
export interface SilentPoll {
  id: string;
  reference: string;
  kindName: string;
  title: string | null;
  openedAt: Date;
  closesAt: Date;
  silent: readonly string[];
}

/** Open polls whose deadline is near, the nearest first. @param until the latest deadline that reminds already */
export async function listSilentPolls(
  db: Database,
  now: Date,
  until: Date,
  limit: number,
): Promise<SilentPoll[]> {
  const silent = sql<string>`(SELECT json_group_array(DISTINCT center) FROM meeting_seat
    WHERE meeting_id = ${meeting.id} AND removed_at IS NULL AND center IS NOT NULL
      AND center NOT IN (SELECT center FROM meeting_poll_vote WHERE meeting_id = ${meeting.id}))`;
  const opened = sql<number>`coalesce((SELECT max(at) FROM meeting_notice
    WHERE meeting_id = ${meeting.id} AND what LIKE ${`${OPENED_MARK}%`}), ${meeting.createdAt})`;
  const rows = await db
    .select({
      id: meeting.id,
      reference: meeting.reference,
      kindName: sql<string>`${meetingKind.name}`.as('kind_name'),
      title: meeting.title,
      openedAt: opened.as('opened_at'),
      closesAt: poll.closesAt,
      silent: silent.as('silent'),
    })
    .from(poll)
    .innerJoin(meeting, and(eq(meeting.id, poll.meetingId), eq(meeting.status, 'polling')))
    .innerJoin(meetingKind, eq(meetingKind.id, meeting.kind))
    .where(and(isNull(poll.closedAt), gt(poll.closesAt, now), lte(poll.closesAt, until)))
    .orderBy(asc(poll.closesAt))
    .limit(limit);
  return rows.map((row) => ({
    ...row,
    openedAt: new Date(row.openedAt),
    silent: readCodes(row.silent),
  }));
}

/** Of these notices, those that were given: as `meeting/what/recipient`. */
export async function listGiven(
  db: Database,
  notices: readonly { meetingId: string; what: string; recipient: string }[],
): Promise<ReadonlySet<string>> {
  if (notices.length === 0) return new Set();
  const wanted = JSON.stringify(notices.map(({ meetingId, what }) => ({ meetingId, what })));
  const rows = await db.all<{ key: string }>(sql`
    SELECT DISTINCT meeting_id || '/' || what || '/' || recipient AS key FROM meeting_notice
    WHERE (meeting_id, what) IN (SELECT value->>'meetingId', value->>'what' FROM json_each(${wanted}))`);
  return new Set(rows.map(({ key }) => key));
}

function readCodes(json: string): string[] {
  const codes: unknown = JSON.parse(json);
  return Array.isArray(codes) ? codes.filter((code) => typeof code === 'string') : [];
}

/** Why the date was decided without a quorum, sealed; null when there was one. */
export async function findOverride(db: Database, meetingId: string): Promise<Sealed | null> {
  const [row] = await db
    .select({ reason: poll.overrideReason })
    .from(poll)
    .where(eq(poll.meetingId, meetingId))
    .limit(1);
  return row?.reason ?? null;
}
