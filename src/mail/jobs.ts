/** Scheduled work of the mail: sending what waits, forgetting what was sent. */
import type { Database } from '../lib/db.ts';
import { logInfo, logWarning } from '../lib/log.ts';
import { type Mailer, type MailWay, mailerOf } from './delivery.ts';
import { claimDueMails, purgeSettledMails, settleMails } from './queue.ts';
import { afterAnswer, type MailRow, untried } from './rules.ts';

/** What the jobs work with; a request's scope has it. */
export interface MailScope extends MailWay {
  db: Database;
  now: Date;
}

/** The free plan allows 50 outgoing requests and 50 queries a run, for all jobs together: this makes 42 and 8 at the most. */
const MAILS_A_RUN = 42;
/** Workers allow six connections at a time. */
const AT_A_TIME = 6;
/** Longer than a run lasts in which each group of mails waits for one that hangs. */
const CLAIMED_FOR_MS = 3 * 60_000;
const KEEP_SETTLED_MS = 7 * 24 * 60 * 60_000;
const PURGED_A_RUN = 1000;

/**
 * Sends what is due, at most 42 mails, first what is due longest; each is noted as sent only after the other side said ok, six together.
 * A crash in between sends these once more, three minutes later: a mail's reference makes that harmless. When none of six gets an
 * answer that counts, the rest waits for the next run: the other side is in trouble. Without a way to send (`mailerOf`) everything waits.
 * @returns whether it did all that one run may and the other side takes mail: then more may be due
 */
export async function deliverMail(scope: MailScope): Promise<boolean> {
  const mailer = mailerOf(scope);
  if (!mailer) return false;
  // By whichever clock is ahead: a cron that comes late must not find what another one is sending.
  const until = new Date(Math.max(scope.now.getTime(), Date.now()) + CLAIMED_FOR_MS);
  const mails = await claimDueMails(scope.db, scope.now, until, MAILS_A_RUN);
  for (let done = 0; done < mails.length; done += AT_A_TIME) {
    const isAnyTaken = await deliverGroup(scope, mailer, mails.slice(done, done + AT_A_TIME), until);
    if (isAnyTaken) continue;
    const rest = mails.slice(done + AT_A_TIME).map((mail) => untried(mail, scope.now));
    await settleMails(scope.db, rest, until);
    return false;
  }
  return mails.length === MAILS_A_RUN;
}

/** Whether the other side answers at all: took or refused one of them. */
async function deliverGroup(
  { db, now }: MailScope,
  mailer: Mailer,
  mails: readonly MailRow[],
  until: Date,
): Promise<boolean> {
  const answered = await Promise.all(
    mails.map(async (mail) => ({
      mail,
      answer: await mailer({ ...mail, html: mail.html ?? undefined }),
    })),
  );
  const settlements = answered.map(({ mail, answer }) => afterAnswer(mail, answer, now));
  await settleMails(db, settlements, until);
  for (const { id, state, attempts, lastError } of settlements) {
    const fields = { mail: id, state, attempts, error: lastError ?? undefined };
    if (state === 'dead') logWarning('mail.gave_up', fields);
    else logInfo('mail.delivery', fields);
  }
  return answered.some(({ answer }) => answer.outcome !== 'later');
}

/** Removes mails that were sent or given up a week ago, with their addresses. */
export async function purgeMail({ db, now }: MailScope): Promise<void> {
  await purgeSettledMails(db, new Date(now.getTime() - KEEP_SETTLED_MS), PURGED_A_RUN);
}
