/** What lists find cases by and the case's own row cannot be indexed for. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { consultation } from '../tables.ts';
import type { Topic } from '../words.ts';

/** The topics of a case, one a row: they stand in its own row as a list, in which a rare topic of 100,000 cases is not to be found. */
export const consultationTopic = sqliteTable(
  'consultation_topic',
  {
    topic: text().$type<Topic>().notNull(),
    submittedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    consultationId: text()
      .notNull()
      .references(() => consultation.id),
  },
  (table) => [
    primaryKey({ columns: [table.topic, table.submittedAt, table.consultationId] }),
    index('consultation_topic_consultation').on(table.consultationId),
  ],
);
