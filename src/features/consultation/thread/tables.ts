/** Messages that people wrote in the threads of cards: where they stand and what became of them, never what they say. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { consultation, note } from '../tables.ts';

export const threadMessage = sqliteTable(
  'thread_message',
  {
    channel: text().notNull(),
    ts: text().notNull(),
    consultationId: text()
      .notNull()
      .references(() => consultation.id),
    author: text().notNull(),
    /** `warned`: it looks like personal data and its author was told; `offered`: it may be added to the record. */
    state: text({ enum: ['warned', 'offered', 'recorded', 'moved'] }).notNull(),
    noteId: text().references(() => note.id),
    seenAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.channel, table.ts] }),
    index('thread_message_consultation').on(table.consultationId),
  ],
);
