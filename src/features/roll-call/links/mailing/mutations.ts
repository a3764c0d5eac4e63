/** The silent people of a roll-call are mailed their own links: each once at its start, and once more when Slack is not reached. */
import type { Statement } from '../../../../lib/db.ts';
import { enqueueMail, type MailEntry } from '../../../../mail/outbox.ts';
import type { Scope } from '../../../../slack/scope.ts';
import type { RollCall } from '../../data.ts';
import { changeRollCallByJob, type RollCallChange } from '../../storing/mutations.ts';
import { linkMails } from '../mails.ts';
import { listUnmailed, MAILED, MAILED_IN_OUTAGE } from './data.ts';

/** A statement of D1 takes a text of 2 MB: so many mails, at about 2 KB each, stay far below it. */
const MAILS_A_STATEMENT = 200;
/** In one batch: eight statements of the 50 that the free plan allows a run. The next run goes on. */
const MAILS_A_BATCH = 1_600;
/** Whoever was mailed so lately has the link at the top of the list. */
const LATELY_MS = 10 * 60_000;

/**
 * Mails everybody on the roster who is silent and was not mailed yet, when it runs: each person once, however often this is called.
 * Call it after the batch that began a roll-call which goes out by mail, too; the job calls it for those who join later.
 */
export async function mailLinks(scope: Scope, rollCallId: string): Promise<void> {
  await changeRollCallByJob(
    scope,
    { id: rollCallId, action: 'roll-call.mail', job: 'roll-call-mail' },
    async ({ rollCall }) => {
      if (rollCall.status !== 'running') return undefined;
      return mailingOf(scope, rollCall, false);
    },
  );
}

/** What mails the silent; undefined when nobody is left to be mailed. @param inOutage whether Slack is not reached */
export async function mailingOf(
  scope: Scope,
  rollCall: RollCall,
  inOutage: boolean,
): Promise<RollCallChange | undefined> {
  const lately = inOutage ? new Date(scope.now.getTime() - LATELY_MS) : undefined;
  const people = await listUnmailed(scope.db, rollCall.id, lately, MAILS_A_BATCH);
  if (people.length === 0) return undefined;
  const mails = await linkMails(scope, rollCall, people, inOutage);
  return {
    detail: { mails: mails.length },
    statements: mailStatements(scope, mails),
    told: people.map(({ person }) => ({ what: inOutage ? MAILED_IN_OUTAGE : MAILED, recipient: person })),
  };
}

/** The statements that store mails, however many. */
export function mailStatements({ db, now }: Scope, mails: readonly MailEntry[]): Statement[] {
  const statements: Statement[] = [];
  for (let first = 0; first < mails.length; first += MAILS_A_STATEMENT)
    statements.push(enqueueMail(db, mails.slice(first, first + MAILS_A_STATEMENT), now));
  return statements;
}
