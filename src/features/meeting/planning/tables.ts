/** A fiscal year's dates before they are confirmed: proposed, edited, then made meetings. */
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { meetingKind } from '../../directory/meeting-kinds/tables.ts';
import { staff } from '../../directory/tables.ts';

/** That somebody confirmed dates: a job makes them meetings, portion by portion, and then tells everybody once. */
export const planConfirmation = sqliteTable(
  'meeting_plan_confirmation',
  {
    id: text().primaryKey(),
    fiscalYear: integer().notNull(),
    confirmedBy: text()
      .notNull()
      .references(() => staff.slackUserId),
    confirmedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    /** When the last of those who attend was told. */
    toldAt: integer({ mode: 'timestamp_ms' }),
  },
  (table) => [index('meeting_plan_untold').on(table.toldAt)],
);

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
    /** Since when it can be changed as a meeting only. */
    confirmation: text().references(() => planConfirmation.id),
  },
  (table) => [
    index('meeting_planned_year').on(table.fiscalYear, table.on),
    index('meeting_planned_confirmation').on(table.confirmation, table.meetingId),
    uniqueIndex('meeting_planned_once').on(table.kind, table.on, table.starts),
  ],
);
