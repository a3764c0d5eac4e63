/** Making meetings: numbered, with their seats and what is told of them in one batch, and once a form. */
import { eq, sql } from 'drizzle-orm';
import { isUniqueViolation, runBatch, type Statement } from '../../../lib/db.ts';
import type { MailEntry } from '../../../mail/outbox.ts';
import { enqueue, type OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { appendEntry, EMPTY_CHAIN, nextEntry } from '../../../vault/audit.ts';
import type { MeetingKind, Seat } from '../../directory/meeting-kinds/rules.ts';
import { center, city } from '../../directory/tables.ts';
import { cardEntries } from '../cards/blocks.ts';
import type { LoadedMeeting, Meeting } from '../data.ts';
import { formatMeetingReference } from '../rules.ts';
import {
  blankSeat,
  mailStatements,
  noticeStatements,
  seatStatements,
  type Told,
} from '../storing/rows/mutations.ts';
import { meeting } from '../tables.ts';

/** How often one that lost its number to another looks again. */
const ATTEMPTS = 60;

/** A meeting to be made. */
export interface NewMeeting {
  kind: MeetingKind;
  hostCenter: string;
  /** `R8`: of the fiscal year that it falls into. */
  series: string;
  seats: readonly Seat[];
  organiser: string;
  /** Of the form and, where it makes several, the place in it: made again, the same meeting is returned. */
  submissionKey: string;
  columns: Pick<Meeting, 'status' | 'startsAt' | 'endsAt'> &
    Partial<Pick<Meeting, 'title' | 'place' | 'url' | 'papersUrl' | 'isPrivate' | 'answerBy' | 'agendaBy'>>;
}

/** What is stored and told with a new meeting, in its batch. */
export interface Making {
  /** What its card shows besides the meeting itself. */
  after?: Partial<Pick<LoadedMeeting, 'poll' | 'training' | 'request'>>;
  statements?: readonly Statement[];
  told?: readonly Told[];
  entries?: readonly OutboxEntry[];
  mails?: readonly MailEntry[];
}

/**
 * Makes a meeting. Requires that the rules let the organiser.
 * @param makingOf what else goes into its batch, once its id and reference are known; may run several times
 * @returns its id and reference, also when the same form made it before
 */
export async function createMeeting(
  scope: Scope,
  wanted: NewMeeting,
  makingOf: (made: {
    id: string;
    reference: string;
    meeting: Meeting;
  }) => Promise<Making> | Making = () => ({}),
): Promise<{ id: string; reference: string }> {
  const { db, now } = scope;
  const id = crypto.randomUUID();
  for (let attempt = 1; ; attempt += 1) {
    const { known, latest, around } = await takeStock(scope, wanted);
    if (known) return known;
    const row: Meeting = { ...newRow(wanted, id, latest + 1), createdAt: now, updatedAt: now };
    const { reference } = row;
    const making = await makingOf({ id, reference, meeting: row });
    const entry = await nextEntry(`meeting:${id}`, EMPTY_CHAIN, {
      at: now,
      actor: wanted.organiser,
      action: 'meeting.create',
      outcome: 'done',
      ...scope.origin,
      detail: { meeting: reference, kind: wanted.kind.id, status: row.status },
    });
    try {
      await runBatch(db, [
        appendEntry(db, entry),
        db.insert(meeting).values(row),
        ...seatStatements(db, id, wanted.seats, now),
        ...(making.statements ?? []),
        ...noticeStatements(db, id, making.told ?? [], now),
        ...mailStatements(db, id, making.mails ?? [], now),
        enqueue(
          db,
          [...cardEntries({ ...around, ...making.after, meeting: row }, now), ...(making.entries ?? [])],
          now,
        ),
      ]);
    } catch (error) {
      // Another meeting took the number, or the same form came twice at once.
      if (!isUniqueViolation(error) || attempt === ATTEMPTS) throw error;
      continue;
    }
    scope.wakeCourier();
    return { id, reference };
  }
}

/** Whether the form made it already, the latest number of the year, and what the card shows of everything around it. */
async function takeStock(
  { db, now }: Scope,
  { kind, hostCenter, seats, series, submissionKey }: NewMeeting,
): Promise<{
  known: { id: string; reference: string } | undefined;
  latest: number;
  around: Omit<LoadedMeeting, 'meeting'>;
}> {
  const [made, numbers, hosts, cities] = await db.batch([
    db
      .select({ id: meeting.id, reference: meeting.reference })
      .from(meeting)
      .where(eq(meeting.submissionKey, submissionKey)),
    db
      .select({ latest: sql<number | null>`max(${meeting.number})`.as('latest') })
      .from(meeting)
      .where(eq(meeting.series, series)),
    db
      .select({ code: center.code, kind: center.kind, short: center.short, channel: center.channel })
      .from(center)
      .where(eq(center.code, hostCenter)),
    db.select({ headsChannel: city.headsChannel }).from(city).where(eq(city.id, 1)),
  ]);
  const [host, ofCity] = [hosts[0], cities[0]];
  if (!host || !ofCity) throw new Error('a meeting has a host in the city');
  return {
    known: made[0],
    latest: numbers[0]?.latest ?? 0,
    around: {
      kind,
      host,
      headsChannel: ofCity.headsChannel,
      seats: seats.map((each) => ({ ...blankSeat(each), invitedAt: now })),
      poll: null,
      training: null,
      request: null,
      agenda: [],
      hasCard: false,
      minutes: null,
      head: EMPTY_CHAIN,
    },
  };
}

function newRow(
  { kind, hostCenter, series, organiser, submissionKey, columns }: NewMeeting,
  id: string,
  number: number,
) {
  return {
    id,
    reference: formatMeetingReference(series, number),
    series,
    number,
    kind: kind.id,
    hostCenter,
    title: columns.title ?? null,
    status: columns.status,
    startsAt: columns.startsAt,
    endsAt: columns.endsAt,
    place: columns.place === undefined ? kind.place : columns.place,
    url: columns.url === undefined ? kind.url : columns.url,
    papersUrl: columns.papersUrl ?? null,
    isPrivate: columns.isPrivate ?? kind.isPrivate,
    answerBy: columns.answerBy ?? null,
    agendaBy: columns.agendaBy ?? null,
    organiser,
    submissionKey,
    sequence: 0,
    version: 1,
    cancelledAt: null,
  };
}
