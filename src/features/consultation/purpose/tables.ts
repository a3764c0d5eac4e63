/** Why somebody who is not part of a case looks into it, and who looked into a 限定 case in an emergency. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Sealed } from '../../../vault/key-ring.ts';
import { consultation, sealedOnly } from '../tables.ts';
import type { Purpose } from '../words.ts';

/** Asked once a person and case. */
export const viewingPurpose = sqliteTable(
  'viewing_purpose',
  {
    consultationId: text()
      .notNull()
      .references(() => consultation.id),
    slackUserId: text().notNull(),
    purpose: text().$type<Purpose>().notNull(),
    words: text().$type<Sealed>(),
    statedAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.consultationId, table.slackUserId] }), sealedOnly(table.words)],
);

/** 緊急閲覧: opens a 限定 case to one manager until an instant. */
export const breakGlass = sqliteTable(
  'break_glass',
  {
    id: text().primaryKey(),
    consultationId: text()
      .notNull()
      .references(() => consultation.id),
    slackUserId: text().notNull(),
    reason: text().$type<Sealed>().notNull(),
    grantedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    until: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [
    index('break_glass_case').on(table.consultationId, table.until),
    index('break_glass_person').on(table.slackUserId, table.until),
    sealedOnly(table.reason),
  ],
);
