/** The printed card of a center: its QR code leads to a page that asks for the PIN. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Sealed } from '../../../vault/key-ring.ts';
import { center } from '../../directory/tables.ts';

export const centerCard = sqliteTable('roll_call_center_card', {
  center: text()
    .primaryKey()
    .references(() => center.code),
  /** Random; part of the address, which is signed. A new card has a new one: the old address ends. */
  cardId: text().notNull().unique('roll_call_center_card_id'),
  pin: text().$type<Sealed>().notNull(),
  madeAt: integer({ mode: 'timestamp_ms' }).notNull(),
  madeBy: text().notNull(),
  /** Wrong PINs in a row, and until when none is taken. */
  wrongPins: integer().notNull().default(0),
  lockedUntil: integer({ mode: 'timestamp_ms' }),
});
