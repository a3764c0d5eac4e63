/** The decision of a date: once, with the quorum or a reason; the meeting is fixed, and everybody who was invited is told. */
import { eq } from 'drizzle-orm';
import { done, type Result, refused } from '../../../../lib/result.ts';
import type { Scope } from '../../../../slack/scope.ts';
import type { Sealed } from '../../../../vault/key-ring.ts';
import type { Actor } from '../../../directory/actor.ts';
import { listContacts } from '../../attendance/data.ts';
import { inviteTo } from '../../attendance/notices.ts';
import { recipientsOf } from '../../attendance/rules.ts';
import type { LoadedMeeting } from '../../data.ts';
import { meetingPlace, openMeetingsKey } from '../../sealing.ts';
import { changeMeeting } from '../../storing/mutations.ts';
import { findDecider } from '../data.ts';
import { arrangerRefusal, type PollRefusal } from '../mutations.ts';
import { isPolling, type Polling } from '../polling.ts';
import { neededCenters, type RankedDate, rankDates, votingCenters } from '../rules.ts';
import type { Decision } from '../schema.ts';
import { poll } from '../tables.ts';

/** Decides the date: the meeting is fixed, the poll closed, and everybody invited. Who comes second is told who was first. */
export async function decideDate(
  scope: Scope,
  actor: Actor,
  id: string,
  { dateId, answerBy, agendaBy, reason }: Decision,
): Promise<Result<LoadedMeeting, PollRefusal>> {
  const { db, now } = scope;
  return changeMeeting<PollRefusal>(scope, actor, { id, action: 'meeting.decide' }, async (loaded) => {
    const refusal = arrangerRefusal(actor, loaded);
    if (refusal) return refused(refusal);
    if (!isPolling(loaded)) return decidedBefore(scope, actor, loaded, dateId);
    const chosen = chooseDate(loaded, dateId, reason !== null, now);
    if (!chosen.ok) return chosen;
    const ranked = chosen.value;
    const set = {
      status: 'fixed' as const,
      startsAt: ranked.startsAt,
      endsAt: ranked.endsAt,
      answerBy,
      agendaBy,
      sequence: loaded.meeting.sequence + 1,
    };
    const override = ranked.isQuorate || reason === null ? null : await sealReason(scope, id, reason);
    const closedAt = loaded.poll.closedAt ?? now;
    const contacts = await listContacts(
      db,
      votingCenters(loaded.seats).map(({ code }) => code),
    );
    return done({
      detail: {
        date: ranked.startsAt.toISOString(),
        yes: ranked.tally.yes,
        maybe: ranked.tally.maybe,
        no: ranked.tally.no,
        ...(ranked.isQuorate ? {} : { override: true }),
      },
      set,
      after: { poll: { ...loaded.poll, closedAt, decidedDate: dateId } },
      statements: [
        db
          .update(poll)
          .set({ closedAt, decidedDate: dateId, overrideReason: override })
          .where(eq(poll.meetingId, id)),
      ],
      ...inviteTo(
        { ...loaded, meeting: { ...loaded.meeting, ...set } },
        recipientsOf(loaded.seats, contacts),
        actor.city.name,
      ),
    });
  });
}

/** The candidate, if it is to come and keeps the quorum, or there is a reason to do without. */
function chooseDate(
  polling: Polling,
  dateId: string,
  hasReason: boolean,
  now: Date,
): Result<RankedDate, PollRefusal> {
  const ranked = rankDates(polling).find((each) => each.id === dateId);
  if (!ranked || ranked.startsAt <= now) return refused({ reason: 'past' });
  const needed = neededCenters(polling);
  if (needed !== null && !ranked.isQuorate && !hasReason)
    return refused({ reason: 'below-quorum', have: ranked.tally.yes + ranked.tally.maybe, needed });
  return done(ranked);
}

/** The same person's second press is answered as the first; others hear who was first. */
async function decidedBefore(
  { db }: Scope,
  actor: Actor,
  { meeting, poll: of }: LoadedMeeting,
  dateId: string,
): Promise<Result<undefined, PollRefusal>> {
  const { startsAt, endsAt } = of?.dates.find(({ id }) => id === of.decidedDate) ?? {};
  const decider = await findDecider(db, meeting.id);
  if (!of || !startsAt || !endsAt || !decider) return refused({ reason: 'not-polling' });
  if (decider.id === actor.slackUserId && of.decidedDate === dateId) return done(undefined);
  return refused({ reason: 'decided', by: decider.name, startsAt, endsAt });
}

async function sealReason(scope: Scope, id: string, reason: string): Promise<Sealed> {
  const key = await openMeetingsKey(scope);
  return key.seal(overridePlace(id), reason);
}

export function overridePlace(meetingId: string) {
  return meetingPlace('meeting_poll', 'override_reason', meetingId);
}
