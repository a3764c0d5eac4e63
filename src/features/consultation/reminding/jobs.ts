/**
 * Reminders, each once, to the right person, in business time; and one digest at the end of a day for what is still overdue.
 * Nothing else reminds: silence is told once a day, not by noise.
 */
import { and, eq, sql } from 'drizzle-orm';
import {
  addBusinessMinutes,
  closingAt,
  isBusinessDay,
  isOpenAt,
  nextOpening,
} from '../../../lib/business-time.ts';
import { isUniqueViolation, runBatch, type Statement } from '../../../lib/db.ts';
import { japanDate } from '../../../lib/jst.ts';
import { aboutCase, enqueue, enqueueIfChanged, type OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { tell } from '../notices.ts';
import type { Operation } from '../operating/words.ts';
import { denialOf } from '../rules.ts';
import { digestMessage, reminderMessage } from './blocks.ts';
import {
  type DueReminder,
  digestedOn,
  dueReminders,
  isAnythingDue,
  loadOffice,
  membersOf,
  type Office,
  type OverdueCase,
  openCasesAfter,
  overdueCases,
  readReckoning,
  standingIn,
} from './data.ts';
import { restoreDeadlines } from './mutations.ts';
import { type Recipient, recipientsOf } from './recipients.ts';
import { type Reminding, remindersOf, runsByClock, type Stage } from './rules.ts';
import { deadline, deadlineReview, digest } from './tables.ts';

/** Two statements each: with what else runs in a minute it stays below the 50 queries of the free plan. */
const REMINDERS_A_RUN = 12;
const OVERDUE_READ = 500;
const DIGEST_BEFORE_CLOSING_MINUTES = 15;
/** Later than this after closing, a digest would only disturb the evening; the next day has one of its own. */
const DIGEST_UNTIL_AFTER_CLOSING_MS = 60 * 60_000;
const REVIEWED_A_RUN = 100;

/** Gives the reminders that are due. A second run at the same time, or a late one, gives none twice. */
export async function remindOfDeadlines(scope: Scope): Promise<void> {
  const { db, now } = scope;
  if (!(await isAnythingDue(db, now))) return;
  const office = await loadOffice(db, japanDate(now));
  if (!office) return;
  const due = await dueReminders(db, now, REMINDERS_A_RUN);
  const members = await membersOf(
    db,
    due.map((each) => each.consultation.id),
  );
  await runBatch(
    db,
    due.flatMap((each) => remind(scope, office, each, members.get(each.consultation.id) ?? [])),
  );
  scope.wakeCourier();
}

/** Moves the deadline to its next reminder and, only if it still stood at this one, tells whoever is to be told. */
function remind(scope: Scope, office: Office, due: DueReminder, members: readonly string[]): Statement[] {
  const { db, now } = scope;
  const { calendar } = office.time;
  const { consultation: of, kind, dueAt, remindAt } = due;
  const reminders = remindersOf(due, of.urgency, calendar);
  const isClosed = !isOpenAt(calendar, now);
  const mustWait = isClosed && !runsByClock(kind, of.urgency);
  const next = mustWait
    ? nextOpening(calendar, now)
    : (reminders.find(({ at }) => at > now && at > remindAt)?.at ?? null);
  const standing = standingIn(office, of, due.offer, members);
  // Given late, several may be due at once: each person hears of the last of theirs.
  const given = new Map<string, { stage: Stage; recipient: Recipient }>();
  for (const stage of mustWait ? [] : stagesDue(reminders, remindAt, now))
    for (const recipient of recipientsOf({ standing, kind }, stage, office, isClosed))
      given.set(recipient.person, { stage, recipient });
  const mayDo = (person: string) => (operation: Operation) => {
    const colleague = office.staff.find((each) => each.slackUserId === person);
    return colleague !== undefined && denialOf(colleague, standing, operation) === undefined;
  };
  const nameOf = (person: string | null) =>
    office.staff.find((each) => each.slackUserId === person)?.name ?? '';
  const entries = [...given.values()].map(({ stage, recipient }) =>
    tell(recipient.person, reminderMessage(due, stage, recipient, nameOf, mayDo(recipient.person))),
  );
  return [
    db
      .update(deadline)
      .set({ remindAt: next })
      .where(
        and(
          eq(deadline.consultationId, of.id),
          eq(deadline.kind, kind),
          eq(deadline.dueAt, dueAt),
          eq(deadline.remindAt, remindAt),
        ),
      ),
    enqueueIfChanged(db, aboutCase(of.id, entries), now),
  ];
}

/** The reminders from the stored one on. One that was put off until the centers open is the last before the time stored. */
function stagesDue(reminders: readonly Reminding[], remindAt: Date, now: Date): Stage[] {
  const stored = reminders.findLastIndex(({ at }) => at <= remindAt);
  return reminders
    .slice(Math.max(stored, 0))
    .filter(({ at }) => at <= now)
    .map(({ stage }) => stage);
}

/** At the end of a business day: who has cases past their deadline hears of all of them at once. */
export async function sendDigests(scope: Scope): Promise<void> {
  const { db, now } = scope;
  const today = japanDate(now);
  const office = await loadOffice(db, today);
  if (!office || !isDigestTime(office, now)) return;
  const told = await digestedOn(db, today);
  const cases = await overdueCases(db, now, OVERDUE_READ);
  const members = await membersOf(
    db,
    cases.map((each) => each.consultation.id),
  );
  const byPerson = new Map<string, OverdueCase[]>();
  for (const each of cases) {
    const standing = standingIn(office, each.consultation, null, members.get(each.consultation.id) ?? []);
    for (const { person } of recipientsOf({ standing, kind: each.kind }, 'due', office, false))
      byPerson.set(person, [...(byPerson.get(person) ?? []), each]);
  }
  const news = [...byPerson].filter(([person]) => !told.has(person));
  if (news.length === 0) return;
  const entries: OutboxEntry[] = news.map(([person, own]) => tell(person, digestMessage(own)));
  const people = JSON.stringify(news.map(([person]) => person));
  try {
    await runBatch(db, [
      // As one parameter: a statement takes at most 100. Every column of the table, in its order.
      db
        .insert(digest)
        .select(sql`SELECT value, ${today}, ${now.getTime()} FROM json_each(${people}) WHERE true`),
      enqueue(db, entries, now),
    ]);
  } catch (error) {
    // A second run at the same time told them.
    if (!isUniqueViolation(error)) throw error;
  }
  scope.wakeCourier();
}

function isDigestTime({ time: { calendar } }: Office, now: Date): boolean {
  const today = japanDate(now);
  if (!isBusinessDay(calendar, today)) return false;
  const closing = closingAt(calendar, today);
  const from = addBusinessMinutes(calendar, closing, -DIGEST_BEFORE_CLOSING_MINUTES);
  return now >= from && now.getTime() <= closing.getTime() + DIGEST_UNTIL_AFTER_CLOSING_MS;
}

/** After a change of the city's hours, closures or deadlines: reckons those of all open cases anew, a portion a run. */
export async function reviewDeadlines(scope: Scope): Promise<void> {
  const { db } = scope;
  const reckoning = await readReckoning(db);
  if (!reckoning) return;
  const { time, settings, review } = reckoning;
  const isBegun = review?.reckonedBy === settings;
  if (isBegun && review.reviewedUntil === null) return;
  const cases = await openCasesAfter(db, (isBegun ? review.reviewedUntil : null) ?? '', REVIEWED_A_RUN);
  const isLast = cases.length < REVIEWED_A_RUN;
  const progress = {
    reckonedBy: settings,
    reviewedUntil: isLast ? null : (cases.at(-1)?.consultation.id ?? null),
  };
  await runBatch(db, [
    ...restoreDeadlines(scope, cases, time),
    db
      .insert(deadlineReview)
      .values({ id: 1, ...progress })
      .onConflictDoUpdate({ target: deadlineReview.id, set: progress }),
  ]);
}
