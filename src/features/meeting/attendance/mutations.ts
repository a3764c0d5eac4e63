/** Answering for a seat: by whoever sits there or whose center does, in time; by those who arrange the meeting as long as it lasts. */
import { and, eq } from 'drizzle-orm';
import type { Statement } from '../../../lib/db.ts';
import { done, NOT_FOUND, type NotFound, type Result, refused } from '../../../lib/result.ts';
import type { Scope } from '../../../slack/scope.ts';
import { recordAlone } from '../../../vault/audit.ts';
import type { Sealed } from '../../../vault/key-ring.ts';
import type { Actor } from '../../directory/actor.ts';
import { type Colleague, listCenterStaff } from '../../directory/data.ts';
import { circleOf, type InvitedSeat, type LoadedMeeting } from '../data.ts';
import { openMeeting } from '../opening/mutations.ts';
import { mayArrange, maySee } from '../rules.ts';
import { openMeetingsKey } from '../sealing.ts';
import { changeMeeting, noteRefusal } from '../storing/mutations.ts';
import { seat as seatTable } from '../tables.ts';
import { type SeatAnswer, tellAppointed } from './appointing.ts';
import { deputyPlace, findSeat, openDeputyName } from './data.ts';
import { type SeatLine, seatLines } from './lines.ts';
import { type AnswerDenial, denialOfAnswer, ownSeats } from './rules.ts';
import type { WantedAnswer } from './schema.ts';

export type AnswerRefusal =
  | {
      reason:
        | AnswerDenial
        | 'no-url'
        | 'person-missing'
        | 'not-of-center'
        | 'deputy-missing'
        | 'deputy-not-of-center'
        | 'deputy-is-self';
    }
  | NotFound;

export interface Answered {
  loaded: LoadedMeeting;
  seat: InvitedSeat;
}

/**
 * Answers for a seat, or changes its answer. Answering the same again changes nothing and tells nobody. Who is named for a center's
 * seat, or comes as a deputy, hears of it.
 */
export async function answerSeat(
  scope: Scope,
  actor: Actor,
  id: string,
  wanted: WantedAnswer,
): Promise<Result<Answered, AnswerRefusal>> {
  const { db, now } = scope;
  let answeredSeat = '';
  const changed = await changeMeeting<AnswerRefusal>(
    scope,
    actor,
    { id, action: 'meeting.answer' },
    async (loaded) => {
      const found = await seatToAnswer(scope, actor, loaded, wanted);
      if (!found.ok) return found;
      const of = found.value;
      answeredSeat = of.seat;
      const colleagues = of.center === null ? [] : await listCenterStaff(db, of.center);
      const settled = settle(actor, of, wanted, colleagues);
      if (!settled.ok) return settled;
      const said = settled.value;
      if (await isSame(scope, id, of, said, wanted)) return done(undefined);
      const answer: SeatAnswer = { ...said, deputyName: await sealName(scope, id, of.seat, wanted) };
      const by = { answeredBy: actor.slackUserId, answeredAt: now };
      return done({
        detail: { seat: subjectOf(of), answer: answer.answer, person: answer.person, deputy: answer.deputy },
        after: {
          seats: loaded.seats.map((each) => (each.seat === of.seat ? { ...each, ...answer, ...by } : each)),
        },
        statements: [storeAnswer(scope, id, of.seat, answer, actor)],
        ...(await tellAppointed(scope, actor, loaded, of, answer)),
      });
    },
  );
  if (!changed.ok) return changed;
  const seat = changed.value.seats.find((each) => each.seat === answeredSeat);
  return seat ? done({ loaded: changed.value, seat }) : refused(NOT_FOUND);
}

async function seatToAnswer(
  { now }: Scope,
  actor: Actor,
  loaded: LoadedMeeting,
  wanted: WantedAnswer,
): Promise<Result<InvitedSeat, AnswerRefusal>> {
  if (!maySee(actor, circleOf(loaded))) return refused(NOT_FOUND);
  const { seats, meeting } = loaded;
  const of = wanted.seat === null ? ownSeats(actor, seats)[0] : await findSeat(seats, wanted.seat);
  const denial = denialOfAnswer(loaded, actor, of, now);
  if (denial !== undefined || !of) return refused({ reason: denial ?? 'not-invited' });
  if (wanted.answer === 'online' && meeting.url === null) return refused({ reason: 'no-url' });
  return done(of);
}

function storeAnswer(
  { db, now }: Scope,
  meetingId: string,
  seat: string,
  { answer, person, deputy, deputyName }: SeatAnswer,
  actor: Actor,
): Statement {
  return db
    .update(seatTable)
    .set({ answer, person, deputy, deputyName, answeredBy: actor.slackUserId, answeredAt: now })
    .where(and(eq(seatTable.meetingId, meetingId), eq(seatTable.seat, seat)));
}

/** What will stand at the seat, but for the deputy's typed name. */
function settle(
  actor: Actor,
  of: InvitedSeat,
  wanted: WantedAnswer,
  colleagues: readonly Colleague[],
): Result<Omit<SeatAnswer, 'deputyName'>, AnswerRefusal> {
  const { answer } = wanted;
  const whose = of.seat.startsWith('center:')
    ? personFor(actor, of, wanted, colleagues)
    : done({ person: of.person, name: of.name });
  if (!whose.ok) return whose;
  if (answer !== 'deputy') return done({ answer, ...whose.value, deputy: null });
  const { deputy } = wanted;
  if (deputy === null && wanted.deputyName === null) return refused({ reason: 'deputy-missing' });
  if (deputy !== null && !nameOf(colleagues, deputy)) return refused({ reason: 'deputy-not-of-center' });
  if (deputy !== null && deputy === whose.value.person) return refused({ reason: 'deputy-is-self' });
  return done({ answer, ...whose.value, deputy });
}

/** Who comes from a center: whom the form says, else who was named before and still works there, else whoever answers. */
function personFor(
  actor: Actor,
  of: InvitedSeat,
  wanted: WantedAnswer,
  colleagues: readonly Colleague[],
): Result<Pick<SeatAnswer, 'person' | 'name'>, AnswerRefusal> {
  const comes = wanted.answer === 'attending' || wanted.answer === 'online';
  const standing = nameOf(colleagues, of.person) === null ? null : of.person;
  const fallback = comes && actor.center.code === of.center ? actor.slackUserId : null;
  const person = wanted.person === undefined ? (standing ?? fallback) : wanted.person;
  const name = nameOf(colleagues, person);
  if (person !== null && name === null) return refused({ reason: 'not-of-center' });
  return person === null && comes ? refused({ reason: 'person-missing' }) : done({ person, name });
}

function nameOf(colleagues: readonly Colleague[], person: string | null): string | null {
  return colleagues.find(({ slackUserId }) => slackUserId === person)?.name ?? null;
}

async function isSame(
  scope: Scope,
  meetingId: string,
  of: InvitedSeat,
  said: Omit<SeatAnswer, 'deputyName'>,
  wanted: WantedAnswer,
): Promise<boolean> {
  if (of.answer !== said.answer || of.person !== said.person || of.deputy !== said.deputy) return false;
  const name = said.answer === 'deputy' ? wanted.deputyName : null;
  return (await openDeputyName(scope, meetingId, of)) === name;
}

async function sealName(
  scope: Scope,
  meetingId: string,
  seat: string,
  { answer, deputyName }: WantedAnswer,
): Promise<Sealed | null> {
  if (answer !== 'deputy' || deputyName === null) return null;
  return (await openMeetingsKey(scope)).seal(deputyPlace(meetingId, seat), deputyName);
}

/** A guest's seat is her address: the log names no more than that it was a guest's. */
function subjectOf({ seat }: InvitedSeat): string {
  return seat.startsWith('guest:') ? 'guest' : seat;
}

/** The answers of a meeting for a file; noted. For those who arrange it. */
export async function exportAttendance(
  scope: Scope,
  actor: Actor,
  id: string,
): Promise<Result<{ name: string; lines: SeatLine[] }, NotFound>> {
  const action = 'meeting.export_attendance';
  const found = await openMeeting(scope, actor, id, action);
  if (!found.ok) return found;
  const { meeting, host } = found.value;
  if (!mayArrange(actor, { hostCenter: meeting.hostCenter, hostKind: host.kind })) {
    await noteRefusal(scope, actor, action, meeting.reference, NOT_FOUND.reason);
    return refused(NOT_FOUND);
  }
  await recordAlone(scope.db, {
    at: scope.now,
    actor: actor.slackUserId,
    action,
    outcome: 'done',
    ...scope.origin,
    detail: { meeting: meeting.reference },
  });
  return done({ name: meeting.reference.replace(/^会/, ''), lines: await seatLines(scope, found.value) });
}
