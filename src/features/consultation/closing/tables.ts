/** What is learnt from a case when it ends, and what its sender thinks of the support. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Sealed } from '../../../vault/key-ring.ts';
import { consultation, sealedOnly } from '../tables.ts';
import type { Rating } from '../words.ts';

/** The latest one; who proposed what and when stands in the audit log. */
export const closingReport = sqliteTable(
  'closing_report',
  {
    consultationId: text()
      .primaryKey()
      .references(() => consultation.id),
    lessons: text().$type<Sealed>(),
    /** 苦情・カスハラ: what was done about it, and what keeps it from happening again. */
    measures: text().$type<Sealed>(),
    prevention: text().$type<Sealed>(),
    writtenBy: text().notNull(),
    writtenAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [table.lessons, table.measures, table.prevention].map(sealedOnly),
);

export const rating = sqliteTable(
  'rating',
  {
    consultationId: text()
      .primaryKey()
      .references(() => consultation.id),
    value: text().$type<Rating>().notNull(),
    comment: text().$type<Sealed>(),
    ratedBy: text().notNull(),
    ratedAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [sealedOnly(table.comment)],
);
