/** Hand-overs of the 主担当機関: offers, of which one a case may be open. */
import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { center } from '../../directory/tables.ts';
import { consultation } from '../tables.ts';
import type { HandoverKind, HandoverState } from '../words.ts';

export const handover = sqliteTable(
  'handover',
  {
    id: text().primaryKey(),
    consultationId: text()
      .notNull()
      .references(() => consultation.id),
    kind: text().$type<HandoverKind>().notNull(),
    state: text().$type<HandoverState>().notNull(),
    fromCenter: text()
      .notNull()
      .references(() => center.code),
    toCenter: text()
      .notNull()
      .references(() => center.code),
    offeredBy: text().notNull(),
    offeredAt: integer({ mode: 'timestamp_ms' }).notNull(),
    /** Unanswered until then it lapses, and the managers hear of it. It never accepts itself. */
    expiresAt: integer({ mode: 'timestamp_ms' }).notNull(),
    /** 前方支援: when the case is to be handed back. */
    returnByOn: text(),
    settledBy: text(),
    settledAt: integer({ mode: 'timestamp_ms' }),
  },
  (table) => [
    uniqueIndex('handover_one_open').on(table.consultationId).where(sql`state = 'offered'`),
    index('handover_consultation').on(table.consultationId, table.offeredAt),
    index('handover_expiry').on(table.expiresAt).where(sql`state = 'offered'`),
    index('handover_to').on(table.toCenter).where(sql`state = 'offered'`),
  ],
);
