/** Scheduled work that ends with a word to the admins. */
import { inArray } from 'drizzle-orm';
import { runBatch } from '../../lib/db.ts';
import { logWarning } from '../../lib/log.ts';
import { unreportedFailures } from '../../slack/courier-queue.ts';
import { enqueue } from '../../slack/outbox.ts';
import type { Scope } from '../../slack/scope.ts';
import { outbox } from '../../slack/tables.ts';
import { findBrokenDays } from '../../vault/audit-digest.ts';
import { listAdmins } from './data.ts';
import { directoryText } from './text.ts';

/** Failures told in one notice; more of them follow a minute later. */
const FAILURES_A_NOTICE = 50;
/** Channels and reasons that a notice names. */
const CHANNELS_NAMED = 5;

/** Tells the admins of messages that were given up, or that Slack refuses for a reason that they can mend. */
export async function reportFailedDeliveries(scope: Scope): Promise<void> {
  const failures = await unreportedFailures(scope.db, FAILURES_A_NOTICE);
  if (failures.length === 0) return;
  const admins = await listAdmins(scope.db);
  const channels = [
    ...new Set(
      failures.map(({ channel }) =>
        channel.startsWith('C') || channel.startsWith('G') ? `<#${channel}>` : `<@${channel}>`,
      ),
    ),
  ];
  const reasons = [...new Set(failures.map(({ lastError }) => lastError ?? ''))];
  const text = directoryText.failedDelivery(
    failures.length,
    channels.slice(0, CHANNELS_NAMED).join(' '),
    reasons.slice(0, CHANNELS_NAMED).join(' '),
  );
  const told = scope.db
    .update(outbox)
    .set({ reportedAt: scope.now })
    .where(
      inArray(
        outbox.id,
        failures.map(({ id }) => id),
      ),
    );
  // What failed on the way to an admin is noted as told, not told: the notice would fail the same way.
  const isNews = failures.some(({ channel }) => !admins.includes(channel));
  const notices = isNews
    ? admins.map((person) => ({ kind: 'direct', person, message: { text } }) as const)
    : [];
  await runBatch(scope.db, notices.length > 0 ? [told, enqueue(scope.db, notices, scope.now)] : [told]);
  if (notices.length > 0) scope.wakeCourier();
}

/** Checks the closed days of the audit log and raises the alarm when one was changed: in the log always, by DM to the admins. */
export async function alarmOnBrokenAudit(scope: Scope): Promise<void> {
  const { days, marks } = await findBrokenDays(scope.db, scope.now);
  if (days.length === 0) return;
  logWarning('audit.broken', { days: days.length });
  const text = directoryText.auditBroken(days.join('、'));
  const admins = await listAdmins(scope.db);
  const notices = admins.map((person) => ({ kind: 'direct', person, message: { text } }) as const);
  // Without anybody to tell the days stay unmarked, so that whoever becomes admin hears of them.
  if (notices.length === 0) return;
  await runBatch(scope.db, [...marks, enqueue(scope.db, notices, scope.now)]);
  scope.wakeCourier();
}
