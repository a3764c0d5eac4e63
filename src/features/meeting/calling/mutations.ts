/** Calling a meeting: it, its seats, its poll and what people are told, in one batch and once a form. */
import { calendarOf, isBusinessDay } from '../../../lib/business-time.ts';
import { eraYear, fiscalYearOf, formatDate, type JapanDate, japanDate } from '../../../lib/jst.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import type { Actor } from '../../directory/actor.ts';
import { type City, findCity } from '../../directory/data.ts';
import { type AttendeeRule, type Seat, seatsOf } from '../../directory/meeting-kinds/rules.ts';
import { noteRefusal } from '../../directory/noting.ts';
import { listContacts } from '../attendance/data.ts';
import { inviteTo } from '../attendance/notices.ts';
import { recipientsOf } from '../attendance/rules.ts';
import type { Meeting, PollState } from '../data.ts';
import { createMeeting, type Making, type NewMeeting } from '../making/mutations.ts';
import { openedEntries, openedMark, votersOf } from '../poll/notices.ts';
import { poll, pollDate } from '../poll/tables.ts';
import { type Callable, readCallable } from './data.ts';
import type { CallForm, CallMetadata } from './schema.ts';

export type CallRefusal =
  | { reason: 'not-allowed' | 'no-seat' | 'no-center' }
  /** Days on which the city is closed; the person has not been asked about them. */
  | { reason: 'closed-days'; days: readonly JapanDate[]; labels: readonly string[] };

/** What somebody may call of a kind, and whom; undefined, and noted, when she may not call one of it. */
export async function findCallable(
  scope: Scope,
  actor: Actor,
  kindId: string,
): Promise<Callable | undefined> {
  const callable = await readCallable(scope.db, actor, kindId);
  if (!callable) await noteRefusal(scope, actor, 'meeting.call', { detail: { reason: 'not-allowed' } });
  return callable;
}

/**
 * Calls a meeting, or opens the poll for its date; everybody who is invited is told once.
 * @param metadata the kind, and the closed days that the person was warned of
 * @param submissionKey of the form: sent again, the same meeting is returned
 */
export async function callMeeting(
  scope: Scope,
  actor: Actor,
  metadata: CallMetadata,
  form: CallForm,
  submissionKey: string,
): Promise<Result<{ id: string; reference: string }, CallRefusal>> {
  const { db } = scope;
  const [callable, city] = await Promise.all([findCallable(scope, actor, metadata.kind), findCity(db)]);
  if (!callable || !city) return refused({ reason: 'not-allowed' });
  const days = closedDays(form, city).filter((on) => !metadata.closed.includes(on));
  if (days.length > 0) return refused({ reason: 'closed-days', days, labels: days.map(formatDate) });
  const seats = invitedSeats(callable, form);
  if (seats.length === 0) return refused({ reason: 'no-seat' });
  if (form.closesAt && seats.every(({ by }) => by === 'guest')) return refused({ reason: 'no-center' });
  const wanted = newMeeting(actor, callable, city, seats, form, submissionKey);
  const centers = seats.flatMap((seat) => (seat.by === 'guest' ? [] : [seat.center]));
  const contacts = await listContacts(db, centers);
  const made = await createMeeting(scope, wanted, ({ meeting }) =>
    form.closesAt
      ? openPoll(scope, meeting, { callable, seats, contacts, dates: form.dates, closesAt: form.closesAt })
      : invite(meeting, { callable, seats, contacts }, city.name),
  );
  return done(made);
}

function newMeeting(
  actor: Actor,
  { kind, host }: Callable,
  city: City,
  seats: readonly Seat[],
  form: CallForm,
  submissionKey: string,
): NewMeeting {
  const [first] = form.dates;
  if (!first) throw new Error('a call has a date');
  const { title, place, url, papersUrl, isPrivate, answerBy, agendaBy } = form;
  const facts = { title, place, url, papersUrl, isPrivate, answerBy, agendaBy };
  const firstMonth = city.fiscalYearStart;
  return {
    kind,
    hostCenter: host.code,
    series: eraYear(fiscalYearOf(first.startsAt, firstMonth), firstMonth),
    seats,
    organiser: actor.slackUserId,
    submissionKey: `call/${submissionKey}`,
    columns: form.closesAt
      ? { status: 'polling', startsAt: null, endsAt: null, ...facts }
      : { status: 'fixed', ...first, ...facts },
  };
}

function closedDays({ dates }: CallForm, city: City): JapanDate[] {
  const calendar = calendarOf({
    businessHours: city.businessHours,
    closedDays: JSON.parse(city.closedDays),
  });
  const days = new Set(dates.map(({ startsAt }) => japanDate(startsAt)));
  return [...days].filter((on) => !isBusinessDay(calendar, on));
}

/** Those of the kind's rules and those that the form adds; whoever is not in today's directory is not invited. */
function invitedSeats({ kind, people, districts, centers }: Callable, form: CallForm): Seat[] {
  const added: AttendeeRule[] = [
    ...form.people.map((slackUserId) => ({ who: 'person' as const, slackUserId })),
    ...form.guests.map((guest) => ({ who: 'guest' as const, ...guest })),
  ];
  const byHand: Seat[] = [
    ...seatsOf(added, people, districts),
    ...centers
      .filter(({ code }) => form.centers.includes(code))
      .map(({ code }): Seat => ({ seat: `center:${code}`, by: 'center', center: code })),
  ].map((each) => ({ ...each, isByHand: true }));
  const byRule = seatsOf(kind.attendees, people, districts);
  return [...new Map([...byHand, ...byRule].map((each) => [each.seat, each])).values()];
}

interface Inviting {
  callable: Callable;
  seats: readonly Seat[];
  contacts: ReadonlyMap<string, readonly string[]>;
}

function invite(meeting: Meeting, { callable, seats, contacts }: Inviting, cityName: string): Making {
  const { kind, host } = callable;
  return inviteTo({ meeting, kind, host }, recipientsOf(seats.map(addressOf), contacts), cityName);
}

/** Guests hear when there is a date: they have no vote. */
function openPoll(
  { db, now }: Scope,
  meeting: Meeting,
  { callable, seats, contacts, dates, closesAt }: Inviting & Pick<CallForm, 'dates'> & { closesAt: Date },
): Making {
  const { id, reference, title } = meeting;
  const candidates = dates.map((date) => ({ id: crypto.randomUUID(), meetingId: id, ...date }));
  const state: PollState = { closesAt, closedAt: null, decidedDate: null, dates: candidates, votes: [] };
  const people = votersOf(seats.map(addressOf), contacts);
  const of = { id, reference, title, kindName: callable.kind.name };
  return {
    after: { poll: state },
    statements: [
      db
        .insert(poll)
        .values({ meetingId: id, closesAt, closedAt: null, decidedDate: null, overrideReason: null }),
      db.insert(pollDate).values(candidates),
    ],
    told: people.map((recipient) => ({ what: openedMark(now), recipient })),
    entries: openedEntries(of, { closesAt, dates }, people, false),
  };
}

function addressOf(seat: Seat) {
  return {
    seat: seat.seat,
    person: seat.by === 'person' ? seat.person : null,
    center: seat.by === 'guest' ? null : seat.center,
    guestName: seat.by === 'guest' ? seat.name : null,
    guestEmail: seat.by === 'guest' ? seat.email : null,
  };
}
