/** Who is to be told of a confirmed year, and of which meetings. */
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../../../../lib/db.ts';
import { meetingKind } from '../../../directory/meeting-kinds/tables.ts';
import { listContacts } from '../../attendance/data.ts';
import { type Recipient, recipientsOf } from '../../attendance/rules.ts';
import type { InvitedSeat } from '../../data.ts';
import { meeting, notice, seat } from '../../tables.ts';
import { plannedDate } from '../tables.ts';

/** Of the notice that somebody was told of a year; its place of a meeting holds the confirmation. */
export const TOLD = 'plan';

/** A meeting of the year, as the digests list it. */
export interface PlannedMeeting {
  id: string;
  reference: string;
  kindName: string;
  startsAt: Date;
  endsAt: Date;
  place: string | null;
}

/** What was made of the confirmation and still takes place. */
export async function listMeetings(db: Database, confirmation: string): Promise<PlannedMeeting[]> {
  const rows = await db
    .select({
      id: meeting.id,
      reference: meeting.reference,
      kindName: sql<string>`${meetingKind.name}`.as('kind_name'),
      startsAt: meeting.startsAt,
      endsAt: meeting.endsAt,
      place: meeting.place,
    })
    .from(plannedDate)
    .innerJoin(meeting, eq(meeting.id, plannedDate.meetingId))
    .innerJoin(meetingKind, eq(meetingKind.id, meeting.kind))
    .where(and(eq(plannedDate.confirmation, confirmation), eq(meeting.status, 'fixed')))
    .orderBy(asc(meeting.startsAt), asc(meeting.reference));
  return rows.flatMap(({ startsAt, endsAt, ...rest }) =>
    startsAt && endsAt ? [{ ...rest, startsAt, endsAt }] : [],
  );
}

/** Who was told of a confirmation already, by Slack id or a guest's seat. */
export async function listTold(db: Database, confirmation: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .select({ recipient: notice.recipient })
    .from(notice)
    .where(and(eq(notice.meetingId, confirmation), eq(notice.what, TOLD)));
  return new Set(rows.map(({ recipient }) => recipient));
}

export interface Told {
  recipient: Recipient;
  meetings: PlannedMeeting[];
}

/** Everybody who is invited to any of them, with their own ones in order. */
export async function listRecipients(
  db: Database,
  meetings: readonly PlannedMeeting[],
  confirmation: string,
): Promise<Told[]> {
  const seats: (Pick<InvitedSeat, 'seat' | 'person' | 'center' | 'guestName' | 'guestEmail'> & {
    meetingId: string;
  })[] = await db
    .select({
      meetingId: seat.meetingId,
      seat: seat.seat,
      person: seat.person,
      center: seat.center,
      guestName: seat.guestName,
      guestEmail: seat.guestEmail,
    })
    .from(seat)
    .where(
      and(
        isNull(seat.removedAt),
        sql`${seat.meetingId} IN (SELECT meeting_id FROM meeting_planned_date WHERE confirmation = ${confirmation})`,
      ),
    );
  const contacts = await listContacts(
    db,
    seats.flatMap(({ center, person }) => (center !== null && person === null ? [center] : [])),
  );
  const told = new Map<string, Told>();
  for (const each of meetings) {
    for (const recipient of recipientsOf(
      seats.filter(({ meetingId }) => meetingId === each.id),
      contacts,
    )) {
      const before = told.get(recipient.recipient);
      if (before) before.meetings.push(each);
      else told.set(recipient.recipient, { recipient, meetings: [each] });
    }
  }
  return [...told.values()].toSorted((one, other) =>
    one.recipient.recipient < other.recipient.recipient ? -1 : 1,
  );
}
