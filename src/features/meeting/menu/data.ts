/** The meetings that somebody finds before her: to come, and those that she may see. */
import { and, asc, eq, gte, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import type { Actor } from '../../directory/actor.ts';
import { meetingKind } from '../../directory/meeting-kinds/tables.ts';
import { center } from '../../directory/tables.ts';
import { meeting } from '../tables.ts';
import type { Attendance, MeetingStatus } from '../words.ts';

/** A meeting in a list. */
export interface ListedMeeting {
  id: string;
  reference: string;
  kindName: string;
  title: string | null;
  status: MeetingStatus;
  startsAt: Date | null;
  endsAt: Date | null;
  place: string | null;
  hostShort: string;
  /** Whether somebody has a seat, her own, her center's, or as a deputy; and what was answered for it. */
  isInvited: boolean;
  answer: Attendance | null;
  hasVoted: boolean;
}

/** As `rules.maySee`, in SQL; a property test holds the two together. */
export function isSeenBy(actor: Actor): SQL {
  return sql`(${meeting.isPrivate} = 0 OR ${isReadBy(actor)})`;
}

/** As `rules.mayRead`, in SQL. */
export function isReadBy(actor: Actor): SQL {
  const { code, kind } = actor.center;
  const asCore =
    kind === 'kikan'
      ? sql` OR (SELECT kind FROM center WHERE code = ${meeting.hostCenter}) = 'city'
          OR EXISTS (SELECT 1 FROM core_attendance_request WHERE meeting_id = ${meeting.id} AND answer IS NOT 'declined')`
      : sql``;
  return sql`(${meeting.hostCenter} = ${code}${asCore} OR ${hasSeat(actor)})`;
}

function hasSeat({ slackUserId, center: { code } }: Actor): SQL {
  return sql`EXISTS (SELECT 1 FROM meeting_seat WHERE meeting_id = ${meeting.id} AND removed_at IS NULL
    AND (person = ${slackUserId} OR seat = ${`center:${code}`} OR deputy = ${slackUserId}))`;
}

/**
 * Meetings to come that somebody may see, those whose date is being found first since they wait for answers, then the soonest; and what is asked of her.
 * @param onlyMine those where she has a seat
 */
export async function listAhead(
  db: Database,
  actor: Actor,
  now: Date,
  { onlyMine, limit }: { onlyMine: boolean; limit: number },
): Promise<ListedMeeting[]> {
  const { slackUserId, center: office } = actor;
  const own = sql`(SELECT answer FROM meeting_seat WHERE meeting_id = ${meeting.id} AND removed_at IS NULL
    AND (person = ${slackUserId} OR seat = ${`center:${office.code}`} OR deputy = ${slackUserId})
    ORDER BY person IS ${slackUserId} DESC, deputy IS ${slackUserId} LIMIT 1)`;
  const rows = await db
    .select({
      id: meeting.id,
      reference: meeting.reference,
      kindName: sql<string>`${meetingKind.name}`.as('kind_name'),
      title: meeting.title,
      status: meeting.status,
      startsAt: meeting.startsAt,
      endsAt: meeting.endsAt,
      place: meeting.place,
      hostShort: sql<string>`${center.short}`.as('host_short'),
      isInvited: sql<number>`${hasSeat(actor)}`.as('is_invited'),
      answer: sql<Attendance | null>`${own}`.as('own_answer'),
      hasVoted:
        sql<number>`EXISTS (SELECT 1 FROM meeting_poll_vote WHERE meeting_id = ${meeting.id} AND center = ${office.code})`.as(
          'has_voted',
        ),
    })
    .from(meeting)
    .innerJoin(meetingKind, eq(meetingKind.id, meeting.kind))
    .innerJoin(center, eq(center.code, meeting.hostCenter))
    .where(
      and(
        isSeenBy(actor),
        or(
          eq(meeting.status, 'polling'),
          and(eq(meeting.status, 'fixed'), or(isNull(meeting.endsAt), gte(meeting.endsAt, now))),
        ),
        onlyMine ? hasSeat(actor) : undefined,
      ),
    )
    .orderBy(sql`${meeting.startsAt} IS NOT NULL`, asc(meeting.startsAt), asc(meeting.reference))
    .limit(limit);
  return rows.map((row) => ({ ...row, isInvited: row.isInvited === 1, hasVoted: row.hasVoted === 1 }));
}
