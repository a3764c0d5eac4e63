/** The poll of a date: which votes count, which dates are best, who is silent, when it closes and when it reminds. Pure. */
import { quorumOf } from '../rules.ts';
import { VOTES, type Vote } from '../words.ts';

export type Tally = Readonly<Record<Vote, number>>;

/** How many of the best dates people are told. */
export const BEST = 3;

/** A candidate with how the centers find it. */
export interface RankedDate {
  id: string;
  startsAt: Date;
  endsAt: Date;
  tally: Tally;
  /** Whether so many centers can come (○ and △) as the kind demands. */
  isQuorate: boolean;
}

interface CenterVote {
  center: string;
  answers: Readonly<Record<string, Vote>>;
}

interface Voting<Each extends { center: string } = CenterVote> {
  /** Those that are invited. */
  seats: readonly { center: string | null; centerShort: string | null }[];
  poll: { votes: readonly Each[] };
}

interface Polled extends Voting {
  kind: { quorum: Parameters<typeof quorumOf>[0] };
  poll: { dates: readonly Pick<RankedDate, 'id' | 'startsAt' | 'endsAt'>[]; votes: readonly CenterVote[] };
}

interface Span {
  closesAt: Date;
  /** Null until it closed. */
  closedAt: Date | null;
}

/** The centers that vote, each once: those of the seats, in the order of the directory. */
export function votingCenters(seats: Voting['seats']): { code: string; short: string }[] {
  const centers = seats.flatMap(({ center: code, centerShort }) =>
    code === null ? [] : [[code, { code, short: centerShort ?? code }] as const],
  );
  return [...new Map(centers).values()];
}

/** The votes of centers that are invited now: those of others are kept, but do not count. */
export function countedVotes<Each extends { center: string }>({ seats, poll }: Voting<Each>): Each[] {
  const invited = new Set(votingCenters(seats).map(({ code }) => code));
  return poll.votes.filter(({ center }) => invited.has(center));
}

/** The invited centers that have not voted, in the order of the directory. */
export function silentCenters({ seats, poll }: Voting<{ center: string }>): {
  code: string;
  short: string;
}[] {
  const voted = new Set(poll.votes.map(({ center }) => center));
  return votingCenters(seats).filter(({ code }) => !voted.has(code));
}

/** How many centers must find a date possible; null where any number will do. */
export function neededCenters({ kind, seats }: Pick<Polled, 'kind' | 'seats'>): number | null {
  return quorumOf(kind.quorum, votingCenters(seats).length);
}

export function tallyOf(votes: readonly Pick<CenterVote, 'answers'>[], dateId: string): Tally {
  const tally = { yes: 0, maybe: 0, no: 0 };
  for (const { answers } of votes) {
    const vote = answers[dateId];
    if (vote !== undefined) tally[vote] += 1;
  }
  return tally;
}

/**
 * The candidates, best first: those that keep the quorum; then the most ○; then the fewest ×, which is the most △ among those that
 * answered; then the earlier one.
 */
export function rankDates(polled: Polled): RankedDate[] {
  const votes = countedVotes(polled);
  const needed = neededCenters(polled) ?? 0;
  return polled.poll.dates
    .map((date) => {
      const tally = tallyOf(votes, date.id);
      return { ...date, tally, isQuorate: tally.yes + tally.maybe >= needed };
    })
    .sort(compareDates);
}

function compareDates(one: RankedDate, other: RankedDate): number {
  return (
    Number(other.isQuorate) - Number(one.isQuorate) ||
    other.tally.yes - one.tally.yes ||
    one.tally.no - other.tally.no ||
    other.tally.maybe - one.tally.maybe ||
    one.startsAt.getTime() - other.startsAt.getTime() ||
    (one.id < other.id ? -1 : 1)
  );
}

/** Whether it is open: at the deadline no more, whenever the job gets to closing it. */
export function isPollOpen({ closedAt, closesAt }: Span, now: Date): boolean {
  return closedAt === null && now < closesAt;
}

/**
 * Whether a vote counts: it arrived before the poll closed, also when its turn comes after that. Of many at once, none is lost.
 * @param arrivedAt when the vote arrived
 */
export function isInTime({ closedAt, closesAt }: Span, arrivedAt: Date): boolean {
  if (closedAt === null) return arrivedAt < closesAt;
  return closedAt < closesAt && arrivedAt < closedAt;
}

/** Hours before the deadline at which the silent are reminded. */
export const REMINDER_HOURS = [72, 24, 3] as const;
export type ReminderHours = (typeof REMINDER_HOURS)[number];
const HOUR_MS = 60 * 60_000;

/**
 * The reminder to give now: of those whose hour came since the poll was opened, the one nearest to the deadline, so that a cron that
 * comes late gives one instead of three. None at the deadline or after it.
 */
export function dueReminder(
  { openedAt, closesAt }: { openedAt: Date; closesAt: Date },
  now: Date,
): ReminderHours | undefined {
  if (now >= closesAt) return undefined;
  return REMINDER_HOURS.findLast((hours) => {
    const at = closesAt.getTime() - hours * HOUR_MS;
    return at <= now.getTime() && at > openedAt.getTime();
  });
}

/** A vote as a form or a row has it: a word for each date of the poll, and nothing else. */
export function isVote(word: unknown): word is Vote {
  return VOTES.some((each) => each === word);
}
