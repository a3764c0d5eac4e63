/** Scheduled work that ends with a word to the admins. */
import { inArray } from 'drizzle-orm';
import { isUniqueViolation, runBatch, type Statement } from '../../lib/db.ts';
import { japanDate, startOfJapanDay } from '../../lib/jst.ts';
import { logWarning } from '../../lib/log.ts';
import { mailerOf } from '../../mail/delivery.ts';
import {
  type FailedMail,
  markReported,
  markWaitingReported,
  readWaitingMail,
  unreportedMails,
} from '../../mail/queue.ts';
import { mailText } from '../../mail/text.ts';
import { channelsReportedSince, type FailedEntry, unreportedFailures } from '../../slack/courier-queue.ts';
import { mention } from '../../slack/mrkdwn.ts';
import { enqueue } from '../../slack/outbox.ts';
import type { Scope } from '../../slack/scope.ts';
import { outbox } from '../../slack/tables.ts';
import { appendEntry, chainHead, nextEntry } from '../../vault/audit.ts';
import {
  type BrokenDays,
  CHECK_ACTION,
  findBrokenDays,
  findBrokenDaysOfMinute,
  readIntegrity,
} from '../../vault/audit-check.ts';
import { listAdmins } from './data.ts';
import { directoryText } from './text.ts';

const DAY_MS = 24 * 60 * 60_000;
/** As messages name consultations: `R8-0042`. */
const REFERENCE = /[A-Z]\d{1,2}-\d{4,}/g;
/** As mails name what they are about: also `会R8-012` and `点R8-03`. */
const MAILED_REFERENCE = /[会点]?[A-Z]\d{1,2}-\d{2,}/gu;
/** Failures told in one notice; more of them follow a minute later. */
const FAILURES_A_NOTICE = 50;
/** Channels, reasons and references that a notice names. */
const NAMED = 5;
/** Other changes of the city's chain may come in between. */
const ATTEMPTS = 5;

/** Tells the admins of messages that were given up, or that Slack refuses for a reason that they can mend: once a channel and day. */
export async function reportFailedDeliveries(scope: Scope): Promise<void> {
  const { db, now } = scope;
  const failures = await unreportedFailures(db, FAILURES_A_NOTICE);
  if (failures.length === 0) return;
  const [admins, known] = await Promise.all([
    listAdmins(db),
    channelsReportedSince(db, new Date(now.getTime() - DAY_MS)),
  ]);
  const told = db
    .update(outbox)
    .set({ reportedAt: now })
    .where(
      inArray(
        outbox.id,
        failures.map(({ id }) => id),
      ),
    );
  // What failed on the way to an admin is noted as told, not told: the notice would fail the same way.
  const news = failures.filter(({ channel }) => !admins.includes(channel));
  const texts = [
    noticeOf(
      directoryText.givenUp,
      news.filter(({ state }) => state === 'dead'),
    ),
    noticeOf(
      directoryText.notDelivered,
      news.filter(({ state, channel }) => state === 'waiting' && !known.has(channel)),
    ),
  ].filter((text) => text !== undefined);
  const notices = texts.flatMap((text) =>
    admins.map((person) => ({ kind: 'direct', person, message: { text } }) as const),
  );
  await runBatch(db, notices.length > 0 ? [told, enqueue(db, notices, now)] : [told]);
  if (notices.length > 0) scope.wakeCourier();
}

type Notice = (count: number, references: string, channels: string, reasons: string) => string;

function noticeOf(notice: Notice, failures: readonly FailedEntry[]): string | undefined {
  if (failures.length === 0) return undefined;
  const some = (values: readonly string[]) => [...new Set(values)].slice(0, NAMED).join('、');
  return notice(
    failures.length,
    some(failures.flatMap(({ message }) => message.match(REFERENCE) ?? [])),
    some(failures.map(({ channel }) => (/^[CG]/.test(channel) ? `<#${channel}>` : mention(channel)))),
    some(failures.map(({ lastError }) => directoryText.deliveryError(lastError?.split(':').at(-1) ?? ''))),
  );
}

/** Tells the admins of mail that was given up, and once a day of mail that waits because mail is not set up. */
export async function reportUndeliveredMail(scope: Scope): Promise<void> {
  await reportUnsentMail(scope);
  if (!mailerOf(scope)) await reportMailNotSetUp(scope);
}

async function reportUnsentMail(scope: Scope): Promise<void> {
  const { db, now } = scope;
  const failures = await unreportedMails(db, FAILURES_A_NOTICE);
  if (failures.length === 0) return;
  await tellAdmins(scope, mailNoticeOf(failures), markReported(db, failures, now));
}

/** Addresses stay out: a notice stands in Slack. */
function mailNoticeOf(failures: readonly FailedMail[]): string {
  const some = (values: readonly string[]) => [...new Set(values)].slice(0, NAMED).join('、');
  return mailText.givenUp(
    failures.length,
    some(failures.flatMap(({ subject }) => subject.match(MAILED_REFERENCE) ?? [])),
    some(failures.map(({ lastError }) => mailText.error(lastError ?? ''))),
  );
}

async function reportMailNotSetUp(scope: Scope): Promise<void> {
  const { db, now } = scope;
  const { waiting, isReported } = await readWaitingMail(db, startOfJapanDay(japanDate(now)));
  if (waiting === 0 || isReported) return;
  await tellAdmins(scope, mailText.notSetUp(waiting), markWaitingReported(db, now));
}

/** @param told notes that they were told, in the same batch; without anybody to tell, whoever becomes admin hears of it */
async function tellAdmins(scope: Scope, text: string, told: Statement): Promise<void> {
  const admins = await listAdmins(scope.db);
  const notices = admins.map((person) => ({ kind: 'direct', person, message: { text } }) as const);
  if (notices.length === 0) return;
  await runBatch(scope.db, [told, enqueue(scope.db, notices, scope.now)]);
  scope.wakeCourier();
}

/** Checks the latest closed days of the audit log, each hour; the first check of a day of Japan is noted in the log itself. */
export async function checkLatestAudit(scope: Scope): Promise<void> {
  await alarmOnBrokenDays(scope, await findBrokenDays(scope.db, scope.now));
  const { checkedAt, days, brokenDays } = await readIntegrity(scope.db);
  if (days === 0 || (checkedAt && japanDate(checkedAt) === japanDate(scope.now))) return;
  const entry = await cityEntry(scope, CHECK_ACTION, 'done', { days, broken: brokenDays.length });
  try {
    await runBatch(scope.db, [appendEntry(scope.db, entry)]);
  } catch (error) {
    // Something else came into the city's chain meanwhile: the next hour notes it.
    if (!isUniqueViolation(error)) throw error;
  }
}

/** Checks the closed days whose minute it is: the whole audit log once in 24 hours. */
export async function checkWholeAudit(scope: Scope): Promise<void> {
  await alarmOnBrokenDays(scope, await findBrokenDaysOfMinute(scope.db, scope.now));
}

/** Raises the alarm when a closed day was changed: in the log always, in the audit log and by DM to the admins once a day of the log. */
async function alarmOnBrokenDays(scope: Scope, { days, marks }: BrokenDays): Promise<void> {
  if (days.length === 0) return;
  logWarning('audit.broken', { days: days.length });
  const text = directoryText.auditBroken(days.join('、'));
  const admins = await listAdmins(scope.db);
  const notices = admins.map((person) => ({ kind: 'direct', person, message: { text } }) as const);
  // Without anybody to tell the days stay unmarked, so that whoever becomes admin hears of them.
  if (notices.length === 0) return;
  for (let attempt = 1; ; attempt += 1) {
    const entry = await cityEntry(scope, 'audit.alarm', 'refused', { days: days.slice(0, NAMED).join(',') });
    try {
      await runBatch(scope.db, [
        appendEntry(scope.db, entry),
        ...marks,
        enqueue(scope.db, notices, scope.now),
      ]);
      scope.wakeCourier();
      return;
    } catch (error) {
      // Something else came into the city's chain meanwhile.
      if (!isUniqueViolation(error) || attempt === ATTEMPTS) throw error;
    }
  }
}

async function cityEntry(
  { db, now, origin }: Scope,
  action: string,
  outcome: 'done' | 'refused',
  detail: Record<string, string | number>,
) {
  const event = { at: now, actor: 'job:check-audit', action, outcome, ...origin, detail };
  return nextEntry('city', await chainHead(db, 'city'), event);
}
