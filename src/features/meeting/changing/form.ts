/** The forms by which a meeting is changed and called off. */
import type { types } from '@slack/bolt';
import { formatDate, japanDate } from '../../../lib/jst.ts';
import { contextLine, noticeSections, option, plain } from '../../../slack/block-kit.ts';
import { datePicker, input, radio, textLine, timePicker } from '../../../slack/inputs.ts';
import type { ModalView } from '../../../slack/modal.ts';
import type { LoadedMeeting, Meeting } from '../data.ts';
import { formatSpan, meetingText } from '../text.ts';
import { type Changeable, changeableOf } from './rules.ts';
import { LIMITS } from './schema.ts';
import { CANCEL_REASON_WORDS, CANCEL_REASONS, changingText as text } from './text.ts';

export const CHANGE_FORM = 'meeting.change.form';
export const CANCEL_FORM = 'meeting.cancel.form';

/** @param mark of what the form shows */
export function writeMetadata(meetingId: string, mark: string): string {
  return `${meetingId} ${mark}`;
}

export function readMetadata(metadata: string): { id: string; mark: string } {
  const [id = '', mark = ''] = metadata.split(' ');
  return { id, mark };
}

/** @param notices what happened meanwhile; what was typed stays, since the fields keep their ids */
export function changeForm(
  { meeting, kind }: LoadedMeeting,
  mark: string,
  notices: readonly string[] = [],
): ModalView {
  const { fields } = text;
  const { startsAt, endsAt } = meeting;
  return {
    type: 'modal',
    callback_id: CHANGE_FORM,
    private_metadata: writeMetadata(meeting.id, mark),
    title: plain(text.title),
    submit: plain(text.save),
    close: plain(text.close),
    blocks: [
      ...noticeSections(notices),
      nameSection(meeting, kind.name),
      contextLine(text.intro),
      ...(startsAt && endsAt ? dateInputs(startsAt, endsAt) : []),
      input('place', { label: fields.place }, textLine({ max: LIMITS.place, initial: meeting.place })),
      input('url', { label: fields.url }, textLine({ max: LIMITS.url, initial: meeting.url })),
      input(
        'papersUrl',
        { label: fields.papersUrl },
        textLine({ max: LIMITS.url, initial: meeting.papersUrl }),
      ),
      input('title', { label: fields.title }, textLine({ max: LIMITS.title, initial: meeting.title })),
      input('answerBy', { label: fields.answerBy }, datePicker(meeting.answerBy ?? undefined)),
      input('agendaBy', { label: fields.agendaBy }, datePicker(meeting.agendaBy ?? undefined)),
    ],
  };
}

/** What stands now, for whoever typed while somebody else changed it. */
export function nowLines(meeting: Meeting): string {
  const { startsAt, endsAt, place, url, papersUrl, title, answerBy, agendaBy }: Changeable =
    changeableOf(meeting);
  const { facts } = meetingText;
  const lines: (readonly [label: string, value: string | null])[] = [
    [facts.date, startsAt && endsAt ? formatSpan(startsAt, endsAt) : meetingText.dateOpen],
    [facts.place, place],
    [facts.url, url],
    [facts.papers, papersUrl],
    [text.fields.title, title],
    [facts.answerBy, answerBy === null ? null : formatDate(answerBy)],
    [facts.agendaBy, agendaBy === null ? null : formatDate(agendaBy)],
  ];
  return lines.flatMap(([label, value]) => (value === null ? [] : [`${label}　${value}`])).join('\n');
}

export function cancelForm({ meeting, kind }: LoadedMeeting): ModalView {
  return {
    type: 'modal',
    callback_id: CANCEL_FORM,
    private_metadata: meeting.id,
    title: plain(text.cancelTitle),
    submit: plain(text.doCancel),
    close: plain(text.close),
    blocks: [
      nameSection(meeting, kind.name),
      { type: 'section', text: plain(text.cancelIntro) },
      input(
        'reason',
        { label: text.fields.reason },
        radio(CANCEL_REASONS.map((reason) => option(reason, CANCEL_REASON_WORDS[reason]))),
        true,
      ),
    ],
  };
}

function nameSection({ reference, title }: Meeting, kind: string): types.SectionBlock {
  return { type: 'section', text: plain(meetingText.name(reference, kind, title)) };
}

function dateInputs(startsAt: Date, endsAt: Date): types.InputBlock[] {
  const { fields } = text;
  const minutes = Math.round((endsAt.getTime() - startsAt.getTime()) / 60_000);
  return [
    input('on', { label: fields.on, hint: text.dateHint }, datePicker(japanDate(startsAt)), true),
    input('at', { label: fields.at }, timePicker(timeInJapan(startsAt)), true),
    input('minutes', { label: fields.minutes }, textLine({ max: 4, initial: String(minutes) }), true),
  ];
}

/** `14:00`. */
function timeInJapan(at: Date): string {
  return new Date(at.getTime() + 9 * 60 * 60_000).toISOString().slice(11, 16);
}
