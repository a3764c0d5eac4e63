/** What a meeting will speak of. Titles are sealed: people write about residents where they should not. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Sealed } from '../../../vault/key-ring.ts';
import { center, staff } from '../../directory/tables.ts';
import { meeting } from '../tables.ts';

export const agendaItem = sqliteTable(
  'meeting_agenda_item',
  {
    id: text().primaryKey(),
    meetingId: text()
      .notNull()
      .references(() => meeting.id),
    position: integer().notNull(),
    title: text().$type<Sealed>().notNull(),
    /** How long it may take; null where nobody said. */
    minutes: integer(),
    center: text()
      .notNull()
      .references(() => center.code),
    proposedBy: text()
      .notNull()
      .references(() => staff.slackUserId),
    proposedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    /** A consultation that it is about: shown by its reference, to those who may see it. */
    consultationId: text(),
    /** A 地域課題 that it is about. */
    issueId: text(),
    removedAt: integer({ mode: 'timestamp_ms' }),
  },
  (table) => [
    index('meeting_agenda_meeting').on(table.meetingId, table.position),
    index('meeting_agenda_consultation').on(table.consultationId),
    index('meeting_agenda_issue').on(table.issueId),
  ],
);
