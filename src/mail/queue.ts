/** The mails that wait, as those who send them and those who tell of them see them. D1 holds the truth. */
import { and, inArray, isNull, lte, sql } from 'drizzle-orm';
import type { Database, Statement } from '../lib/db.ts';
import type { MailRow, Settlement } from './rules.ts';
import { outgoingMail } from './tables.ts';

/** As the partial indexes have it. */
const isWaiting = sql`${outgoingMail.state} = 'waiting'`;

/**
 * Takes what is due at `now`, what is due longest first: until `until` it is nobody else's, since one statement finds and marks it. Should the
 * caller vanish before it calls `settleMails`, the mails are due again then.
 */
export async function claimDueMails(db: Database, now: Date, until: Date, limit: number): Promise<MailRow[]> {
  const due = db
    .select({ id: outgoingMail.id })
    .from(outgoingMail)
    .where(and(isWaiting, lte(outgoingMail.dueAt, now)))
    .orderBy(outgoingMail.dueAt, outgoingMail.id)
    .limit(limit);
  const claimed = await db
    .update(outgoingMail)
    .set({ dueAt: until })
    .where(inArray(outgoingMail.id, due))
    .returning();
  // RETURNING promises no order.
  return claimed.sort((one, other) => one.id - other.id);
}

/**
 * Writes what became of claimed mails, in one statement.
 * @param until as they were claimed: one that somebody else has claimed since then stays his, unless it was sent
 */
export async function settleMails(
  db: Database,
  settlements: readonly Settlement[],
  until: Date,
): Promise<void> {
  if (settlements.length === 0) return;
  const rows = JSON.stringify(
    settlements.map((each) => ({
      ...each,
      dueAt: each.dueAt.getTime(),
      firstTriedAt: each.firstTriedAt?.getTime() ?? null,
      settledAt: each.settledAt?.getTime() ?? null,
    })),
  );
  await db.run(sql`
    UPDATE outgoing_mail SET state = now.value->>'state', due_at = now.value->>'dueAt', first_tried_at = now.value->>'firstTriedAt',
      attempts = now.value->>'attempts', last_error = now.value->>'lastError', settled_at = now.value->>'settledAt',
      reported_at = CASE WHEN now.value->>'state' = 'dead' THEN NULL ELSE reported_at END
    FROM json_each(${rows}) AS now
    WHERE outgoing_mail.id = now.value->>'id' AND outgoing_mail.state = 'waiting'
      AND (now.value->>'state' = 'sent' OR outgoing_mail.due_at = ${until.getTime()})`);
}

export type FailedMail = Pick<MailRow, 'id' | 'subject' | 'lastError'>;

/** Mails that were given up and that the admins have not heard of, oldest first. */
export async function unreportedMails(db: Database, limit: number): Promise<FailedMail[]> {
  const { id, subject, lastError, state, reportedAt } = outgoingMail;
  return db
    .select({ id, subject, lastError })
    .from(outgoingMail)
    .where(and(isNull(reportedAt), sql`${state} = 'dead'`))
    .orderBy(id)
    .limit(limit);
}

/** The statement that notes that the admins were told of these mails. */
export function markReported(db: Database, mails: readonly { id: number }[], now: Date): Statement {
  const ids = JSON.stringify(mails.map(({ id }) => id));
  return db
    .update(outgoingMail)
    .set({ reportedAt: now })
    .where(sql`${outgoingMail.id} IN (SELECT value FROM json_each(${ids}))`);
}

/** How many mails wait, and whether the admins heard of any of them since then. */
export async function readWaitingMail(
  db: Database,
  since: Date,
): Promise<{ waiting: number; isReported: boolean }> {
  const [row] = await db
    .select({
      waiting: sql<number>`count(*)`,
      told: sql<number>`count(CASE WHEN reported_at >= ${since.getTime()} THEN 1 END)`,
    })
    .from(outgoingMail)
    .where(isWaiting);
  return { waiting: row?.waiting ?? 0, isReported: (row?.told ?? 0) > 0 };
}

/** The statement that notes that the admins were told of all that waits. */
export function markWaitingReported(db: Database, now: Date): Statement {
  return db.update(outgoingMail).set({ reportedAt: now }).where(isWaiting);
}

/** Removes mails settled before `before`, at most `limit` of them: addresses are not kept longer than somebody may ask what became of a mail. */
export async function purgeSettledMails(db: Database, before: Date, limit: number): Promise<void> {
  await db.run(
    sql`DELETE FROM outgoing_mail WHERE id IN (SELECT id FROM outgoing_mail WHERE state <> 'waiting' AND settled_at < ${before.getTime()} ORDER BY settled_at LIMIT ${limit})`,
  );
}
