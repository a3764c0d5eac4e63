/** Who may change a meeting and until when, and what of a change people are told. Pure. */
import { formatDate } from '../../../lib/jst.ts';
import { escapeMrkdwn, linkTo } from '../../../slack/mrkdwn.ts';
import type { Actor } from '../../directory/actor.ts';
import type { Host } from '../../directory/meeting-kinds/words.ts';
import { isOver } from '../attendance/rules.ts';
import { mayArrange } from '../rules.ts';
import type { meeting as meetingTable } from '../tables.ts';
import { formatSpan, meetingText } from '../text.ts';
import { changingText as text } from './text.ts';

type Meeting = typeof meetingTable.$inferSelect;

/** What the form of a change asks. */
export type Changeable = Pick<
  Meeting,
  'startsAt' | 'endsAt' | 'place' | 'url' | 'papersUrl' | 'title' | 'answerBy' | 'agendaBy'
>;

export type ChangeDenial = 'not-arranging' | 'over' | 'cancelled';

/** @returns undefined when the actor may change the meeting now */
export function denialOfChange(
  { meeting, host }: { meeting: Meeting; host: { kind: Host } },
  actor: Pick<Actor, 'slackUserId' | 'center'>,
  now: Date,
): ChangeDenial | undefined {
  if (!mayArrange(actor, { hostCenter: meeting.hostCenter, hostKind: host.kind })) return 'not-arranging';
  if (meeting.status === 'cancelled') return 'cancelled';
  return isOver(meeting, now) ? 'over' : undefined;
}

export function changeableOf(meeting: Meeting): Changeable {
  const { startsAt, endsAt, place, url, papersUrl, title, answerBy, agendaBy } = meeting;
  return { startsAt, endsAt, place, url, papersUrl, title, answerBy, agendaBy };
}

/** Columns in which the two differ. */
export function changedColumns(before: Changeable, after: Changeable): (keyof Changeable)[] {
  const columns = [
    'startsAt',
    'endsAt',
    'place',
    'url',
    'papersUrl',
    'title',
    'answerBy',
    'agendaBy',
  ] as const;
  return columns.filter((column) => comparable(before[column]) !== comparable(after[column]));
}

function comparable(value: Date | string | null): number | string | null {
  return value instanceof Date ? value.getTime() : value;
}

/** Whether calendars must follow: they show neither papers nor deadlines. */
export function raisesSequence(columns: readonly (keyof Changeable)[]): boolean {
  const shown: readonly (keyof Changeable)[] = ['startsAt', 'endsAt', 'place', 'url', 'title'];
  return columns.some((column) => shown.includes(column));
}

/** Old and new of each fact that changed, as mrkdwn lines. */
export function changeLines(before: Changeable, after: Changeable): string[] {
  const { facts } = meetingText;
  const link = (url: string | null) => (url === null ? null : linkTo(url, meetingText.linkLabel));
  const typed = (value: string | null) => (value === null ? null : escapeMrkdwn(value));
  const day = (on: string | null) => (on === null ? null : formatDate(on));
  const span = ({ startsAt, endsAt }: Changeable) =>
    startsAt && endsAt ? formatSpan(startsAt, endsAt) : null;
  const isChanged = new Set(changedColumns(before, after));
  return [
    ...(isChanged.has('startsAt') || isChanged.has('endsAt')
      ? [line(facts.date, span(before), span(after))]
      : []),
    ...(isChanged.has('place') ? [line(facts.place, typed(before.place), typed(after.place))] : []),
    ...(isChanged.has('url') ? [line(facts.url, link(before.url), link(after.url))] : []),
    ...(isChanged.has('papersUrl') ? [line(facts.papers, null, link(after.papersUrl))] : []),
    ...(isChanged.has('title') ? [line(text.fields.title, typed(before.title), typed(after.title))] : []),
    ...(isChanged.has('answerBy') ? [line(facts.answerBy, day(before.answerBy), day(after.answerBy))] : []),
    ...(isChanged.has('agendaBy') ? [line(facts.agendaBy, day(before.agendaBy), day(after.agendaBy))] : []),
  ];
}

function line(label: string, from: string | null, to: string | null): string {
  if (to === null) return text.gone(label, from ?? '');
  return from === null ? text.from(label, to) : text.fromTo(label, from, to);
}
