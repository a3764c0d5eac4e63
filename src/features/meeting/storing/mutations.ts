/**
 * How every meeting is made and changed: one batch of audit entry, rows, notices, mails and outbox entries. The audit entry stands first
 * and is unique in the meeting's chain, so of two changes at the same time one fails as a whole, looks again and decides anew.
 */
import { and, eq, sql } from 'drizzle-orm';
import { type Database, isUniqueViolation, runBatch, type Statement } from '../../../lib/db.ts';
import { done, type Result, refused } from '../../../lib/result.ts';
import { enqueueMail, type MailEntry } from '../../../mail/outbox.ts';
import { enqueue, type OutboxEntry } from '../../../slack/outbox.ts';
import type { Scope } from '../../../slack/scope.ts';
import { type AuditEvent, appendEntry, EMPTY_CHAIN, nextEntry, recordAlone } from '../../../vault/audit.ts';
import type { Actor } from '../../directory/actor.ts';
import { findCenterInCity, findCity } from '../../directory/data.ts';
import type { MeetingKind, Seat } from '../../directory/meeting-kinds/rules.ts';
import { cardEntries } from '../cards/blocks.ts';
import { type InvitedSeat, type LoadedMeeting, loadMeeting, type Meeting } from '../data.ts';
import { formatMeetingReference } from '../rules.ts';
import { meeting, notice, seat } from '../tables.ts';

/** How often a change that lost to another one looks again. Each round somebody else was served, so 50 presses at once end within it. */
const ATTEMPTS = 60;
const PAUSE_MS = 20;
const MAX_PAUSE_MS = 200;

/** All that those hear who may not see a meeting. */
export interface NotFound {
  reason: 'not-found';
}
export const NOT_FOUND: NotFound = { reason: 'not-found' };

export interface MeetingChange {
  /** Identifiers and controlled words. */
  detail?: AuditEvent['detail'];
  /** Columns of the meeting that become others. */
  set?: Partial<Omit<Meeting, 'id' | 'version' | 'updatedAt'>>;
  /** What else is another afterwards, where the card shows it. */
  after?: Partial<Pick<LoadedMeeting, 'seats' | 'poll' | 'training' | 'request'>>;
  /** Further rows of the same batch. */
  statements?: readonly Statement[];
  /** What people are told of: noted, so that none is told the same twice. A row that stands already fails the batch; `decide` looks first. */
  told?: readonly Told[];
  /** Beside the card, which always follows. */
  entries?: readonly OutboxEntry[];
  mails?: readonly MailEntry[];
}

export interface Told {
  /** Controlled: `invited/0`, `day-before/2026-12-03`, `poll/72`. */
  what: string;
  /** A Slack id, or a guest's seat. */
  recipient: string;
}

/** Decides on the latest state; may run several times. Undefined when there is nothing to change. */
type Decide<Reason> = (loaded: LoadedMeeting) => Promise<Result<MeetingChange | undefined, Reason>>;

/**
 * Changes a meeting as `decide` says, which asks the rules first; else refuses, and notes that it refused.
 * @returns the meeting as it is afterwards
 */
export async function changeMeeting<Reason extends { reason: string }>(
  scope: Scope,
  actor: Actor,
  { id, action }: { id: string; action: string },
  decide: Decide<Reason>,
): Promise<Result<LoadedMeeting, Reason | NotFound>> {
  for (let attempt = 1; ; attempt += 1) {
    const loaded = await loadMeeting(scope.db, id);
    const decision = loaded ? await decide(loaded) : refused(NOT_FOUND);
    if (!decision.ok) {
      await noteRefusal(scope, actor, action, loaded?.meeting.reference, decision.refusal.reason);
      return decision;
    }
    if (!loaded) throw new Error('decided on what is not there');
    if (!decision.value) return done(loaded);
    const after = await tryChange(scope, actor.slackUserId, action, loaded, decision.value, attempt);
    if (after) return done(after);
    await letOthersPass(attempt);
  }
}

/** Of many at once all but one look again: at different moments, else they would all lose again but one. */
async function letOthersPass(attempt: number): Promise<void> {
  const ms = Math.random() * Math.min(attempt * PAUSE_MS, MAX_PAUSE_MS);
  await new Promise((resolve) => setTimeout(resolve, ms));
}

/** Changes a meeting on the house's own account: a date has come. Undefined from `decide` leaves it as it is. */
export async function changeMeetingByJob(
  scope: Scope,
  { id, action, job }: { id: string; action: string; job: string },
  decide: (loaded: LoadedMeeting) => Promise<MeetingChange | undefined>,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const loaded = await loadMeeting(scope.db, id);
    const change = loaded && (await decide(loaded));
    if (!loaded || !change) return;
    if (await tryChange(scope, `job:${job}`, action, loaded, change, attempt)) return;
  }
}

/** Notes that somebody was refused. @param reference of the meeting; undefined where there is none */
export function noteRefusal(
  scope: Scope,
  actor: Actor,
  action: string,
  reference: string | undefined,
  reason: string,
): Promise<void> {
  return recordAlone(scope.db, {
    at: scope.now,
    actor: actor.slackUserId,
    action,
    outcome: 'refused',
    ...scope.origin,
    detail: { reason, ...(reference === undefined ? {} : { meeting: reference }) },
  });
}

async function tryChange(
  scope: Scope,
  by: string,
  action: string,
  loaded: LoadedMeeting,
  change: MeetingChange,
  attempt: number,
): Promise<LoadedMeeting | undefined> {
  const { db, now } = scope;
  const { id, version, status } = loaded.meeting;
  const after: LoadedMeeting = {
    ...loaded,
    ...change.after,
    meeting: { ...loaded.meeting, ...change.set, version: version + 1, updatedAt: now },
  };
  const entry = await nextEntry(`meeting:${id}`, loaded.head, {
    at: now,
    actor: by,
    action,
    outcome: 'done',
    ...scope.origin,
    detail: {
      ...change.detail,
      meeting: after.meeting.reference,
      status: after.meeting.status,
      ...(after.meeting.status === status ? {} : { was: status }),
    },
  });
  try {
    // The audit entry first: a chain that somebody else extended undoes the whole batch.
    await runBatch(db, [
      appendEntry(db, entry),
      db.update(meeting).set(after.meeting).where(eq(meeting.id, id)),
      ...(change.statements ?? []),
      ...noticeStatements(db, id, change.told ?? [], now),
      ...mailStatements(db, id, change.mails ?? [], now),
      enqueue(db, [...cardEntries(after, now), ...(change.entries ?? [])], now),
    ]);
  } catch (error) {
    if (!isUniqueViolation(error) || attempt === ATTEMPTS) throw error;
    return undefined;
  }
  scope.wakeCourier();
  return { ...after, head: { seq: entry.seq, hash: entry.hash } };
}

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
  const fresh = await surroundingsOf(scope, wanted);
  for (let attempt = 1; ; attempt += 1) {
    const known = await findBySubmission(db, wanted.submissionKey);
    if (known) return known;
    const number = (await latestNumber(db, wanted.series)) + 1;
    const row: Meeting = { ...newRow(wanted, id, number), createdAt: now, updatedAt: now };
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
          [...cardEntries({ ...fresh, ...making.after, meeting: row }, now), ...(making.entries ?? [])],
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

/** What the card of a new meeting shows of everything around it. */
async function surroundingsOf(
  { db, now }: Scope,
  { kind, hostCenter, seats }: NewMeeting,
): Promise<Omit<LoadedMeeting, 'meeting'>> {
  const [host, city] = await Promise.all([findCenterInCity(db, hostCenter), findCity(db)]);
  if (!host || !city) throw new Error('a meeting has a host in the city');
  const { code, kind: hostKind, short, channel } = host.center;
  const invited = seats.map((each): InvitedSeat => ({ ...blankSeat(each), invitedAt: now }));
  return {
    kind,
    host: { code, kind: hostKind, short, channel },
    headsChannel: city.headsChannel,
    seats: invited,
    poll: null,
    training: null,
    request: null,
    agenda: [],
    hasCard: false,
    minutes: null,
    head: EMPTY_CHAIN,
  };
}

/** A seat that nobody answered for yet. */
export function blankSeat(of: Seat): Omit<InvitedSeat, 'invitedAt'> {
  return {
    seat: of.seat,
    person: of.by === 'person' ? of.person : null,
    center: of.by === 'guest' ? null : of.center,
    guestName: of.by === 'guest' ? of.name : null,
    guestEmail: of.by === 'guest' ? of.email : null,
    answer: null,
    deputy: null,
    deputyName: null,
    answeredBy: null,
    answeredAt: null,
    presence: null,
    isByHand: of.isByHand === true,
    name: null,
    centerShort: null,
  };
}

/** The statement that invites seats; those that are invited already keep their answers, those that were taken off are there again. */
export function seatStatements(
  db: Database,
  meetingId: string,
  seats: readonly Seat[],
  now: Date,
): Statement[] {
  if (seats.length === 0) return [];
  const rows = JSON.stringify(
    seats.map((each) => ({
      seat: each.seat,
      person: each.by === 'person' ? each.person : null,
      center: each.by === 'guest' ? null : each.center,
      guestName: each.by === 'guest' ? each.name : null,
      guestEmail: each.by === 'guest' ? each.email : null,
      isByHand: each.isByHand === true,
    })),
  );
  const listed = sql`(SELECT value->>'seat' FROM json_each(${rows}))`;
  return [
    // Whose seat was taken off has the meeting as cancelled in her calendar, one number higher (calendar/rules.ts).
    db
      .update(meeting)
      .set({ sequence: sql`${meeting.sequence} + 2` })
      .where(
        and(
          eq(meeting.id, meetingId),
          sql`EXISTS (SELECT 1 FROM meeting_seat WHERE meeting_id = ${meetingId} AND removed_at IS NOT NULL AND seat IN ${listed})`,
        ),
      ),
    // Every column of the table, in its order.
    db
      .insert(seat)
      .select(
        sql`SELECT ${meetingId}, value->>'seat', value->>'person', value->>'center', value->>'guestName', value->>'guestEmail',
          NULL, NULL, NULL, NULL, NULL, NULL, ${now.getTime()}, NULL, value->>'isByHand' FROM json_each(${rows}) WHERE true`,
      )
      .onConflictDoUpdate({
        target: [seat.meetingId, seat.seat],
        set: { removedAt: null, center: sql`excluded.center`, isByHand: sql`excluded.is_by_hand` },
      }),
  ];
}

/** The statement that notes what people are told; it fails when one of them was told before. */
export function noticeStatements(
  db: Database,
  meetingId: string,
  told: readonly Told[],
  now: Date,
): Statement[] {
  if (told.length === 0) return [];
  const rows = JSON.stringify(told);
  return [
    db
      .insert(notice)
      .select(
        sql`SELECT ${meetingId}, value->>'what', value->>'recipient', ${now.getTime()} FROM json_each(${rows}) WHERE true`,
      ),
  ];
}

function mailStatements(
  db: Database,
  meetingId: string,
  mails: readonly MailEntry[],
  now: Date,
): Statement[] {
  return mails.length === 0
    ? []
    : [
        enqueueMail(
          db,
          mails.map((mail) => ({ about: meetingId, ...mail })),
          now,
        ),
      ];
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

async function findBySubmission(
  db: Database,
  key: string,
): Promise<{ id: string; reference: string } | undefined> {
  const [row] = await db
    .select({ id: meeting.id, reference: meeting.reference })
    .from(meeting)
    .where(eq(meeting.submissionKey, key))
    .limit(1);
  return row;
}

async function latestNumber(db: Database, series: string): Promise<number> {
  const [row] = await db
    .select({ number: sql<number | null>`max(${meeting.number})` })
    .from(meeting)
    .where(eq(meeting.series, series));
  return row?.number ?? 0;
}
