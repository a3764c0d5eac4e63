/** Reminders of residents' requests: 7 days and 1 day before the last day, and on it; one message a person and day. */
import { isUniqueViolation, runBatch } from '../../../lib/db.ts';
import { daysBetween, formatDate, type JapanDate, japanDate } from '../../../lib/jst.ts';
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import { enqueue, type Message, type OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { appendEntry, chainHead, nextEntry } from '../../../vault/audit.ts';
import { referenceMessage } from '../blocks.ts';
import { tell } from '../notices.ts';
import { loadOffice, membersOf, type Office, standingIn } from '../reminding/data.ts';
import { isDaytime } from '../retention/jobs.ts';
import {
  findLastReminderDay,
  listPending,
  type PendingRequest,
  REMINDER_CHAIN,
  REMINDER_JOB,
} from './data.ts';
import { isReminderDue, mayHandle } from './rules.ts';
import { disclosureText as text } from './text.ts';
import { REQUEST_KINDS } from './words.ts';

const WITHIN_DAYS = 7;
const READ_A_RUN = 200;
const NAMED = 20;

/** Given late, they are given all the same; a second run gives none, since the entry of the day stands in the chain of the job. */
export async function remindOfRequests(scope: Scope): Promise<void> {
  const { db, now } = scope;
  const today = japanDate(now);
  if (!isDaytime(now)) return;
  const pending = await listPending(db, today, WITHIN_DAYS, READ_A_RUN);
  if (pending.length === 0) return;
  const [head, lastOn] = await Promise.all([chainHead(db, REMINDER_CHAIN), findLastReminderDay(db)]);
  const due = pending.filter(({ request: { dueOn, notedAt } }) =>
    isReminderDue({ dueOn, notedOn: japanDate(notedAt) }, lastOn, today),
  );
  if (due.length === 0) return;
  const entries = await remindersOf(scope, due, today);
  if (entries.length === 0) return;
  const entry = await nextEntry(REMINDER_CHAIN, head, {
    at: now,
    actor: `job:${REMINDER_JOB}`,
    action: 'consultation.remind_request',
    outcome: 'done',
    ...scope.origin,
    detail: { on: today, requests: due.length },
  });
  try {
    await runBatch(db, [appendEntry(db, entry), enqueue(db, entries, now)]);
  } catch (error) {
    // A run at the same time reminded.
    if (!isUniqueViolation(error)) throw error;
    return;
  }
  scope.wakeCourier();
}

async function remindersOf(
  { db, settings }: Scope,
  due: readonly PendingRequest[],
  today: JapanDate,
): Promise<OutboxEntry[]> {
  const office = await loadOffice(db, today);
  if (!office) return [];
  const members = await membersOf(
    db,
    due.map(({ of }) => of.id),
  );
  const byPerson = new Map<string, PendingRequest[]>();
  for (const each of due)
    for (const person of handlersOf(office, each, members.get(each.of.id) ?? []))
      byPerson.set(person, [...(byPerson.get(person) ?? []), each]);
  const url = `${settings.PUBLIC_URL}/requests`;
  return [...byPerson].map(([person, theirs]) => {
    const entry = tell(person, reminderOf(theirs, today, url));
    const [only] = theirs;
    return theirs.length === 1 && only ? { ...entry, about: only.of.id } : entry;
  });
}

/** The managers who may settle it. */
function handlersOf(office: Office, { of, offer }: PendingRequest, members: readonly string[]): string[] {
  const standing = standingIn(office, of, offer, members);
  return office.staff
    .filter((each) => mayHandle({ ...each, isAdmin: false }, standing))
    .map(({ slackUserId }) => slackUserId);
}

function reminderOf(due: readonly PendingRequest[], today: JapanDate, url: string): Message {
  const lines = due.slice(0, NAMED).map(({ request: { kind, dueOn }, of: { reference } }) => {
    const left = daysBetween(today, dueOn);
    return text.reminderLine(
      reference,
      REQUEST_KINDS[kind],
      formatDate(dueOn),
      left < 0 ? text.overdue : text.daysLeft(left),
    );
  });
  const more = due.length - lines.length;
  return referenceMessage(
    [
      text.reminder(due.length),
      ...lines,
      ...(more > 0 ? [text.reminderMore(more)] : []),
      text.reminderEnd(escapeMrkdwn(url)),
    ].join('\n'),
    [],
  );
}
