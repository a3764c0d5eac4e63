/** Votes, the closing of a poll and its reopening: each decided on the latest state, so that nothing of fourteen at once is lost. */
import { eq } from 'drizzle-orm';
import { done, NOT_FOUND, type NotFound, type Result, refused } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { listContacts } from '../attendance/data.ts';
import { type CenterVote, circleOf, type LoadedMeeting, type PollState } from '../data.ts';
import { mayArrange, maySee } from '../rules.ts';
import { changeMeeting, type MeetingChange } from '../storing/mutations.ts';
import type { Vote } from '../words.ts';
import { listDeciders } from './data.ts';
import { closedEntries, openedEntries, openedMark, votersOf } from './notices.ts';
import { isPolling, type Polling } from './polling.ts';
import { BEST, isInTime, isPollOpen, rankDates, silentCenters, votingCenters } from './rules.ts';
import { poll, pollVote } from './tables.ts';

export type PollRefusal =
  | NotFound
  | { reason: 'not-polling' | 'closed' | 'not-invited' | 'not-arranger' | 'past' }
  | { reason: 'decided'; by: string; startsAt: Date; endsAt: Date }
  | { reason: 'below-quorum'; have: number; needed: number };

/**
 * Votes for a center: one's own, or, as the host, any that is invited. The later vote takes the place of the earlier; the audit chain
 * keeps both. With the last center's vote the poll closes.
 */
export async function voteForCenter(
  scope: Scope,
  actor: Actor,
  id: string,
  { center, answers }: { center: string; answers: Readonly<Record<string, Vote>> },
): Promise<Result<LoadedMeeting, PollRefusal>> {
  const { db, now } = scope;
  return changeMeeting<PollRefusal>(scope, actor, { id, action: 'meeting.vote' }, async (loaded) => {
    if (!maySee(actor, circleOf(loaded))) return refused(NOT_FOUND);
    if (!isPolling(loaded)) return refused({ reason: 'not-polling' });
    if (!isInTime(loaded.poll, now)) return refused({ reason: 'closed' });
    if (!mayVoteFor(actor, loaded, center)) return refused({ reason: 'not-invited' });
    const vote: CenterVote = {
      center,
      answers,
      votedBy: actor.slackUserId,
      isProxy: await isProxyFor(scope, actor, loaded, center),
      votedAt: now,
    };
    const votes = [...loaded.poll.votes.filter((each) => each.center !== center), vote];
    const isComplete = isLastSilent(loaded, center);
    const after = { ...loaded, poll: { ...loaded.poll, votes } };
    // By the clock, not by when this vote arrived: those that arrived with it are in time, too.
    const closedAt = new Date(Math.max(now.getTime(), Date.now()));
    const closing = isComplete ? await closingOf({ db, now: closedAt }, after) : undefined;
    const { meetingId, ...columns } = { meetingId: id, ...vote, answers: JSON.stringify(answers) };
    return done({
      detail: {
        center,
        proxy: vote.isProxy,
        votes: loaded.poll.dates.map((date) => answers[date.id] ?? 'none').join(','),
        ...(isComplete ? { closed: true } : {}),
      },
      after: { poll: closing?.poll ?? after.poll },
      statements: [
        db
          .insert(pollVote)
          .values({ meetingId, ...columns })
          .onConflictDoUpdate({ target: [pollVote.meetingId, pollVote.center], set: columns }),
        ...(closing?.statements ?? []),
      ],
      entries: closing?.entries ?? [],
    });
  });
}

/** Her own center's vote, or as the host any that is invited. */
export function mayVoteFor(actor: Actor, loaded: LoadedMeeting, center: string): boolean {
  const isInvited = votingCenters(loaded.seats).some(({ code }) => code === center);
  return isInvited && (center === actor.center.code || mayArrange(actor, circleOf(loaded)));
}

/** Whether only this center was still silent. A poll that was opened again after all had voted stays open until its deadline. */
function isLastSilent(polling: Polling, center: string): boolean {
  const [first, ...others] = silentCenters(polling);
  return first?.code === center && others.length === 0;
}

/** 代理: neither a person whose seat it is nor one whom the center has for it. */
async function isProxyFor(
  { db }: Scope,
  actor: Actor,
  { seats }: LoadedMeeting,
  center: string,
): Promise<boolean> {
  if (center !== actor.center.code) return true;
  if (seats.some(({ person }) => person === actor.slackUserId)) return false;
  const contacts = await listContacts(db, [center]);
  return !(contacts.get(center) ?? []).includes(actor.slackUserId);
}

/** Closes a poll before its deadline. Closing a closed one changes nothing. */
export function closePoll(
  scope: Scope,
  actor: Actor,
  id: string,
): Promise<Result<LoadedMeeting, PollRefusal>> {
  return changeMeeting<PollRefusal>(scope, actor, { id, action: 'meeting.close_poll' }, async (loaded) => {
    const refusal = arrangerRefusal(actor, loaded);
    if (refusal) return refused(refusal);
    if (!isPolling(loaded)) return refused({ reason: 'not-polling' });
    if (loaded.poll.closedAt !== null) return done(undefined);
    const { poll: after, statements, entries } = await closingOf(scope, loaded);
    return done({ after: { poll: after }, statements, entries });
  });
}

/** What a closing changes: the poll, and word to whoever decides. */
export async function closingOf(
  { db, now }: Pick<Scope, 'db' | 'now'>,
  polling: Polling,
): Promise<{ poll: PollState } & Required<Pick<MeetingChange, 'statements' | 'entries'>>> {
  const deciders = await listDeciders(db, polling);
  return {
    poll: { ...polling.poll, closedAt: now },
    statements: [db.update(poll).set({ closedAt: now }).where(eq(poll.meetingId, polling.meeting.id))],
    entries: closedEntries(polling, rankDates(polling).slice(0, BEST), deciders),
  };
}

/** Gives a poll another deadline, and opens it again when it was closed. Everybody who votes is told. */
export function reopenPoll(
  scope: Scope,
  actor: Actor,
  id: string,
  closesAt: Date,
): Promise<Result<LoadedMeeting, PollRefusal>> {
  const { db, now } = scope;
  return changeMeeting<PollRefusal>(scope, actor, { id, action: 'meeting.reopen_poll' }, async (loaded) => {
    const refusal = arrangerRefusal(actor, loaded);
    if (refusal) return refused(refusal);
    if (!isPolling(loaded)) return refused({ reason: 'not-polling' });
    if (closesAt <= now) return refused({ reason: 'past' });
    const { poll: before, kind, meeting, seats } = loaded;
    if (isPollOpen(before, now) && before.closesAt.getTime() === closesAt.getTime()) return done(undefined);
    const contacts = await listContacts(
      db,
      votingCenters(seats).map(({ code }) => code),
    );
    const people = votersOf(seats, contacts);
    return done({
      detail: { closes: closesAt.toISOString() },
      after: { poll: { ...before, closesAt, closedAt: null } },
      statements: [db.update(poll).set({ closesAt, closedAt: null }).where(eq(poll.meetingId, id))],
      told: people.map((recipient) => ({ what: openedMark(now), recipient })),
      entries: openedEntries(
        { ...meeting, kindName: kind.name },
        { closesAt, dates: before.dates },
        people,
        true,
      ),
    });
  });
}

/** What whoever does not arrange it hears: nothing of it where she may not see it. */
export function arrangerRefusal(actor: Actor, loaded: LoadedMeeting): PollRefusal | undefined {
  const circle = circleOf(loaded);
  if (mayArrange(actor, circle)) return undefined;
  return maySee(actor, circle) ? { reason: 'not-arranger' } : NOT_FOUND;
}
