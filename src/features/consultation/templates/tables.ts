/** 定型文: texts that the core center keeps for its answers. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Sealed } from '../../../vault/key-ring.ts';
import { sealedOnly } from '../tables.ts';

export const answerTemplate = sqliteTable(
  'answer_template',
  {
    id: text().primaryKey(),
    title: text().$type<Sealed>().notNull(),
    body: text().$type<Sealed>().notNull(),
    version: integer().notNull(),
    updatedBy: text().notNull(),
    updatedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    submissionKey: text().notNull().unique('answer_template_submission_key'),
    removedAt: integer({ mode: 'timestamp_ms' }),
  },
  (table) => [table.title, table.body].map(sealedOnly),
);
