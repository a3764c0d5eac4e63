/** Reads of what is known of thread messages: where they stand and what became of them. */
import { and, asc, eq, gte, inArray, isNull, sql } from 'drizzle-orm';
import type { Database } from '../../../lib/db.ts';
import { staff } from '../../directory/tables.ts';
import type { LoadedConsultation } from '../data.ts';
import { threadMessage } from './tables.ts';

export type ThreadMessage = typeof threadMessage.$inferSelect;

/** Undefined for a message that nothing was said about. */
export async function findThreadMessage(
  db: Database,
  channel: string,
  ts: string,
): Promise<ThreadMessage | undefined> {
  const [row] = await db
    .select()
    .from(threadMessage)
    .where(and(eq(threadMessage.channel, channel), eq(threadMessage.ts, ts)))
    .limit(1);
  return row;
}

/** What this message's author wrote in its thread from it on that may be added and is not yet, oldest first. */
export async function listOffered(
  db: Database,
  from: ThreadMessage,
  limit: number,
): Promise<ThreadMessage[]> {
  return db
    .select()
    .from(threadMessage)
    .where(and(ofAuthorInThread(from), eq(threadMessage.state, 'offered'), gte(threadMessage.ts, from.ts)))
    .orderBy(asc(threadMessage.ts))
    .limit(limit);
}

/** These messages as they are now. */
export async function reloadMessages(
  db: Database,
  channel: string,
  tss: readonly string[],
): Promise<ThreadMessage[]> {
  return db
    .select()
    .from(threadMessage)
    .where(and(eq(threadMessage.channel, channel), inArray(threadMessage.ts, [...tss])))
    .orderBy(asc(threadMessage.ts));
}

/** Whether this author was offered the button in this thread since then, and has not used it. */
export async function wasOfferedSince(
  db: Database,
  message: Pick<ThreadMessage, 'channel' | 'consultationId' | 'author'>,
  since: Date,
): Promise<boolean> {
  const rows = await db
    .select({ ts: threadMessage.ts })
    .from(threadMessage)
    .where(
      and(ofAuthorInThread(message), eq(threadMessage.state, 'offered'), gte(threadMessage.seenAt, since)),
    )
    .limit(1);
  return rows.length > 0;
}

/** A case has one card a channel, so one thread. */
function ofAuthorInThread({
  channel,
  consultationId,
  author,
}: Pick<ThreadMessage, 'channel' | 'consultationId' | 'author'>) {
  return and(
    eq(threadMessage.consultationId, consultationId),
    eq(threadMessage.channel, channel),
    eq(threadMessage.author, author),
  );
}

/** Whoever works in the centers of a case: their names are no personal data of the resident. */
export async function listCaseStaff(
  db: Database,
  { coreCenter, sendingCenter, responsibleCenter }: LoadedConsultation,
): Promise<{ slackUserId: string; name: string }[]> {
  const codes = JSON.stringify([coreCenter, sendingCenter.code, responsibleCenter.code]);
  return db
    .select({ slackUserId: staff.slackUserId, name: staff.name })
    .from(staff)
    .where(and(sql`${staff.center} IN (SELECT value FROM json_each(${codes}))`, isNull(staff.removedAt)));
}
