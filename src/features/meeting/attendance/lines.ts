/** The answers of a meeting as its host reads them: a line a seat, on the page and as CSV. */
import { formatInstant } from '../../../lib/jst.ts';
import type { Scope } from '../../../slack/scope.ts';
import { listNames } from '../../directory/data.ts';
import type { InvitedSeat, LoadedMeeting } from '../data.ts';
import { ATTENDANCE_WORDS } from '../words.ts';
import { seatName } from './blocks.ts';
import { openDeputyName } from './data.ts';
import { attendanceText as text } from './text.ts';

export interface SeatLine {
  seat: string;
  answer: string;
  /** Who comes: a deputy, whom the center sends, or nobody else than the seat says. */
  who: string;
  by: string;
  at: string;
  presence: string;
  isSilent: boolean;
}

/** Opens the names of deputies: for those who may read the meeting. */
export async function seatLines(
  scope: Pick<Scope, 'db' | 'settings'>,
  { meeting, seats }: LoadedMeeting,
): Promise<SeatLine[]> {
  const people = seats.flatMap(({ deputy, answeredBy }) => [deputy, answeredBy]);
  const names = await listNames(
    scope.db,
    people.filter((person) => person !== null),
  );
  const nameOf = (person: string | null) => (person === null ? '' : (names.get(person) ?? ''));
  return Promise.all(
    seats.map(async (each) => ({
      seat: seatName(each),
      answer: wordOf(each.answer),
      who: whoComes(each, nameOf(each.deputy), await openDeputyName(scope, meeting.id, each)),
      by: nameOf(each.answeredBy),
      at: each.answeredAt === null ? '' : formatInstant(each.answeredAt),
      presence: each.presence === null ? '' : ATTENDANCE_WORDS[each.presence],
      isSilent: each.answer === null,
    })),
  );
}

function wordOf(answer: InvitedSeat['answer']): string {
  return answer === null ? text.silent : ATTENDANCE_WORDS[answer];
}

function whoComes({ seat, answer, name }: InvitedSeat, deputy: string, typed: string | null): string {
  if (answer === 'deputy') return text.deputyOf(typed ?? deputy);
  const comes = answer === 'attending' || answer === 'online';
  return comes && seat.startsWith('center:') ? (name ?? '') : '';
}
