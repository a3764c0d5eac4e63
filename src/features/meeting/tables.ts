/** 会議: what meets when, who is invited and what each seat answered, and what people were told. Typed texts are sealed; place, address and title are facts of a meeting. */
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Sealed } from '../../vault/key-ring.ts';
import { meetingKind } from '../directory/meeting-kinds/tables.ts';
import { center, staff } from '../directory/tables.ts';
import type { Attendance, MeetingStatus } from './words.ts';

export const meeting = sqliteTable(
  'meeting',
  {
    id: text().primaryKey(),
    /** `会R8-012`. */
    reference: text().notNull().unique('meeting_reference'),
    /** `R8`; with `number`, never reused. */
    series: text().notNull(),
    number: integer().notNull(),
    kind: text()
      .notNull()
      .references(() => meetingKind.id),
    /** Whose staff arrange it. */
    hostCenter: text()
      .notNull()
      .references(() => center.code),
    /** What it is about, where the kind does not say enough (研修); shown wherever the meeting is. */
    title: text(),
    status: text().$type<MeetingStatus>().notNull(),
    /** Null while its date is being found. */
    startsAt: integer({ mode: 'timestamp_ms' }),
    endsAt: integer({ mode: 'timestamp_ms' }),
    place: text(),
    url: text(),
    papersUrl: text(),
    isPrivate: integer({ mode: 'boolean' }).notNull(),
    /** Until when seats answer, and centers send items of the agenda: dates of Japan, both included. */
    answerBy: text(),
    agendaBy: text(),
    /** Who arranged it. */
    organiser: text()
      .notNull()
      .references(() => staff.slackUserId),
    /** Of the form that made it: sent again, it makes nothing. */
    submissionKey: text().notNull().unique('meeting_submission'),
    /** RFC 5545: raised with each change that calendars must follow. */
    sequence: integer().notNull().default(0),
    version: integer().notNull().default(1),
    createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    cancelledAt: integer({ mode: 'timestamp_ms' }),
  },
  (table) => [
    uniqueIndex('meeting_series').on(table.series, table.number),
    index('meeting_starts').on(table.startsAt),
    index('meeting_kind_starts').on(table.kind, table.startsAt),
    index('meeting_status').on(table.status, table.startsAt),
  ],
);

/** A seat at a meeting. Kept when the person or center is not invited any more, since it may have answered. */
export const seat = sqliteTable(
  'meeting_seat',
  {
    meetingId: text()
      .notNull()
      .references(() => meeting.id),
    /** `person:U0…`, `center:east`, `guest:mail`. */
    seat: text().notNull(),
    /** Whose seat it is; of a center's seat whom the center named, null until then. */
    person: text().references(() => staff.slackUserId),
    /** The center that the seat counts for; null for guests. */
    center: text().references(() => center.code),
    guestName: text(),
    guestEmail: text(),
    answer: text().$type<Attendance>(),
    /** Who comes in the place of the person: staff, or a name, sealed, that the directory does not have. */
    deputy: text().references(() => staff.slackUserId),
    deputyName: text().$type<Sealed>(),
    answeredBy: text().references(() => staff.slackUserId),
    answeredAt: integer({ mode: 'timestamp_ms' }),
    /** How it was at the meeting, as the minutes have it. */
    presence: text().$type<Attendance>(),
    invitedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    removedAt: integer({ mode: 'timestamp_ms' }),
    /** Invited by somebody, not by the kind's rules: stays when they do not invite it. */
    isByHand: integer({ mode: 'boolean' }).notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.meetingId, table.seat] }),
    index('meeting_seat_person').on(table.person, table.meetingId),
    index('meeting_seat_center').on(table.center, table.meetingId),
  ],
);

/**
 * What somebody was told of a meeting. Written in the batch that tells it: told twice, the primary key refuses, so that a reminder
 * goes out once however often and late the cron runs.
 */
export const notice = sqliteTable(
  'meeting_notice',
  {
    meetingId: text().notNull(),
    /** Controlled: `invited/0` with the meeting's sequence, `day-before/2026-12-03`, `poll/72`. */
    what: text().notNull(),
    /** A Slack id, or a guest's seat. */
    recipient: text().notNull(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.meetingId, table.what, table.recipient] })],
);

/** The notice that a planned meeting's card was shown; its recipient is the channel. */
export const CARD_SHOWN = 'card';

/** One row: up to which change of the directory the seats of meetings to come were made to follow it. */
export const seatedDirectory = sqliteTable('meeting_seated_directory', {
  id: integer().primaryKey(),
  /** Of the city's audit chain. */
  citySeq: integer().notNull(),
});
