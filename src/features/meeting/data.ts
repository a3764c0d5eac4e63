/** A meeting as it stands, whoever asks. */
import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import * as v from 'valibot';
import type { Database } from '../../lib/db.ts';
import type { ChainHead } from '../../vault/audit.ts';
import { EMPTY_CHAIN } from '../../vault/audit.ts';
import { auditEntry } from '../../vault/tables.ts';
import { readKind } from '../directory/meeting-kinds/data.ts';
import type { MeetingKind } from '../directory/meeting-kinds/rules.ts';
import { meetingKind } from '../directory/meeting-kinds/tables.ts';
import type { Host } from '../directory/meeting-kinds/words.ts';
import { center, city, staff } from '../directory/tables.ts';
import { agendaItem } from './agenda/tables.ts';
import { attendanceRequest } from './issues/tables.ts';
import { minutes } from './minutes/tables.ts';
import { poll, pollDate, pollVote } from './poll/tables.ts';
import type { Circle } from './rules.ts';
import { CARD_SHOWN, meeting, notice, seat } from './tables.ts';
import { training, trainingApplication } from './training/tables.ts';
import { VOTES } from './words.ts';

export type Meeting = typeof meeting.$inferSelect;
type SeatRow = typeof seat.$inferSelect;

/** A seat that is invited, with the names of whose it is. */
export interface InvitedSeat extends Omit<SeatRow, 'meetingId' | 'removedAt'> {
  /** Of the person, or of the guest; null for a center that named nobody yet. */
  name: string | null;
  centerShort: string | null;
}

export interface PollState {
  closesAt: Date;
  closedAt: Date | null;
  decidedDate: string | null;
  /** In order. */
  dates: readonly { id: string; startsAt: Date; endsAt: Date }[];
  votes: readonly CenterVote[];
}

export interface CenterVote {
  center: string;
  answers: Readonly<Record<string, (typeof VOTES)[number]>>;
  votedBy: string;
  isProxy: boolean;
  votedAt: Date;
}

/** Of 研修: how full it is. */
export interface TrainingState {
  seats: number | null;
  professions: readonly string[];
  applyBy: string;
  accepted: number;
  waiting: number;
}

/** A meeting with what its rules and its card need and the head of its audit chain, read in one transaction. */
export interface LoadedMeeting {
  meeting: Meeting;
  kind: MeetingKind;
  host: { code: string; kind: Host; short: string; channel: string | null };
  headsChannel: string | null;
  seats: readonly InvitedSeat[];
  poll: PollState | null;
  training: TrainingState | null;
  request: typeof attendanceRequest.$inferSelect | null;
  /** In order; without the titles, which are sealed. */
  agenda: readonly AgendaFact[];
  /** A planned meeting gets its card when it comes near: whether it did. */
  hasCard: boolean;
  /** Null while nobody wrote any. */
  minutes: { writtenAt: Date; approvedAt: Date | null } | null;
  head: ChainHead;
}

/** What of an item of the agenda may stand in chat. */
export interface AgendaFact {
  proposedBy: string;
  centerShort: string;
  minutes: number | null;
  /** `R8-0042`, `課R8-003`: what it is about, if anything. */
  references: readonly string[];
}

const Answers = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.picklist(VOTES)));
const Professions = v.pipe(v.string(), v.parseJson(), v.array(v.string()));

/** Undefined when there is none of that id. Asks nobody's permission: `rules.maySee` is the caller's first question. */
export async function loadMeeting(db: Database, id: string): Promise<LoadedMeeting | undefined> {
  const ofMeeting = sql`(SELECT kind FROM meeting WHERE id = ${id})`;
  const [
    meetings,
    kinds,
    hosts,
    cities,
    seats,
    polls,
    dates,
    votes,
    trainings,
    applications,
    requests,
    items,
    written,
    cards,
    heads,
  ] = await db.batch([
    db.select().from(meeting).where(eq(meeting.id, id)),
    db.select().from(meetingKind).where(sql`${meetingKind.id} = ${ofMeeting}`),
    db
      .select({ code: center.code, kind: center.kind, short: center.short, channel: center.channel })
      .from(center)
      .where(sql`${center.code} = (SELECT host_center FROM meeting WHERE id = ${id})`),
    db.select({ headsChannel: city.headsChannel }).from(city).where(eq(city.id, 1)),
    db
      .select({
        // A batch of D1 returns rows by column name: names of people and centers get names of their own.
        ...seatColumns,
        name: sql<string | null>`coalesce(${staff.name}, ${seat.guestName})`.as('seat_name'),
        centerShort: sql<string | null>`${center.short}`.as('center_short'),
      })
      .from(seat)
      .leftJoin(staff, eq(staff.slackUserId, seat.person))
      .leftJoin(center, eq(center.code, seat.center))
      .where(and(eq(seat.meetingId, id), isNull(seat.removedAt)))
      .orderBy(sql`${center.position} IS NULL`, asc(center.position), asc(staff.position), asc(seat.seat)),
    db.select().from(poll).where(eq(poll.meetingId, id)),
    db
      .select()
      .from(pollDate)
      .where(eq(pollDate.meetingId, id))
      .orderBy(asc(pollDate.startsAt), asc(pollDate.id)),
    db.select().from(pollVote).where(eq(pollVote.meetingId, id)),
    db.select().from(training).where(eq(training.meetingId, id)),
    db
      .select({
        state: trainingApplication.state,
        count: sql<number>`count(*)`.as('applications'),
      })
      .from(trainingApplication)
      .where(eq(trainingApplication.meetingId, id))
      .groupBy(trainingApplication.state),
    db.select().from(attendanceRequest).where(eq(attendanceRequest.meetingId, id)),
    db
      .select({
        proposedBy: agendaItem.proposedBy,
        centerShort: sql<string>`${center.short}`.as('item_center'),
        minutes: agendaItem.minutes,
        consultation: sql<
          string | null
        >`(SELECT reference FROM consultation WHERE id = ${agendaItem.consultationId})`.as('item_case'),
        issue: sql<
          string | null
        >`(SELECT reference FROM community_issue WHERE id = ${agendaItem.issueId})`.as('item_issue'),
      })
      .from(agendaItem)
      .innerJoin(center, eq(center.code, agendaItem.center))
      .where(and(eq(agendaItem.meetingId, id), isNull(agendaItem.removedAt)))
      .orderBy(asc(agendaItem.position), asc(agendaItem.id)),
    db
      .select({ writtenAt: minutes.writtenAt, approvedAt: minutes.approvedAt })
      .from(minutes)
      .where(eq(minutes.meetingId, id)),
    db
      .select({ at: notice.at })
      .from(notice)
      .where(and(eq(notice.meetingId, id), eq(notice.what, CARD_SHOWN)))
      .limit(1),
    db
      .select({ seq: auditEntry.seq, hash: auditEntry.hash })
      .from(auditEntry)
      .where(eq(auditEntry.chain, `meeting:${id}`))
      .orderBy(desc(auditEntry.seq))
      .limit(1),
  ]);
  const [found, kind, host, ofCity] = [meetings[0], kinds[0], hosts[0], cities[0]];
  if (!found || !kind || !host || !ofCity) return undefined;
  const [ofPoll, ofTraining] = [polls[0], trainings[0]];
  const countOf = (state: string) => applications.find((each) => each.state === state)?.count ?? 0;
  return {
    meeting: found,
    kind: readKind(kind),
    host,
    headsChannel: ofCity.headsChannel,
    seats,
    poll: ofPoll
      ? {
          closesAt: ofPoll.closesAt,
          closedAt: ofPoll.closedAt,
          decidedDate: ofPoll.decidedDate,
          dates: dates.map(({ id: dateId, startsAt, endsAt }) => ({ id: dateId, startsAt, endsAt })),
          votes: votes.map(({ meetingId, answers, ...vote }) => ({
            ...vote,
            answers: v.parse(Answers, answers),
          })),
        }
      : null,
    training: ofTraining
      ? {
          seats: ofTraining.seats,
          professions: v.parse(Professions, ofTraining.professions),
          applyBy: ofTraining.applyBy,
          accepted: countOf('accepted'),
          waiting: countOf('waiting'),
        }
      : null,
    request: requests[0] ?? null,
    agenda: items.map(({ consultation, issue, ...item }) => ({
      ...item,
      references: [consultation, issue].filter((each) => each !== null),
    })),
    hasCard: cards.length > 0,
    minutes: written[0] ?? null,
    head: heads[0] ?? EMPTY_CHAIN,
  };
}

const seatColumns = {
  seat: seat.seat,
  person: seat.person,
  center: seat.center,
  guestName: seat.guestName,
  guestEmail: seat.guestEmail,
  answer: seat.answer,
  deputy: seat.deputy,
  deputyName: seat.deputyName,
  answeredBy: seat.answeredBy,
  answeredAt: seat.answeredAt,
  presence: seat.presence,
  invitedAt: seat.invitedAt,
  isByHand: seat.isByHand,
} as const;

/** What the rules ask of it. */
export function circleOf({ meeting: of, host, seats, request }: LoadedMeeting): Circle {
  return {
    isPrivate: of.isPrivate,
    hostCenter: of.hostCenter,
    hostKind: host.kind,
    seats,
    isCoreAsked: request !== null && request.answer !== 'declined',
  };
}

/** The id behind a reference as `rules.readMeetingReference` gives it. */
export async function findMeetingId(db: Database, reference: string): Promise<string | undefined> {
  const [row] = await db
    .select({ id: meeting.id })
    .from(meeting)
    .where(eq(meeting.reference, reference))
    .limit(1);
  return row?.id;
}

/** The centers whose seats are invited, each once: they vote, and make the quorum. */
export function invitedCenters(
  seats: readonly Pick<InvitedSeat, 'center' | 'centerShort'>[],
): { code: string; short: string }[] {
  const centers = seats.flatMap(({ center: code, centerShort }) =>
    code === null ? [] : [[code, { code, short: centerShort ?? code }] as const],
  );
  return [...new Map(centers).values()];
}
