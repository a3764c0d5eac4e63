/** 第n報: what a center reports of itself while a roll-call runs, and who takes over for a center that is closed. Null is 未確認. */
import { integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Sealed } from '../../../vault/key-ring.ts';
import { center } from '../../directory/tables.ts';
import { rollCall } from '../tables.ts';
import type { Building, Damage, Reporter, Service, Supply } from '../words.ts';

export const centerReport = sqliteTable(
  'roll_call_center_report',
  {
    id: text().primaryKey(),
    rollCallId: text()
      .notNull()
      .references(() => rollCall.id),
    center: text()
      .notNull()
      .references(() => center.code),
    /** 第n報, from 1 in each center. */
    number: integer().notNull(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    by: text().notNull(),
    reporter: text().$type<Reporter>().notNull(),
    damage: text().$type<Damage>(),
    building: text().$type<Building>(),
    power: text().$type<Supply>(),
    water: text().$type<Supply>(),
    gas: text().$type<Supply>(),
    telecom: text().$type<Supply>(),
    /** How many came in. */
    gathered: integer(),
    service: text().$type<Service>(),
    /** 優先安否確認: done of all. */
    checksDone: integer(),
    checksTotal: integer(),
    needsPeople: integer({ mode: 'boolean' }),
    needsGoods: integer({ mode: 'boolean' }),
    needsVehicles: integer({ mode: 'boolean' }),
    note: text().$type<Sealed>(),
    submissionKey: text().notNull().unique('roll_call_report_submission'),
  },
  (table) => [uniqueIndex('roll_call_report_number').on(table.rollCallId, table.center, table.number)],
);

/** 代替: which neighbour takes over for a center that is closed. */
export const takeover = sqliteTable(
  'roll_call_takeover',
  {
    rollCallId: text()
      .notNull()
      .references(() => rollCall.id),
    /** The one that is closed. */
    center: text()
      .notNull()
      .references(() => center.code),
    substitute: text()
      .notNull()
      .references(() => center.code),
    proposedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    /** Null while it is only proposed. */
    acceptedAt: integer({ mode: 'timestamp_ms' }),
    acceptedBy: text(),
    endedAt: integer({ mode: 'timestamp_ms' }),
  },
  (table) => [primaryKey({ columns: [table.rollCallId, table.center] })],
);
