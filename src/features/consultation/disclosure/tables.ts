/** 開示・訂正・利用停止の請求: what a resident asked of the records about them, and until when it must be settled. */
import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Sealed } from '../../../vault/key-ring.ts';
import { consultation, sealedOnly } from '../tables.ts';
import type { RequestKind, RequestState } from './words.ts';

export const residentRequest = sqliteTable(
  'resident_request',
  {
    id: text().primaryKey(),
    /** One case of the resident; the others are found from it. */
    consultationId: text()
      .notNull()
      .references(() => consultation.id),
    kind: text().$type<RequestKind>().notNull(),
    state: text().$type<RequestState>().notNull(),
    receivedOn: text().notNull(),
    dueOn: text().notNull(),
    note: text().$type<Sealed>(),
    settledOn: text(),
    settlement: text().$type<Sealed>(),
    notedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    notedBy: text().notNull(),
    settledBy: text(),
  },
  (table) => [
    index('resident_request_case').on(table.consultationId),
    index('resident_request_due').on(table.dueOn).where(sql`settled_on IS NULL`),
    sealedOnly(table.note),
    sealedOnly(table.settlement),
  ],
);
