/** What features hand to the mail: rows for the batch of the change that they tell of. */
import { and, eq, type SQL, sql } from 'drizzle-orm';
import * as v from 'valibot';
import type { Database, Statement } from '../lib/db.ts';
import { type Mail, MailSchema } from './schema.ts';
import { outgoingMail } from './tables.ts';

/** Subject and text come from a feature's `text.ts`: facts and references only (rule 1 of the house). */
export type MailEntry = Mail & {
  /** The meeting or roll-call that it is about: what still waits can be withdrawn with it. */
  about?: string;
};

/** Thrown when a mail is none: a fault of the feature, whose form has to check addresses with `MailAddress`. */
export class MailError extends Error {
  override readonly name = 'MailError';
}

/**
 * The statement that stores the mails, however many; to be put into the batch of the change itself. The cron sends them within
 * a minute.
 * @throws {MailError} naming the field, never its value, when an address is none or a subject has more than one line
 */
export function enqueueMail(db: Database, mails: readonly MailEntry[], now: Date): Statement {
  return insertMails(db, mails, now, sql`true`);
}

/** The same, of nothing when the statement before it in the batch changed no row: somebody else was first. */
export function enqueueMailIfChanged(db: Database, mails: readonly MailEntry[], now: Date): Statement {
  return insertMails(db, mails, now, sql`changes() > 0`);
}

/** The statement that takes back what was not sent yet; addresses and all. */
export function withdrawMail(db: Database, about: string): Statement {
  return db.delete(outgoingMail).where(and(eq(outgoingMail.about, about), eq(outgoingMail.state, 'waiting')));
}

function insertMails(db: Database, mails: readonly MailEntry[], now: Date, condition: SQL): Statement {
  const rows = JSON.stringify(mails.map((mail) => ({ ...checked(mail), about: mail.about })));
  const at = now.getTime();
  // Every column of the table, in its order.
  return db.insert(outgoingMail).select(sql`
    SELECT NULL, value->>'to', value->>'subject', value->>'text', value->>'html', value->>'about',
      'waiting', ${at}, ${at}, NULL, 0, NULL, NULL, NULL
    FROM json_each(${rows}) WHERE ${condition} ORDER BY key`);
}

function checked(mail: MailEntry): Mail {
  const parsed = v.safeParse(MailSchema, mail);
  if (parsed.success) return parsed.output;
  throw new MailError(
    parsed.issues.map((issue) => `${v.getDotPath(issue) ?? 'mail'}: ${issue.message}`).join('; '),
  );
}
