/** Meetings to which people were invited as calling one invites them, and what each person was told of meetings. */
import { env } from 'cloudflare:workers';
import { findCenterInCity } from '../../src/features/directory/data.ts';
import { listKinds, listSeats } from '../../src/features/directory/meeting-kinds/data.ts';
import { listContacts } from '../../src/features/meeting/attendance/data.ts';
import { inviteTo } from '../../src/features/meeting/attendance/notices.ts';
import { recipientsOf } from '../../src/features/meeting/attendance/rules.ts';
import type { Meeting } from '../../src/features/meeting/data.ts';
import { createMeeting } from '../../src/features/meeting/making/mutations.ts';
import { blankSeat } from '../../src/features/meeting/storing/rows/mutations.ts';
import type { House } from './house.ts';
import { scopeAt } from './meeting.ts';
import { PEOPLE } from './small-city.ts';

/** A fixed meeting of a kind whose seats by rule were all invited, in ten days at 14:00 unless told. */
export async function invitedMeeting(
  house: House,
  kindName: string,
  {
    now = new Date(),
    hostCenter = 'kikan',
    organiser = PEOPLE.kenta,
    ...columns
  }: Partial<Meeting> & { now?: Date } = {},
): Promise<{ id: string; reference: string }> {
  const kind = (await listKinds(house.db)).find(({ name }) => name === kindName);
  const host = await findCenterInCity(house.db, hostCenter);
  if (!kind || !host) throw new Error(`no kind ${kindName}`);
  const seats = await listSeats(house.db, kind.attendees);
  const contacts = await listContacts(
    house.db,
    seats.flatMap((each) => (each.by === 'guest' ? [] : [each.center])),
  );
  const startsAt = new Date(Math.ceil(now.getTime() / 86_400_000 + 10) * 86_400_000 + 5 * 3_600_000);
  const endsAt = new Date((columns.startsAt ?? startsAt).getTime() + 90 * 60_000);
  return createMeeting(
    scopeAt(house, now),
    {
      kind,
      hostCenter,
      series: 'R8',
      seats,
      organiser,
      submissionKey: crypto.randomUUID(),
      columns: { status: 'fixed', startsAt, endsAt, ...columns },
    },
    ({ meeting }) =>
      inviteTo(
        { meeting, kind, host: host.center },
        recipientsOf(seats.map(blankSeat), contacts),
        house.city.name,
      ),
  );
}

/** How many direct messages with these words each person has, by Slack id; those with none are left out. */
export function countDms(house: House, words: string): Record<string, number> {
  const counts = house.city.staff.map(({ slackUserId }) => {
    const dm = house.slack.as(slackUserId).dm;
    return [slackUserId, dm.filter((message) => JSON.stringify(message).includes(words)).length] as const;
  });
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

interface SeatRow {
  seat: string;
  person: string | null;
  center: string | null;
  answer: string | null;
  deputy: string | null;
  presence: string | null;
}

/** The seats of a meeting that are invited, in order. */
export async function seatsIn(meetingId: string): Promise<SeatRow[]> {
  const { results } = await env.DB.prepare(
    'SELECT seat, person, center, answer, deputy, presence FROM meeting_seat WHERE meeting_id = ? AND removed_at IS NULL ORDER BY seat',
  )
    .bind(meetingId)
    .all<SeatRow>();
  return results;
}

export async function seatIn(meetingId: string, seat: string): Promise<SeatRow | undefined> {
  return (await seatsIn(meetingId)).find((each) => each.seat === seat);
}

/** Resolves when a person was told something where she acted, or by DM: a press is acknowledged first and worked on then. */
export async function told(house: House, person: string, words: string): Promise<void> {
  const isTold = async () => {
    await house.delivered();
    const { dm, ephemerals } = house.slack.as(person);
    return JSON.stringify([...dm, ...ephemerals]).includes(words);
  };
  await house.slack.waitFor(isTold, { what: `「${words}」 for ${person}` });
}
