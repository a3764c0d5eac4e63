/** The statements of seats, notices and mails, to be put into the batch of the change that they belong to. */
import { and, eq, sql } from 'drizzle-orm';
import type { Database, Statement } from '../../../../lib/db.ts';
import { enqueueMail, type MailEntry } from '../../../../mail/outbox.ts';
import type { Seat } from '../../../directory/meeting-kinds/rules.ts';
import type { InvitedSeat } from '../../data.ts';
import { meeting, notice, seat } from '../../tables.ts';

export interface Told {
  /** Controlled: `invited/0`, `day-before/2026-12-03`, `poll/72`. */
  what: string;
  /** A Slack id, or a guest's seat. */
  recipient: string;
}

/** A seat that nobody answered for yet. */
export function blankSeat(of: Seat): Omit<InvitedSeat, 'invitedAt'> {
  return {
    seat: of.seat,
    person: of.by === 'person' ? of.person : null,
    center: of.by === 'guest' ? null : of.center,
    guestName: of.by === 'guest' ? of.name : null,
    guestEmail: of.by === 'guest' ? of.email : null,
    answer: null,
    deputy: null,
    deputyName: null,
    answeredBy: null,
    answeredAt: null,
    presence: null,
    isByHand: of.isByHand === true,
    name: null,
    centerShort: null,
  };
}

/** The statement that invites seats; those that are invited already keep their answers, those that were taken off are there again. */
export function seatStatements(
  db: Database,
  meetingId: string,
  seats: readonly Seat[],
  now: Date,
): Statement[] {
  if (seats.length === 0) return [];
  const rows = JSON.stringify(
    seats.map((each) => ({
      seat: each.seat,
      person: each.by === 'person' ? each.person : null,
      center: each.by === 'guest' ? null : each.center,
      guestName: each.by === 'guest' ? each.name : null,
      guestEmail: each.by === 'guest' ? each.email : null,
      isByHand: each.isByHand === true,
    })),
  );
  const listed = sql`(SELECT value->>'seat' FROM json_each(${rows}))`;
  return [
    // Whose seat was taken off has the meeting as cancelled in her calendar, one number higher (calendar/rules.ts).
    db
      .update(meeting)
      .set({ sequence: sql`${meeting.sequence} + 2` })
      .where(
        and(
          eq(meeting.id, meetingId),
          sql`EXISTS (SELECT 1 FROM meeting_seat WHERE meeting_id = ${meetingId} AND removed_at IS NOT NULL AND seat IN ${listed})`,
        ),
      ),
    // Every column of the table, in its order.
    db
      .insert(seat)
      .select(
        sql`SELECT ${meetingId}, value->>'seat', value->>'person', value->>'center', value->>'guestName', value->>'guestEmail',
          NULL, NULL, NULL, NULL, NULL, NULL, ${now.getTime()}, NULL, value->>'isByHand' FROM json_each(${rows}) WHERE true`,
      )
      .onConflictDoUpdate({
        target: [seat.meetingId, seat.seat],
        set: { removedAt: null, center: sql`excluded.center`, isByHand: sql`excluded.is_by_hand` },
      }),
  ];
}

/** The statement that notes what people are told; it fails when one of them was told before. */
export function noticeStatements(
  db: Database,
  meetingId: string,
  told: readonly Told[],
  now: Date,
): Statement[] {
  if (told.length === 0) return [];
  const rows = JSON.stringify(told);
  return [
    db
      .insert(notice)
      .select(
        sql`SELECT ${meetingId}, value->>'what', value->>'recipient', ${now.getTime()} FROM json_each(${rows}) WHERE true`,
      ),
  ];
}

export function mailStatements(
  db: Database,
  meetingId: string,
  mails: readonly MailEntry[],
  now: Date,
): Statement[] {
  return mails.length === 0
    ? []
    : [
        enqueueMail(
          db,
          mails.map((mail) => ({ about: meetingId, ...mail })),
          now,
        ),
      ];
}
