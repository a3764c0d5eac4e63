/** When Slack is not reached during a roll-call, mail goes out by itself, and the board says so. Called by the courier's runs. */
import { deliverMail } from '../../../mail/jobs.ts';
import { enqueue } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { rankingEntries } from '../cards/beginning.ts';
import { listRunning, type RollCall } from '../data.ts';
import { mailingOf } from '../links/mailing/mutations.ts';
import { changeRollCallByJob } from '../storing/mutations.ts';

/**
 * Mails the silent people of what runs their own links, once an outage, and sends at once what one run may (42 mails). Of two
 * roll-calls the real one comes first and the drill a second later, so that one run stays within the free plan's 50 queries.
 * @param since when Slack failed first
 * @returns whether more mails wait than one run may send, or another roll-call does: the courier comes back a second later
 */
export async function reachWithoutSlack(scope: Scope, since: Date): Promise<boolean> {
  const running = await listRunning(scope.db);
  if (running.length === 0) return false;
  const [next, ...further] = running.filter(isNotNoted);
  if (next) await noteOutage(scope, next, since);
  const isMore = await deliverMail(scope);
  return isMore || further.length > 0;
}

/**
 * Has the card of a center sent once more as it is: an update, which rings nobody. Its answer tells whether Slack fails or one channel.
 * @param hasFailed of these channels none is chosen
 * @returns whether there is such a card
 */
export async function sendCardAgain(scope: Scope, hasFailed: (channel: string) => boolean): Promise<boolean> {
  const { db, now } = scope;
  const running = await listRunning(db);
  for (const rollCall of running) {
    const isOutranked = rollCall.kind === 'drill' && running.some(({ kind }) => kind === 'actual');
    const [entry] = (await rankingEntries(scope, rollCall, isOutranked)).filter(
      (each) => each.kind === 'card' && !hasFailed(each.channel),
    );
    if (!entry) continue;
    await enqueue(db, [entry], now);
    return true;
  }
  return false;
}

/** Notes for the boards that Slack is reached again. */
export async function noteSlackIsBack(scope: Scope): Promise<void> {
  for (const { id } of (await listRunning(scope.db)).filter((each) => !isNotNoted(each)))
    await changeRollCallByJob(
      scope,
      { id, action: 'roll-call.slack-back', job: 'courier' },
      async ({ rollCall }) => (isNotNoted(rollCall) ? undefined : { set: { slackBackAt: scope.now } }),
    );
}

/** The outage that lasts is not in its row yet: it is the first one, or Slack was back since. */
function isNotNoted({ slackDownAt, slackBackAt }: RollCall): boolean {
  return slackDownAt === null || slackBackAt !== null;
}

async function noteOutage(scope: Scope, { id }: RollCall, since: Date): Promise<void> {
  await changeRollCallByJob(
    scope,
    { id, action: 'roll-call.slack-down', job: 'courier' },
    async ({ rollCall }) => {
      if (rollCall.status !== 'running' || !isNotNoted(rollCall)) return undefined;
      return {
        ...(await mailingOf(scope, rollCall, true)),
        set: {
          slackDownAt: later(since, rollCall.startedAt),
          slackBackAt: null,
          mailedAt: rollCall.mailedAt ?? scope.now,
        },
      };
    },
  );
}

/** One that began in the outage was never without it. */
function later(since: Date, startedAt: Date | null): Date {
  return startedAt !== null && startedAt > since ? startedAt : since;
}
