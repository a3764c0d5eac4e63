/** What an answer makes of a mail: sent, tried again, or given up. */
import type { MailAnswer } from './delivery.ts';
import type { outgoingMail } from './tables.ts';

export type MailRow = typeof outgoingMail.$inferSelect;

/** What is written into the row of a mail after a run. */
export type Settlement = Pick<
  MailRow,
  'id' | 'state' | 'dueAt' | 'firstTriedAt' | 'attempts' | 'lastError' | 'settledAt'
>;

const FIRST_BACKOFF_MS = 60_000;
/** Where the doubling ends. */
const LAST_BACKOFF_MS = 5 * 60_000;
const GIVE_UP_AFTER_MS = 24 * 60 * 60_000;

/**
 * @param mail as it was before this try
 * @returns its new state: tried again after 1 minute, 2, 4, then every 5, until 24 hours after the first try; dead at once when it was
 * refused
 */
export function afterAnswer(mail: MailRow, answer: MailAnswer, now: Date): Settlement {
  const firstTriedAt = mail.firstTriedAt ?? now;
  const tried = { id: mail.id, dueAt: now, firstTriedAt, attempts: mail.attempts + 1 };
  if (answer.outcome === 'sent') return { ...tried, state: 'sent', lastError: null, settledAt: now };
  const isOver = now.getTime() - firstTriedAt.getTime() >= GIVE_UP_AFTER_MS;
  const lastError = answer.error;
  if (isOver || answer.outcome === 'refused') return { ...tried, state: 'dead', lastError, settledAt: now };
  const wait = Math.min(FIRST_BACKOFF_MS * 2 ** mail.attempts, LAST_BACKOFF_MS);
  return { ...tried, state: 'waiting', dueAt: new Date(now.getTime() + wait), lastError, settledAt: null };
}

/** Of a mail that this run did not come to: as if it had not been taken. */
export function untried(mail: MailRow, now: Date): Settlement {
  const { id, state, firstTriedAt, attempts, lastError, settledAt } = mail;
  return { id, state, dueAt: now, firstTriedAt, attempts, lastError, settledAt };
}
