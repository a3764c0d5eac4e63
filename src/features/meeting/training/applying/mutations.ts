/** Applying for a training and withdrawing: the meeting's chain serialises both, so that a last seat is given once and a seat that is free goes to the first who waits. */
import { eq } from 'drizzle-orm';
import { japanDate } from '../../../../lib/jst.ts';
import { done, NOT_FOUND, type NotFound, type Result, refused } from '../../../../lib/result.ts';
import { escapeMrkdwn } from '../../../../slack/mrkdwn.ts';
import type { OutboxEntry } from '../../../../slack/outbox.ts';
import type { Scope } from '../../../../slack/scope.ts';
import type { Actor } from '../../../directory/actor.ts';
import { circleOf, type LoadedMeeting, type TrainingState } from '../../data.ts';
import { mayArrange, maySee } from '../../rules.ts';
import { changeMeeting, type MeetingChange } from '../../storing/mutations.ts';
import { type Application, type Colleague, findColleague, listApplications } from '../data.ts';
import { directTo, isThere, movingUpOf, nameOf, seating, withdrawalOf } from '../line/mutations.ts';
import { isBeforeTheDay, isFor, mayApplyFor, movingUp, placeInLine } from '../rules.ts';
import { training, trainingApplication } from '../tables.ts';
import { trainingText as text } from '../text.ts';

export type ApplyRefusal =
  | { reason: 'over' | 'not-yours' }
  | { reason: 'closed'; applyBy: string }
  | { reason: 'wrong-profession'; professions: readonly string[] };

/** What became of an application; `place` in the line for whoever waits. */
export interface AppliedFor {
  name: string;
  place: number | null;
}

/** A training that can be changed still. */
interface Open {
  loaded: LoadedMeeting;
  training: TrainingState;
  startsAt: Date;
  isArranger: boolean;
}

/**
 * Applies for somebody: with a seat, else on the waiting list. Whoever applied already stays where she is.
 * After the last day arrangers only may add somebody.
 */
export async function applyFor(
  scope: Scope,
  actor: Actor,
  id: string,
  slackUserId: string,
): Promise<Result<AppliedFor, ApplyRefusal | NotFound>> {
  const { db, now } = scope;
  let applied: AppliedFor | undefined;
  const changed = await changeMeeting<ApplyRefusal | NotFound>(
    scope,
    actor,
    { id, action: 'meeting.apply' },
    async (loaded) => {
      const open = openTraining(loaded, actor, now);
      if (!open.ok) return open;
      const person = await findColleague(db, slackUserId);
      const refusal = refusalOf(open.value, actor, person, now);
      if (refusal || !person) return refused(refusal ?? { reason: 'not-yours' });
      const applications = await listApplications(db, id);
      const known = applications.find((each) => each.person === slackUserId);
      if (known) {
        applied = { name: person.name, place: placeInLine(applications, slackUserId) };
        return done(undefined);
      }
      const { change, place } = applicationOf(scope, actor, open.value, applications, person);
      applied = { name: person.name, place };
      return done(change);
    },
  );
  if (!changed.ok) return changed;
  if (!applied) throw new Error('applied without an outcome');
  return done(applied);
}

function refusalOf(
  { training: { professions, applyBy }, startsAt, isArranger }: Open,
  actor: Actor,
  person: Colleague | undefined,
  now: Date,
): ApplyRefusal | undefined {
  if (!person || !mayApplyFor(actor, person, isArranger)) return { reason: 'not-yours' };
  if (!isFor(professions, person.profession)) return { reason: 'wrong-profession', professions };
  if (isArranger) return undefined;
  if (japanDate(now) > applyBy) return { reason: 'closed', applyBy };
  return now >= startsAt ? { reason: 'over' } : undefined;
}

function applicationOf(
  { db, now }: Scope,
  actor: Actor,
  { loaded, training: of }: Open,
  applications: readonly Application[],
  person: Colleague,
): { change: MeetingChange; place: number | null } {
  const { id } = loaded.meeting;
  const accepted = applications.filter(({ state }) => state === 'accepted').length;
  const hasSeat = of.seats === null || accepted < of.seats;
  const place = hasSeat ? null : applications.length - accepted + 1;
  // Later than everybody's before, also within one millisecond: the place that is said holds.
  const latest = Math.max(0, ...applications.map(({ appliedAt }) => appliedAt.getTime()));
  const row = {
    appliedAt: new Date(Math.max(now.getTime(), latest + 1)),
    appliedBy: actor.slackUserId,
    state: hasSeat ? ('accepted' as const) : ('waiting' as const),
    attendedMinutes: null,
  };
  const change: MeetingChange = {
    detail: { person: person.slackUserId, state: row.state },
    after: { training: { ...of, accepted: accepted + (hasSeat ? 1 : 0), waiting: place ?? of.waiting } },
    statements: [
      db
        .insert(trainingApplication)
        .values({ meetingId: id, person: person.slackUserId, ...row })
        .onConflictDoUpdate({
          target: [trainingApplication.meetingId, trainingApplication.person],
          set: row,
        }),
      ...(hasSeat ? seating(db, id, [{ ...person, person: person.slackUserId }], now) : []),
    ],
    // Whoever has no seat yet hears of changes by what she was told.
    told: hasSeat ? [] : [{ what: `waiting/${loaded.head.seq + 1}`, recipient: person.slackUserId }],
    entries:
      person.slackUserId === actor.slackUserId
        ? []
        : [appliedForEntry(loaded, actor, person.slackUserId, place)],
  };
  return { change, place };
}

export type WithdrawRefusal = { reason: 'not-applied' | 'too-late' | 'over' };

/** Withdraws an application, of oneself or of whom one may apply for; whoever is first in the line then has the seat, and is told. */
export async function withdrawFor(
  scope: Scope,
  actor: Actor,
  id: string,
  slackUserId: string,
): Promise<Result<{ name: string }, WithdrawRefusal | NotFound>> {
  let name = '';
  const changed = await changeMeeting<WithdrawRefusal | NotFound>(
    scope,
    actor,
    { id, action: 'meeting.withdraw' },
    async (loaded) => {
      const open = openTraining(loaded, actor, scope.now);
      if (!open.ok) return open.refusal.reason === 'over' ? refused({ reason: 'over' }) : refused(NOT_FOUND);
      const { isArranger, startsAt } = open.value;
      const applications = await listApplications(scope.db, id);
      const own = applications.find((each) => each.person === slackUserId);
      if (!own || !mayApplyFor(actor, { slackUserId, center: own.center }, isArranger))
        return refused({ reason: 'not-applied' });
      if (!isBeforeTheDay(startsAt, scope.now) && !isArranger) return refused({ reason: 'too-late' });
      name = own.name;
      const change = withdrawalOf(scope, loaded, applications, own);
      const told: OutboxEntry[] =
        slackUserId === actor.slackUserId
          ? []
          : [
              directTo(
                loaded,
                slackUserId,
                text.told.withdrawnForYou(escapeMrkdwn(actor.name), nameOf(loaded)),
              ),
            ];
      return done({ ...change, entries: [...(change.entries ?? []), ...told] });
    },
  );
  return changed.ok ? done({ name }) : changed;
}

export type SeatsRefusal = { reason: 'too-few'; accepted: number };

/** Changes how many seats there are; with more of them those who wait move up. Requires an arranger. @returns how many moved up */
export async function changeSeats(
  scope: Scope,
  actor: Actor,
  id: string,
  seats: number | null,
): Promise<Result<number, SeatsRefusal | NotFound>> {
  let moved = 0;
  const changed = await changeMeeting<SeatsRefusal | NotFound>(
    scope,
    actor,
    { id, action: 'meeting.change_seats' },
    async (loaded) => {
      const open = openTraining(loaded, actor, scope.now);
      if (!open.ok || !open.value.isArranger) return refused(NOT_FOUND);
      if (open.value.training.seats === seats) return done(undefined);
      const applications = await listApplications(scope.db, id);
      const accepted = applications.filter(({ state }) => state === 'accepted').length;
      if (seats !== null && seats < accepted) return refused({ reason: 'too-few', accepted });
      const change = movingUpOf(scope, loaded, applications, seats);
      moved = movingUp(applications.filter(isThere), seats).length;
      return done({
        ...change,
        detail: { ...change.detail, seats },
        statements: [
          scope.db.update(training).set({ seats }).where(eq(training.meetingId, id)),
          ...(change.statements ?? []),
        ],
      });
    },
  );
  return changed.ok ? done(moved) : changed;
}

function openTraining(
  loaded: LoadedMeeting,
  actor: Actor,
  now: Date,
): Result<Open, { reason: 'over' } | NotFound> {
  const { meeting, training: of } = loaded;
  const circle = circleOf(loaded);
  if (!of || !maySee(actor, circle)) return refused(NOT_FOUND);
  const { startsAt, endsAt, status } = meeting;
  if (!startsAt || !endsAt || status !== 'fixed' || now >= endsAt) return refused({ reason: 'over' });
  return done({ loaded, training: of, startsAt, isArranger: mayArrange(actor, circle) });
}

function appliedForEntry(
  loaded: LoadedMeeting,
  actor: Actor,
  person: string,
  place: number | null,
): OutboxEntry {
  const state = place === null ? text.state.accepted : text.state.waiting(place);
  return directTo(loaded, person, text.told.forYou(escapeMrkdwn(actor.name), nameOf(loaded), state));
}
