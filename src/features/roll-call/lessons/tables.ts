/** 気づき・改善点 of a roll-call, and what was promised of them. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Sealed } from '../../../vault/key-ring.ts';
import { center } from '../../directory/tables.ts';
import { rollCall } from '../tables.ts';

export const lesson = sqliteTable(
  'roll_call_lesson',
  {
    id: text().primaryKey(),
    rollCallId: text()
      .notNull()
      .references(() => rollCall.id),
    /** Which center found it. */
    center: text()
      .notNull()
      .references(() => center.code),
    body: text().$type<Sealed>().notNull(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    by: text().notNull(),
    submissionKey: text().notNull().unique('roll_call_lesson_submission'),
    /** The promise made of it: what, by whom, until when; null where none was. */
    promise: text().$type<Sealed>(),
    promisedBy: text(),
    dueOn: text(),
    doneAt: integer({ mode: 'timestamp_ms' }),
    doneBy: text(),
    version: integer().notNull().default(1),
  },
  (table) => [
    index('roll_call_lesson_roll_call').on(table.rollCallId, table.center),
    index('roll_call_lesson_due').on(table.dueOn),
  ],
);
