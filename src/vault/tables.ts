/** The vault's tables: wrapped data keys, the audit chains and the days' digests over them. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** One data key per case, wrapped by the key of DATA_KEYS that `keyId` names. Destroying the row erases the case. */
export const caseKey = sqliteTable(
  'case_key',
  {
    caseId: text().primaryKey(),
    keyId: text().notNull(),
    wrapped: text().notNull(),
  },
  // Re-wrapping goes through the case keys of one key in the order of their ids; how many are left is counted here, too.
  (table) => [index('case_key_by_key').on(table.keyId, table.caseId)],
);

/**
 * Who saw or changed what, refused attempts included. Append-only: triggers refuse UPDATE and DELETE.
 * `(chain, seq)` is the primary key, so two writers who read the same head cannot both append: the second one's whole
 * batch fails, and with it the change that the entry was to record.
 */
export const auditEntry = sqliteTable(
  'audit_entry',
  {
    /** `case:<id>` for what changed a case, `meeting:<id>` for what changed a meeting, `person:<slack id>` for what that person read or was refused, `city`. */
    chain: text().notNull(),
    seq: integer().notNull(),
    /** The case that a read or a refusal is about: its access log is found by it. */
    caseId: text(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    actor: text().notNull(),
    action: text().notNull(),
    outcome: text({ enum: ['done', 'refused'] }).notNull(),
    surface: text({ enum: ['slack', 'web', 'job', 'command'] }).notNull(),
    /** JSON of controlled words and identifiers; never what a person typed. */
    detail: text().notNull(),
    previousHash: text().notNull(),
    hash: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.chain, table.seq] }),
    index('audit_entry_at').on(table.at),
    index('audit_entry_actor').on(table.actor, table.at),
    index('audit_entry_case').on(table.caseId, table.at),
  ],
);

/** Closes one day of Japan: a digest over every entry of that day, chained to the digest of the day before. */
export const auditDigest = sqliteTable('audit_digest', {
  day: text().primaryKey(),
  entries: integer().notNull(),
  previousDigest: text().notNull(),
  digest: text().notNull(),
  closedAt: integer({ mode: 'timestamp_ms' }).notNull(),
  /** When the last check found the day's entries no longer equal to the digest. */
  brokenAt: integer({ mode: 'timestamp_ms' }),
});
