/** What is to go out by mail, and what became of it. Subjects and texts hold facts and references only; addresses go with the row. */
import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Everything that is to be mailed, written in the batch of the change it tells of. Settled rows are removed after a week. */
export const outgoingMail = sqliteTable(
  'outgoing_mail',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    /** One address. */
    to: text().notNull(),
    subject: text().notNull(),
    text: text().notNull(),
    html: text(),
    /** The meeting or roll-call that it is about, so that what waits can be withdrawn; null for what is about none or several. */
    about: text(),
    state: text({ enum: ['waiting', 'sent', 'dead'] })
      .notNull()
      .default('waiting'),
    createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
    /** Of a mail that is being sent, until when nobody else may send it. */
    dueAt: integer({ mode: 'timestamp_ms' }).notNull(),
    firstTriedAt: integer({ mode: 'timestamp_ms' }),
    attempts: integer().notNull().default(0),
    /** A controlled word: `http_500`, `timeout`, `E_RECIPIENT_SUPPRESSED`. */
    lastError: text(),
    settledAt: integer({ mode: 'timestamp_ms' }),
    /** When the admins were told that it is dead, or that it waits because mail is not set up. */
    reportedAt: integer({ mode: 'timestamp_ms' }),
  },
  (table) => [
    index('outgoing_mail_due').on(table.dueAt, table.id).where(sql`state = 'waiting'`),
    index('outgoing_mail_about').on(table.about).where(sql`state = 'waiting'`),
    index('outgoing_mail_unreported').on(table.id).where(sql`reported_at IS NULL AND state = 'dead'`),
    index('outgoing_mail_settled').on(table.settledAt).where(sql`state <> 'waiting'`),
  ],
);
