/** Cases that belong together without being the same. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { consultation } from '../tables.ts';

/** Each pair once: `one` is the smaller id. */
export const consultationLink = sqliteTable(
  'consultation_link',
  {
    one: text()
      .notNull()
      .references(() => consultation.id),
    other: text()
      .notNull()
      .references(() => consultation.id),
    linkedBy: text().notNull(),
    linkedAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.one, table.other] }),
    index('consultation_link_other').on(table.other),
  ],
);
