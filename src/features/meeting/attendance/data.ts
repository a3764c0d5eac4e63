/** Whom to tell of a seat, and what was told. */
import { and, asc, eq, isNull, or, sql } from 'drizzle-orm';
import { sha256Hex } from '../../../lib/bytes.ts';
import type { Database } from '../../../lib/db.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Place } from '../../../vault/key-ring.ts';
import { staff } from '../../directory/tables.ts';
import type { InvitedSeat, LoadedMeeting } from '../data.ts';
import { meetingPlace, openMeetingsKey } from '../sealing.ts';
import { notice } from '../tables.ts';

/**
 * Who hears of what concerns a center: its managers; where it has none, everybody there.
 * @returns Slack ids by the center's code; a center where nobody works is missing
 */
export async function listContacts(
  db: Database,
  centers: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (centers.length === 0) return new Map();
  const wanted = JSON.stringify([...new Set(centers)]);
  const people = await db
    .select({ id: staff.slackUserId, center: staff.center, role: staff.role })
    .from(staff)
    .where(and(isNull(staff.removedAt), sql`${staff.center} IN (SELECT value FROM json_each(${wanted}))`))
    .orderBy(asc(staff.position));
  const contacts = new Map<string, string[]>();
  for (const code of new Set(people.map((person) => person.center))) {
    const there = people.filter((person) => person.center === code);
    const managers = there.filter(({ role }) => role === 'manager');
    contacts.set(
      code,
      (managers.length > 0 ? managers : there).map(({ id }) => id),
    );
  }
  return contacts;
}

/** Whoever organised a meeting, as long as she works for its host, as the core center also does for the city section. */
export async function findOrganiser(
  db: Database,
  { meeting: { organiser, hostCenter }, host }: Pick<LoadedMeeting, 'meeting' | 'host'>,
): Promise<string | undefined> {
  const isCore = sql`(SELECT kind FROM center WHERE code = ${staff.center}) = 'kikan'`;
  const isHosts = eq(staff.center, hostCenter);
  const [standing] = await db
    .select({ id: staff.slackUserId })
    .from(staff)
    .where(
      and(
        eq(staff.slackUserId, organiser),
        isNull(staff.removedAt),
        host.kind === 'city' ? or(isHosts, isCore) : isHosts,
      ),
    )
    .limit(1);
  return standing?.id;
}

/** Who was told what of a meeting, and when. */
export async function listNotices(db: Database, meetingId: string): Promise<(typeof notice.$inferSelect)[]> {
  return db.select().from(notice).where(eq(notice.meetingId, meetingId)).orderBy(asc(notice.at));
}

/** The name of a deputy whom the directory does not have; null for a seat without one. */
export async function openDeputyName(
  scope: Pick<Scope, 'db' | 'settings'>,
  meetingId: string,
  { seat, deputyName }: Pick<InvitedSeat, 'seat' | 'deputyName'>,
): Promise<string | null> {
  if (deputyName === null) return null;
  const key = await openMeetingsKey(scope);
  return key.open(deputyPlace(meetingId, seat), deputyName);
}

/** Where the name of a seat's deputy lies. */
export function deputyPlace(meetingId: string, seat: string): Place {
  return meetingPlace('meeting_seat', 'deputy_name', `${meetingId}/${seat}`);
}

/**
 * A seat as forms name it: guests' seats by a digest, since an address has no place in a form.
 * @returns the same for the same seat
 */
export async function seatKey(seat: string): Promise<string> {
  return seat.startsWith('guest:') ? `guest-${(await sha256Hex(seat)).slice(0, 16)}` : seat;
}

/** The seat that a form means; undefined when it is gone. */
export async function findSeat(
  seats: readonly InvitedSeat[],
  key: string | null,
): Promise<InvitedSeat | undefined> {
  const keys = await Promise.all(seats.map(({ seat }) => seatKey(seat)));
  return seats[keys.indexOf(key ?? '')];
}
