/** Who answers for which seat and until when, and who is told of what a seat is asked. Pure. */
import { type JapanDate, japanDate } from '../../../lib/jst.ts';
import type { Actor } from '../../directory/actor.ts';
import type { Host } from '../../directory/meeting-kinds/words.ts';
import { mayArrange } from '../rules.ts';
import type { meeting, seat } from '../tables.ts';
import type { Attendance } from '../words.ts';

type Person = Pick<Actor, 'slackUserId'> & { center: Pick<Actor['center'], 'code' | 'kind'> };
type SeatRow = typeof seat.$inferSelect;
type MeetingRow = typeof meeting.$inferSelect;

interface Answered {
  meeting: Pick<MeetingRow, 'hostCenter' | 'status' | 'endsAt' | 'answerBy'>;
  host: { kind: Host };
}

/** Why somebody may not answer for a seat. */
export type AnswerDenial = 'no-date-yet' | 'cancelled' | 'over' | 'not-invited' | 'too-late';

/** The seats that somebody answers for herself, her own before that of her center. */
export function ownSeats<Each extends Pick<SeatRow, 'seat' | 'person'>>(
  actor: Person,
  seats: readonly Each[],
): Each[] {
  const mine = seats.filter(({ seat }) => seat === `person:${actor.slackUserId}`);
  // A center's seat is answered by whoever works there: the one who was named may be away.
  return [...mine, ...seats.filter(({ seat }) => seat === `center:${actor.center.code}`)];
}

/**
 * Whether somebody may answer for a seat, and change what was answered: for her own and her center's until the date given, for any
 * as long as the meeting lasts where she arranges it.
 * @returns undefined when she may
 */
export function denialOfAnswer(
  { meeting, host }: Answered,
  actor: Person,
  seat: Pick<SeatRow, 'seat' | 'person'> | undefined,
  now: Date,
): AnswerDenial | undefined {
  const arranges = mayArrange(actor, { hostCenter: meeting.hostCenter, hostKind: host.kind });
  if (!seat || !(arranges || ownSeats(actor, [seat]).length > 0)) return 'not-invited';
  if (meeting.status === 'cancelled') return 'cancelled';
  if (isOver(meeting, now)) return 'over';
  if (meeting.status === 'polling') return 'no-date-yet';
  return arranges || isInTime(meeting.answerBy, now) ? undefined : 'too-late';
}

/** Whether a meeting is past, also where nobody noted it yet. */
export function isOver({ status, endsAt }: Pick<MeetingRow, 'status' | 'endsAt'>, now: Date): boolean {
  return status === 'held' || (endsAt !== null && endsAt <= now);
}

/** The last day counts. */
function isInTime(answerBy: JapanDate | null, now: Date): boolean {
  return answerBy === null || japanDate(now) <= answerBy;
}

/** How many seats answered what, and how many nothing. */
export function countAnswers(
  seats: readonly Pick<SeatRow, 'answer'>[],
): Readonly<Record<Attendance | 'silent', number>> {
  const count = (answer: Attendance | null) => seats.filter((each) => each.answer === answer).length;
  return {
    attending: count('attending'),
    online: count('online'),
    deputy: count('deputy'),
    absent: count('absent'),
    silent: count(null),
  };
}

/** Somebody to be told: staff by Slack, guests by mail. */
export type Recipient =
  | { by: 'slack'; recipient: string }
  | { by: 'mail'; recipient: string; to: string; name: string };

/**
 * Who hears of these seats, each once: whose seat it is; for a center's seat whom it named, else its contacts.
 * @param contacts by center, as `data.listContacts` gives them
 */
export function recipientsOf(
  seats: readonly Pick<SeatRow, 'seat' | 'person' | 'center' | 'guestName' | 'guestEmail'>[],
  contacts: ReadonlyMap<string, readonly string[]>,
): Recipient[] {
  const all = seats.flatMap(({ seat, person, center, guestName, guestEmail }): Recipient[] => {
    if (person !== null) return [{ by: 'slack', recipient: person }];
    if (center !== null) return (contacts.get(center) ?? []).map((recipient) => ({ by: 'slack', recipient }));
    if (guestEmail !== null)
      return [{ by: 'mail', recipient: seat, to: guestEmail, name: guestName ?? guestEmail }];
    return [];
  });
  return [...new Map(all.map((each) => [each.recipient, each])).values()];
}

/** The seats as they will be taken: a deputy's by the deputy, where the directory knows her. Who stays away has none. */
export function seatsTaken<Each extends Pick<SeatRow, 'answer' | 'deputy' | 'person'>>(
  seats: readonly Each[],
): Each[] {
  return seats
    .filter(({ answer }) => answer !== 'absent')
    .map((each) =>
      each.answer === 'deputy' && each.deputy !== null ? { ...each, person: each.deputy } : each,
    );
}
