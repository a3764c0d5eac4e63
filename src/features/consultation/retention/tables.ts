/** How long cases are kept: warnings before the end, and what keeps a case longer. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Sealed } from '../../../vault/key-ring.ts';
import { consultation, sealedOnly } from '../tables.ts';

/** Whom it concerned was told that the case will be erased. */
export const erasureWarning = sqliteTable('erasure_warning', {
  consultationId: text()
    .primaryKey()
    .references(() => consultation.id),
  /** `YYYY-MM-DD` in Japan. */
  eraseOn: text().notNull(),
  warnedAt: integer({ mode: 'timestamp_ms' }).notNull(),
});

/** 消去の保留: a lawsuit, an inquiry. In force while `liftedAt` is null. */
export const legalHold = sqliteTable(
  'legal_hold',
  {
    id: text().primaryKey(),
    consultationId: text()
      .notNull()
      .references(() => consultation.id),
    reason: text().$type<Sealed>().notNull(),
    heldBy: text().notNull(),
    heldAt: integer({ mode: 'timestamp_ms' }).notNull(),
    liftedBy: text(),
    liftedAt: integer({ mode: 'timestamp_ms' }),
  },
  (table) => [index('legal_hold_case').on(table.consultationId), sealedOnly(table.reason)],
);
