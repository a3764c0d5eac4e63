/** Secret addresses of calendar feeds: only their hashes are stored. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { staff } from '../../directory/tables.ts';

export const calendarFeed = sqliteTable(
  'calendar_feed',
  {
    /** SHA-256 of the address's secret, hex. */
    tokenHash: text().primaryKey(),
    person: text()
      .notNull()
      .references(() => staff.slackUserId),
    createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
    revokedAt: integer({ mode: 'timestamp_ms' }),
    fetchedAt: integer({ mode: 'timestamp_ms' }),
  },
  (table) => [index('calendar_feed_person').on(table.person)],
);
