/** 優先安否確認: whom a center checks first. The list is the center's own and sealed; others see figures only. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Sealed } from '../../../vault/key-ring.ts';
import { center } from '../../directory/tables.ts';
import type { Check } from '../words.ts';

/** How many residents a center checks first, where it keeps no list. */
export const priorityCount = sqliteTable('priority_count', {
  center: text()
    .primaryKey()
    .references(() => center.code),
  total: integer().notNull(),
  updatedAt: integer({ mode: 'timestamp_ms' }).notNull(),
  updatedBy: text().notNull(),
  version: integer().notNull().default(1),
});

export const priorityResident = sqliteTable(
  'priority_resident',
  {
    id: text().primaryKey(),
    center: text()
      .notNull()
      .references(() => center.code),
    /** Who it is, and how to reach or find them: as the center typed it. */
    name: text().$type<Sealed>().notNull(),
    contact: text().$type<Sealed>(),
    position: integer().notNull(),
    createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
    createdBy: text().notNull(),
    /** The texts go with it. */
    removedAt: integer({ mode: 'timestamp_ms' }),
    submissionKey: text().notNull(),
  },
  (table) => [index('priority_resident_center').on(table.center, table.position)],
);

/** What was found of one of them during a roll-call: the last word counts. */
export const priorityCheck = sqliteTable(
  'priority_check',
  {
    rollCallId: text().notNull(),
    residentId: text()
      .notNull()
      .references(() => priorityResident.id),
    found: text().$type<Check>().notNull(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    by: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.rollCallId, table.residentId] })],
);
