/** Polls, each minute: the silent are reminded, once each, and what is past its deadline closes. */
import { isUniqueViolation, runBatch } from '../../../lib/db.ts';
import { enqueue } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { listContacts } from '../attendance/data.ts';
import { changeMeetingByJob } from '../storing/mutations.ts';
import { noticeStatements } from '../storing/rows/mutations.ts';
import { listGiven, listPollsToClose, listSilentPolls, type SilentPoll } from './data.ts';
import { closingOf } from './mutations.ts';
import { reminderEntry, reminderMark } from './notices.ts';
import { isPolling } from './polling.ts';
import { dueReminder, isPollOpen, REMINDER_HOURS } from './rules.ts';

/** Some twenty queries each: a run stays below the free plan's 50. Until the job gets to it, a poll past its deadline takes no votes anyway. */
const CLOSED_A_RUN = 1;
/** Read in one query: those that were reminded already stand among them until they close. */
const LOOKED_AT = 500;
/** In one batch; the next minute goes on. */
const REMINDED_A_RUN = 20;
const HOUR_MS = 60 * 60_000;

/** Closes polls at their deadline and tells whoever is to decide. */
export async function closeDuePolls(scope: Scope): Promise<void> {
  const { db, now } = scope;
  for (const id of await listPollsToClose(db, now, CLOSED_A_RUN))
    await changeMeetingByJob(
      scope,
      { id, action: 'meeting.close_poll', job: 'close-polls' },
      async (loaded) => {
        if (!isPolling(loaded) || loaded.poll.closedAt !== null || isPollOpen(loaded.poll, now))
          return undefined;
        const { poll, statements, entries } = await closingOf(scope, loaded);
        return { after: { poll }, statements, entries };
      },
    );
}

interface DueNotice {
  poll: SilentPoll;
  meetingId: string;
  what: string;
  recipient: string;
}

/** Reminds the contacts of centers that have not voted, 72, 24 and 3 hours before the deadline. Whoever runs it twice reminds once. */
export async function remindOfPolls(scope: Scope): Promise<void> {
  const { db, now } = scope;
  const until = new Date(now.getTime() + Math.max(...REMINDER_HOURS) * HOUR_MS);
  const polls = await listSilentPolls(db, now, until, LOOKED_AT);
  const due = polls.flatMap((poll) => {
    const hours = dueReminder(poll, now);
    return hours === undefined || poll.silent.length === 0
      ? []
      : [{ poll, what: reminderMark(hours, poll.closesAt) }];
  });
  if (due.length === 0) return;
  const contacts = await listContacts(
    db,
    due.flatMap(({ poll }) => poll.silent),
  );
  const notices = due.flatMap(({ poll, what }) =>
    [...new Set(poll.silent.flatMap((center) => contacts.get(center) ?? []))].map(
      (recipient): DueNotice => ({ poll, meetingId: poll.id, what, recipient }),
    ),
  );
  const given = await listGiven(db, notices);
  const news = notices.filter(
    ({ meetingId, what, recipient }) => !given.has(`${meetingId}/${what}/${recipient}`),
  );
  const next = new Set([...new Set(news.map(({ meetingId }) => meetingId))].slice(0, REMINDED_A_RUN));
  const portion = news.filter(({ meetingId }) => next.has(meetingId));
  if (portion.length > 0) await give(scope, portion);
}

async function give(scope: Scope, news: readonly DueNotice[]): Promise<void> {
  const { db, now } = scope;
  const meetings = [...new Set(news.map(({ meetingId }) => meetingId))];
  const entries = news.map(({ poll, recipient }) => reminderEntry(poll, poll.closesAt, recipient));
  try {
    await runBatch(db, [
      ...meetings.flatMap((id) =>
        noticeStatements(
          db,
          id,
          news
            .filter(({ meetingId }) => meetingId === id)
            .map(({ what, recipient }) => ({ what, recipient })),
          now,
        ),
      ),
      enqueue(db, entries, now),
    ]);
  } catch (error) {
    // A second run at the same time reminded them.
    if (!isUniqueViolation(error)) throw error;
  }
  scope.wakeCourier();
}
