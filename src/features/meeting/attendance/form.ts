/** The forms of attendance: whose seat, where somebody answers for several, and the answer. */
import type { types } from '@slack/bolt';
import { contextLine, option, plain } from '../../../slack/block-kit.ts';
import { input, radio, textLine } from '../../../slack/inputs.ts';
import type { ModalView } from '../../../slack/modal.ts';
import type { Colleague } from '../../directory/data.ts';
import { personSelect } from '../../directory/inputs.ts';
import type { InvitedSeat, LoadedMeeting } from '../data.ts';
import { meetingText } from '../text.ts';
import { ATTENDANCE_WORDS, ATTENDANCES, type Attendance } from '../words.ts';
import { seatName } from './blocks.ts';
import { MAX_DEPUTY_NAME } from './schema.ts';
import { attendanceText as text } from './text.ts';

export const SEAT_FORM = 'meeting.attend.seat';
export const ANSWER_FORM = 'meeting.attend.answer';
/** Slack's limit of an option's text. */
const MAX_OPTION = 75;

/** A form's metadata. */
interface Of {
  meetingId: string;
  /** As `data.seatKey` names it. */
  seat: string;
}

export function writeMetadata({ meetingId, seat }: Of): string {
  return `${meetingId} ${seat}`;
}

export function readMetadata(metadata: string): Of {
  const [meetingId = '', seat = ''] = metadata.split(' ');
  return { meetingId, seat };
}

/** @param seats by their keys, in order; not empty */
export function seatForm(
  { meeting, kind }: LoadedMeeting,
  seats: readonly { key: string; seat: InvitedSeat }[],
): ModalView {
  const named = seats.map(({ key, seat }) => {
    const answer = seat.answer === null ? text.silent : ATTENDANCE_WORDS[seat.answer];
    return { slackUserId: key, name: `${seatName(seat)} ${answer}`.slice(0, MAX_OPTION) };
  });
  return {
    type: 'modal',
    callback_id: SEAT_FORM,
    private_metadata: meeting.id,
    title: plain(text.title),
    submit: plain(text.next),
    close: plain(text.close),
    blocks: [
      contextOf(meeting.reference, kind.name, meeting.title),
      input('seat', { label: text.chooseSeat }, personSelect(named, text.choose), true),
    ],
  };
}

/**
 * The answer of one seat, as it stands.
 * @param colleagues of the seat's center
 * @param deputyName opened; undefined where no name may be typed
 */
export function answerForm(
  { meeting, kind }: LoadedMeeting,
  { key, seat }: { key: string; seat: InvitedSeat },
  colleagues: readonly Colleague[],
  { deputyName, person }: { deputyName: string | null | undefined; person: string | null },
): ModalView {
  const { fields } = text;
  const deputies = colleagues.filter(({ slackUserId }) => slackUserId !== seat.person || isCenters(seat));
  return {
    type: 'modal',
    callback_id: ANSWER_FORM,
    private_metadata: writeMetadata({ meetingId: meeting.id, seat: key }),
    title: plain(text.title),
    submit: plain(text.save),
    close: plain(text.close),
    blocks: [
      contextOf(meeting.reference, kind.name, meeting.title),
      { type: 'section', text: plain(seatName(seat)) },
      input('answer', { label: fields.answer }, answerChoice(seat.answer, meeting.url !== null), true),
      ...(isCenters(seat) && colleagues.length > 0
        ? [
            input(
              'person',
              { label: fields.person, hint: text.personHint },
              personSelect(colleagues, text.choose, seat.person ?? person ?? undefined),
            ),
          ]
        : []),
      ...(deputies.length > 0
        ? [
            input(
              'deputy',
              { label: fields.deputy, hint: text.deputyHint },
              personSelect(deputies, text.choose, seat.deputy ?? undefined),
            ),
          ]
        : []),
      deputyName === undefined
        ? contextLine(text.noNameHere)
        : input('deputyName', { label: fields.deputyName, hint: text.deputyNameHint }, nameLine(deputyName)),
    ],
  };
}

/** Whether the form asks who comes from the center. */
export function isCenters({ seat }: InvitedSeat): boolean {
  return seat.startsWith('center:');
}

function contextOf(reference: string, kind: string, title: string | null): types.SectionBlock {
  return { type: 'section', text: plain(meetingText.name(reference, kind, title)) };
}

function answerChoice(chosen: Attendance | null, isOnlineToo: boolean): types.RadioButtons {
  const options = ATTENDANCES.filter((each) => each !== 'online' || isOnlineToo).map((each) =>
    option(each, ATTENDANCE_WORDS[each]),
  );
  return radio(options, chosen ?? undefined);
}

function nameLine(initial: string | null): types.PlainTextInput {
  return textLine({ max: MAX_DEPUTY_NAME, initial });
}
