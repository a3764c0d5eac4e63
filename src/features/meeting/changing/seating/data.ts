/** Reads of what seats must follow: today's directory, meetings to come, and who was not told yet. */
import { and, asc, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import type { Database } from '../../../../lib/db.ts';
import { auditEntry } from '../../../../vault/tables.ts';
import { listInvitable, readKind } from '../../../directory/meeting-kinds/data.ts';
import type { AttendeeRule } from '../../../directory/meeting-kinds/rules.ts';
import { meetingKind } from '../../../directory/meeting-kinds/tables.ts';
import { center } from '../../../directory/tables.ts';
import { meeting, notice, seat, seatedDirectory } from '../../tables.ts';
import { training } from '../../training/tables.ts';
import { type Directory, reseat } from './rules.ts';

/** The latest change of the city, when seats do not follow it yet; undefined when they do. */
export async function latestUnseated(db: Database): Promise<{ seq: number; at: Date } | undefined> {
  const [head] = await db
    .select({
      seq: auditEntry.seq,
      at: auditEntry.at,
      seated: sql<number | null>`(SELECT city_seq FROM ${seatedDirectory} WHERE id = 1)`,
    })
    .from(auditEntry)
    .where(eq(auditEntry.chain, 'city'))
    .orderBy(sql`${auditEntry.seq} DESC`)
    .limit(1);
  return head && head.seq > (head.seated ?? 0) ? { seq: head.seq, at: head.at } : undefined;
}

export async function readDirectory(db: Database): Promise<Directory> {
  const [people, centers] = await Promise.all([
    listInvitable(db),
    db
      .select({ code: center.code, kind: center.kind })
      .from(center)
      .where(isNull(center.closedAt))
      .orderBy(asc(center.position)),
  ]);
  return { people, centers };
}

/** A meeting whose seats differ from what the directory says now. */
export interface Unseated {
  id: string;
  rules: readonly AttendeeRule[];
  takenOff: ReadonlySet<string>;
}

/**
 * The meetings to come whose seats must change. Who comes to trainings is in their applications.
 * @param changedAt of the directory: meetings made later were made of it
 */
export async function listUnseated(
  db: Database,
  directory: Directory,
  changedAt: Date,
  now: Date,
): Promise<Unseated[]> {
  const isAhead = or(
    eq(meeting.status, 'polling'),
    and(eq(meeting.status, 'fixed'), gt(meeting.endsAt, now)),
  );
  const ahead = and(
    isAhead,
    lte(meeting.createdAt, changedAt),
    sql`NOT EXISTS (SELECT 1 FROM ${training} WHERE meeting_id = ${meeting.id})`,
  );
  const [meetings, seats, takenOff, kinds] = await Promise.all([
    db
      .select({ id: meeting.id, kind: meeting.kind })
      .from(meeting)
      .where(ahead)
      .orderBy(asc(meeting.startsAt), asc(meeting.id)),
    db
      .select({
        meetingId: seat.meetingId,
        seat: seat.seat,
        person: seat.person,
        center: seat.center,
        deputy: seat.deputy,
        isByHand: seat.isByHand,
      })
      .from(seat)
      .innerJoin(meeting, eq(meeting.id, seat.meetingId))
      .where(and(ahead, isNull(seat.removedAt))),
    db
      .select({ meetingId: notice.meetingId, seat: notice.recipient })
      .from(notice)
      .innerJoin(meeting, eq(meeting.id, notice.meetingId))
      .where(and(ahead, sql`${notice.what} LIKE 'removed/%'`, sql`${notice.recipient} LIKE '%:%'`)),
    db.select().from(meetingKind),
  ]);
  const rulesOf = new Map(
    kinds.map((row) => [row.id, row.isTraining ? undefined : readKind(row).attendees] as const),
  );
  const seatsOf = Map.groupBy(seats, ({ meetingId }) => meetingId);
  const takenOffOf = Map.groupBy(takenOff, ({ meetingId }) => meetingId);
  return meetings.flatMap(({ id, kind }) => {
    const rules = rulesOf.get(kind);
    if (!rules) return [];
    const off = new Set((takenOffOf.get(id) ?? []).map((each) => each.seat));
    const change = reseat(rules, seatsOf.get(id) ?? [], off, directory);
    return change ? [{ id, rules, takenOff: off }] : [];
  });
}

/** Somebody who got or lost a seat and was not told yet. */
export interface Untold {
  meetingId: string;
  what: string;
  recipient: string;
  reference: string;
  kindName: string;
  title: string | null;
  startsAt: Date | null;
  endsAt: Date | null;
  place: string | null;
  guestName: string | null;
  guestEmail: string | null;
}

/** What noting that somebody got or lost a seat is called until she was told, and afterwards. */
export const SEATING = { added: 'seating/', removed: 'unseating/' } as const;
export function toldMark(what: string): string {
  return what.replace('seating/', 'seated/');
}

export async function listUntold(db: Database): Promise<Untold[]> {
  return db
    .select({
      meetingId: notice.meetingId,
      what: notice.what,
      recipient: notice.recipient,
      reference: meeting.reference,
      kindName: sql<string>`${meetingKind.name}`.as('kind_name'),
      title: meeting.title,
      startsAt: meeting.startsAt,
      endsAt: meeting.endsAt,
      place: meeting.place,
      guestName: seat.guestName,
      guestEmail: seat.guestEmail,
    })
    .from(meeting)
    .innerJoin(meetingKind, eq(meetingKind.id, meeting.kind))
    .innerJoin(notice, eq(notice.meetingId, meeting.id))
    .leftJoin(seat, and(eq(seat.meetingId, meeting.id), eq(seat.seat, notice.recipient)))
    .where(
      and(
        inArray(meeting.status, ['polling', 'fixed']),
        sql`(${notice.what} LIKE 'seating/%' OR ${notice.what} LIKE 'unseating/%')`,
        sql`NOT EXISTS (SELECT 1 FROM meeting_notice AS later WHERE later.meeting_id = ${notice.meetingId}
          AND later.recipient = ${notice.recipient} AND later.what = replace(${notice.what}, 'seating/', 'seated/'))`,
      ),
    )
    .orderBy(sql`${meeting.startsAt} IS NULL`, asc(meeting.startsAt), asc(meeting.reference));
}
