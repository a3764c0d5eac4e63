/** What a calendar says of the meetings of one person. Pure. No names of people; of private meetings their kind only. */
import type { Attendance, MeetingStatus } from '../words.ts';

/** A seat of somebody, with its meeting. */
export interface FeedSeat {
  id: string;
  reference: string;
  kindName: string;
  title: string | null;
  status: MeetingStatus;
  startsAt: Date;
  endsAt: Date;
  place: string | null;
  url: string | null;
  isPrivate: boolean;
  sequence: number;
  updatedAt: Date;
  deputy: string | null;
  answer: Attendance | null;
  removedAt: Date | null;
}

export interface FeedEvent {
  id: string;
  startsAt: Date;
  endsAt: Date;
  sequence: number;
  changedAt: Date;
  isCancelled: boolean;
  /** Whether it takes up the person's time: not when she said that she will not be there. */
  isBusy: boolean;
  summary: string;
  place: string | null;
  url: string | null;
}

/**
 * The events of a feed, soonest first, each meeting once.
 * What was answered 欠席 stays, as time that is free: whoever changes her mind finds it there.
 */
export function eventsOf(seats: readonly FeedSeat[], person: string): FeedEvent[] {
  const byMeeting = Map.groupBy(seats, ({ id }) => id);
  return [...byMeeting.values()]
    .flatMap((own) => {
      // A seat that stands outweighs one that was lost.
      const best = own.find(({ removedAt }) => removedAt === null) ?? own[0];
      return best
        ? [
            eventOf(
              best,
              own.some((each) => isThere(each, person)),
            ),
          ]
        : [];
    })
    .toSorted(
      (one, other) => one.startsAt.getTime() - other.startsAt.getTime() || (one.id < other.id ? -1 : 1),
    );
}

function isThere({ answer, deputy, removedAt }: FeedSeat, person: string): boolean {
  if (removedAt !== null || answer === 'absent') return false;
  return answer === 'deputy' ? deputy === person : true;
}

function eventOf(of: FeedSeat, isBusy: boolean): FeedEvent {
  const { id, startsAt, endsAt, sequence, updatedAt, removedAt, isPrivate } = of;
  const isLost = removedAt !== null;
  return {
    id,
    startsAt,
    endsAt,
    // Losing a seat changes nothing of the meeting, but the event of this person: calendars follow a higher number only.
    sequence: isLost ? sequence + 1 : sequence,
    changedAt: isLost && removedAt > updatedAt ? removedAt : updatedAt,
    isCancelled: isLost || of.status === 'cancelled',
    isBusy,
    summary: isPrivate ? of.kindName : nameOf(of),
    place: isPrivate ? null : of.place,
    url: isPrivate ? null : of.url,
  };
}

function nameOf({ reference, kindName, title }: FeedSeat): string {
  return title === null ? `${reference} ${kindName}` : `${reference} ${kindName}「${title}」`;
}

/** What the buttons name the present address by: nothing that opens it. @param feed undefined while there is none */
export function markOfFeed(feed: { tokenHash: string } | undefined): string {
  return feed?.tokenHash.slice(0, 16) ?? 'none';
}
