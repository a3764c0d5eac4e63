/** What a meeting came to: minutes, and what people promised. All that was typed is sealed. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Sealed } from '../../../vault/key-ring.ts';
import { meetingKind } from '../../directory/meeting-kinds/tables.ts';
import { center, staff } from '../../directory/tables.ts';
import { meeting } from '../tables.ts';

export const minutes = sqliteTable('meeting_minutes', {
  meetingId: text()
    .primaryKey()
    .references(() => meeting.id),
  /** What was said. */
  body: text().$type<Sealed>().notNull(),
  /** What was decided, a line each. */
  decisions: text().$type<Sealed>().notNull(),
  writtenBy: text()
    .notNull()
    .references(() => staff.slackUserId),
  writtenAt: integer({ mode: 'timestamp_ms' }).notNull(),
  approvedBy: text().references(() => staff.slackUserId),
  /** Null for a draft, which the host alone reads. */
  approvedAt: integer({ mode: 'timestamp_ms' }),
});

/** Carried from meeting to meeting of its kind until it is kept. */
export const promise = sqliteTable(
  'meeting_promise',
  {
    id: text().primaryKey(),
    meetingId: text()
      .notNull()
      .references(() => meeting.id),
    kind: text()
      .notNull()
      .references(() => meetingKind.id),
    body: text().$type<Sealed>().notNull(),
    /** Who keeps it: a person, or a center's manager. */
    person: text().references(() => staff.slackUserId),
    center: text().references(() => center.code),
    /** A date of Japan. */
    dueOn: text(),
    createdBy: text()
      .notNull()
      .references(() => staff.slackUserId),
    createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
    settledAt: integer({ mode: 'timestamp_ms' }),
    settledBy: text().references(() => staff.slackUserId),
    /** Kept, or given up. */
    outcome: text({ enum: ['kept', 'dropped'] }),
  },
  (table) => [
    index('meeting_promise_meeting').on(table.meetingId),
    index('meeting_promise_open').on(table.kind, table.settledAt),
    index('meeting_promise_due').on(table.settledAt, table.dueOn),
    index('meeting_promise_person').on(table.person, table.settledAt),
  ],
);
