/** What is due when. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { consultation } from '../tables.ts';
import type { DeadlineKind } from '../words.ts';

/** The deadlines of a case as its last change left them: a case that ended has none, so that nothing can remind of it. */
export const deadline = sqliteTable(
  'deadline',
  {
    consultationId: text()
      .notNull()
      .references(() => consultation.id),
    kind: text().$type<DeadlineKind>().notNull(),
    dueAt: integer({ mode: 'timestamp_ms' }).notNull(),
    /** The next reminder; null when all were given. */
    remindAt: integer({ mode: 'timestamp_ms' }),
  },
  (table) => [
    primaryKey({ columns: [table.consultationId, table.kind] }),
    index('deadline_remind').on(table.remindAt),
    index('deadline_due').on(table.dueAt),
  ],
);

/** Day's-end digests: one a person and day. */
export const digest = sqliteTable(
  'digest',
  {
    person: text().notNull(),
    digestOn: text().notNull(),
    sentAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.person, table.digestOn] })],
);

/** One row: by which hours, closures and deadlines of the city the stored deadlines were reckoned, and how far a review has come. */
export const deadlineReview = sqliteTable('deadline_review', {
  id: integer().primaryKey(),
  /** The city's settings as they were when the review began. */
  reckonedBy: text().notNull(),
  /** The last case that was reckoned anew; null when all are. */
  reviewedUntil: text(),
});
