/** 共有: what all centers may read of a case, after a core manager's check that it names nobody. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Sealed } from '../../../vault/key-ring.ts';
import { consultation, sealedOnly } from '../tables.ts';
import type { SharingKind, Topic } from '../words.ts';

export const sharedNote = sqliteTable(
  'shared_note',
  {
    id: text().primaryKey(),
    /** One a case; proposed again, it is written anew. */
    consultationId: text()
      .notNull()
      .unique('shared_note_consultation')
      .references(() => consultation.id),
    kind: text().$type<SharingKind>().notNull(),
    state: text({ enum: ['proposed', 'approved', 'returned', 'withdrawn'] }).notNull(),
    topics: text({ mode: 'json' }).$type<Topic[]>().notNull(),
    /** The question, or what happened. */
    matter: text().$type<Sealed>().notNull(),
    /** The answer, or what was done. */
    response: text().$type<Sealed>().notNull(),
    prevention: text().$type<Sealed>(),
    version: integer().notNull(),
    proposedBy: text().notNull(),
    proposedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    settledBy: text(),
    settledAt: integer({ mode: 'timestamp_ms' }),
  },
  (table) => [
    index('shared_note_state').on(table.state, table.settledAt),
    ...[table.matter, table.response, table.prevention].map(sealedOnly),
  ],
);
