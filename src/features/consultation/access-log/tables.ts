/** What the watch over readings has told already. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Somebody read unusually many cases in an hour: told once a person and hour. */
export const readingFlag = sqliteTable(
  'reading_flag',
  {
    slackUserId: text().notNull(),
    /** Hours since the epoch. */
    hour: integer().notNull(),
    cases: integer().notNull(),
    flaggedAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.slackUserId, table.hour] })],
);
