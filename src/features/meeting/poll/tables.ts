/** The poll by which a meeting finds its date. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Sealed } from '../../../vault/key-ring.ts';
import { center, staff } from '../../directory/tables.ts';
import { meeting } from '../tables.ts';

/** A meeting has one poll at most. */
export const poll = sqliteTable(
  'meeting_poll',
  {
    meetingId: text()
      .primaryKey()
      .references(() => meeting.id),
    closesAt: integer({ mode: 'timestamp_ms' }).notNull(),
    /** Set when it closed: at the deadline, when all had answered, or by hand. A decided poll is closed. */
    closedAt: integer({ mode: 'timestamp_ms' }),
    decidedDate: text(),
    /** Why it was decided without a quorum: sealed; null when there was one. */
    overrideReason: text().$type<Sealed>(),
  },
  (table) => [index('meeting_poll_closes').on(table.closesAt)],
);

export const pollDate = sqliteTable(
  'meeting_poll_date',
  {
    id: text().primaryKey(),
    meetingId: text()
      .notNull()
      .references(() => meeting.id),
    startsAt: integer({ mode: 'timestamp_ms' }).notNull(),
    endsAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [index('meeting_poll_date_meeting').on(table.meetingId, table.startsAt)],
);

/** One vote a center: the later one takes the place of the earlier; the audit chain keeps both. */
export const pollVote = sqliteTable(
  'meeting_poll_vote',
  {
    meetingId: text()
      .notNull()
      .references(() => meeting.id),
    center: text()
      .notNull()
      .references(() => center.code),
    /** JSON: id of the date → `yes`, `maybe`, `no`. */
    answers: text().notNull(),
    votedBy: text()
      .notNull()
      .references(() => staff.slackUserId),
    /** Whether somebody voted for a person of her center, or the host for a center. */
    isProxy: integer({ mode: 'boolean' }).notNull(),
    votedAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.meetingId, table.center] })],
);
