/** Whose feed an address is, and what stands in it. */
import { and, eq, gte, isNotNull, isNull, or, sql } from 'drizzle-orm';
import { sha256Hex } from '../../../lib/bytes.ts';
import type { Database } from '../../../lib/db.ts';
import { Actor } from '../../directory/actor.ts';
import { meetingKind } from '../../directory/meeting-kinds/tables.ts';
import { listContacts } from '../attendance/data.ts';
import { meeting, seat } from '../tables.ts';
import type { FeedSeat } from './rules.ts';
import { calendarFeed } from './tables.ts';

/** What is over stays so long: people look back over a quarter. */
const KEPT_MS = 90 * 86_400_000;
/** A meeting that one was taken off stands there as cancelled so long: every program has asked again by then. */
const REMOVED_KEPT_MS = 30 * 86_400_000;
/** Noted at most this often, so that programs that ask every few minutes do not write each time. */
const NOTED_EVERY_MS = 60 * 60_000;

export type Feed = typeof calendarFeed.$inferSelect;

/** The address of a person that works now; undefined when there is none. */
export async function findFeed(db: Database, person: string): Promise<Feed | undefined> {
  const [row] = await db
    .select()
    .from(calendarFeed)
    .where(and(eq(calendarFeed.person, person), isNull(calendarFeed.revokedAt)))
    .limit(1);
  return row;
}

/**
 * Whose feed a secret opens, and notes that it was asked for. Undefined for what was never made, is revoked, or is of somebody who may
 * not use kikan any more: nobody learns which.
 */
export async function openFeed(db: Database, secret: string, now: Date): Promise<Actor | undefined> {
  const tokenHash = await sha256Hex(secret);
  const [feed] = await db
    .select()
    .from(calendarFeed)
    .where(and(eq(calendarFeed.tokenHash, tokenHash), isNull(calendarFeed.revokedAt)))
    .limit(1);
  if (!feed) return undefined;
  const found = await Actor.find(db, feed.person);
  if (!found || found.account?.isGuest) return undefined;
  if (!feed.fetchedAt || now.getTime() - feed.fetchedAt.getTime() >= NOTED_EVERY_MS)
    await db.update(calendarFeed).set({ fetchedAt: now }).where(eq(calendarFeed.tokenHash, tokenHash));
  return found.actor;
}

/** The seats at which somebody is expected, those that she lost lately included, with their meetings. */
export async function listFeedSeats(db: Database, actor: Actor, now: Date): Promise<FeedSeat[]> {
  const { slackUserId, center } = actor;
  const contacts = (await listContacts(db, [center.code])).get(center.code) ?? [];
  const ofCenter = contacts.includes(slackUserId)
    ? and(eq(seat.seat, `center:${center.code}`), isNull(seat.person))
    : undefined;
  const rows = await db
    .select({
      id: meeting.id,
      reference: meeting.reference,
      kindName: sql<string>`${meetingKind.name}`.as('kind_name'),
      title: meeting.title,
      status: meeting.status,
      startsAt: meeting.startsAt,
      endsAt: meeting.endsAt,
      place: meeting.place,
      url: meeting.url,
      isPrivate: meeting.isPrivate,
      sequence: meeting.sequence,
      updatedAt: meeting.updatedAt,
      deputy: seat.deputy,
      answer: seat.answer,
      removedAt: seat.removedAt,
    })
    .from(seat)
    .innerJoin(meeting, eq(meeting.id, seat.meetingId))
    .innerJoin(meetingKind, eq(meetingKind.id, meeting.kind))
    .where(
      and(
        or(eq(seat.person, slackUserId), eq(seat.deputy, slackUserId), ofCenter),
        or(isNull(seat.removedAt), gte(seat.removedAt, new Date(now.getTime() - REMOVED_KEPT_MS))),
        isNotNull(meeting.startsAt),
        gte(meeting.startsAt, new Date(now.getTime() - KEPT_MS)),
        sql`${meeting.status} IN ('fixed', 'held', 'cancelled')`,
      ),
    );
  return rows.flatMap(({ startsAt, endsAt, ...row }) =>
    startsAt && endsAt ? [{ ...row, startsAt, endsAt }] : [],
  );
}
