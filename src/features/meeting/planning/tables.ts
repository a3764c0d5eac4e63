/** A fiscal year's dates before they are confirmed: proposed, edited, then made meetings. */
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { meetingKind } from '../../directory/meeting-kinds/tables.ts';

export const plannedDate = sqliteTable(
  'meeting_planned_date',
  {
    id: text().primaryKey(),
    /** The calendar year in which the fiscal year begins. */
    fiscalYear: integer().notNull(),
    kind: text()
      .notNull()
      .references(() => meetingKind.id),
    /** A date of Japan. */
    on: text('held_on').notNull(),
    /** `HH:MM` in Japan. */
    starts: text().notNull(),
    minutes: integer().notNull(),
    /** The date by the kind's rule, when the city is closed then. */
    movedFrom: text(),
    /** The meeting that it became. */
    meetingId: text(),
  },
  (table) => [
    index('meeting_planned_year').on(table.fiscalYear, table.on),
    uniqueIndex('meeting_planned_once').on(table.kind, table.on, table.starts),
  ],
);
