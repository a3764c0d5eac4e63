/** Whom an answer names: deputies and those whom centers send hear that they come, and that they do not any more. */
import { escapeMrkdwn } from '../../../slack/mrkdwn.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { factLines } from '../cards/blocks.ts';
import type { InvitedSeat, LoadedMeeting } from '../data.ts';
import { meetingText } from '../text.ts';
import { listNotices } from './data.ts';
import { type Telling, tell } from './notices.ts';
import type { Recipient } from './rules.ts';
import { attendanceText as text } from './text.ts';

/** What stands at a seat once somebody answered for it. */
export type SeatAnswer = Pick<InvitedSeat, 'answer' | 'person' | 'deputy' | 'deputyName' | 'name'>;

/** Tells whoever now comes as a deputy, or from her center, and who does not any more; unless she said so herself or heard it before. */
export async function tellAppointed(
  scope: Scope,
  actor: Actor,
  loaded: LoadedMeeting,
  of: InvitedSeat,
  answer: SeatAnswer,
): Promise<Partial<Telling>> {
  const { meeting, kind } = loaded;
  const name = escapeMrkdwn(meetingText.name(meeting.reference, kind.name, meeting.title));
  const notices = await listNotices(scope.db, meeting.id);
  const news = appointments(loaded, of, answer, name).flatMap(
    ({ person, mark, lines, mayAnswer }): Telling[] => {
      const isTold = notices.some((each) => each.what === mark && each.recipient === person);
      if (person === actor.slackUserId || isTold) return [];
      const recipient: Recipient = { by: 'slack', recipient: person };
      const shown = mayAnswer ? loaded : { ...loaded, buttons: [] };
      return [tell(shown, [recipient], { mark, lines, subject: '', cityName: actor.city.name })];
    },
  );
  return {
    told: news.flatMap(({ told }) => told),
    entries: news.flatMap(({ entries }) => entries),
  };
}

interface Appointment {
  person: string;
  mark: string;
  lines: readonly string[];
  /** A deputy does not answer for the seat, nor does whoever left it. */
  mayAnswer: boolean;
}

function appointments(
  loaded: LoadedMeeting,
  of: InvitedSeat,
  answer: SeatAnswer,
  name: string,
): Appointment[] {
  const { sequence, version } = loaded.meeting;
  const center = escapeMrkdwn(of.centerShort ?? '');
  const whose = answer.name === null ? center : text.person(escapeMrkdwn(answer.name));
  const isAnotherPerson = of.seat.startsWith('center:') && answer.person !== of.person;
  const comes = answer.answer === 'attending' || answer.answer === 'online';
  const mark = (what: string) => `${what}/${sequence}`;
  const gone = [isAnotherPerson ? of.person : null, of.deputy === answer.deputy ? null : of.deputy];
  const released = gone.filter((person) => person !== null && person !== answer.person);
  const facts = factLines(loaded);
  return [
    ...(isAnotherPerson && comes && answer.person !== null
      ? [
          {
            person: answer.person,
            mark: mark('named'),
            lines: [text.toldNamed(name, center), ...facts],
            mayAnswer: true,
          },
        ]
      : []),
    ...(answer.deputy !== null && answer.deputy !== of.deputy
      ? [
          {
            person: answer.deputy,
            mark: mark('deputy'),
            lines: [text.toldDeputy(name, whose), ...facts, text.deputyUnable],
            mayAnswer: false,
          },
        ]
      : []),
    ...released.flatMap((person) =>
      person === null || person === answer.deputy
        ? []
        : [
            {
              person,
              mark: `released/${version + 1}`,
              lines: [text.toldReleased(name, whose)],
              mayAnswer: false,
            },
          ],
    ),
  ];
}
