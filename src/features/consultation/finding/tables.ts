/** Finding a case by its resident, without the resident standing in the database in the clear. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { consultation } from '../tables.ts';

/**
 * Short keyed hashes of the resident's name and numbers (`finding/data.ts` has their length). Without the house's key nobody can
 * try names against them, and each is shared by residents who have nothing to do with each other; whoever searches opens the few
 * candidates and compares. What they do not hide: that two cases with all tokens alike are about one person.
 */
export const subjectToken = sqliteTable(
  'subject_token',
  {
    token: integer().notNull(),
    submittedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    consultationId: text()
      .notNull()
      .references(() => consultation.id),
  },
  (table) => [
    primaryKey({ columns: [table.token, table.submittedAt, table.consultationId] }),
    index('subject_token_consultation').on(table.consultationId),
  ],
);
