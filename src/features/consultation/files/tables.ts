/** Files of a case: what they are and who brought them. Their content lies in R2, sealed with the case's key. */
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Sealed } from '../../../vault/key-ring.ts';
import { consultation, sealedOnly } from '../tables.ts';

export const caseFile = sqliteTable(
  'case_file',
  {
    /** Its object in R2 is `<case>/<id>`. */
    id: text().primaryKey(),
    consultationId: text()
      .notNull()
      .references(() => consultation.id),
    name: text().$type<Sealed>().notNull(),
    /** Media type, as the content shows it. */
    type: text().notNull(),
    bytes: integer().notNull(),
    addedBy: text().notNull(),
    addedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    removedBy: text(),
    removedAt: integer({ mode: 'timestamp_ms' }),
  },
  (table) => [index('case_file_case').on(table.consultationId, table.addedAt), sealedOnly(table.name)],
);
