/** Noting who was at a training, and for how long. */
import { and, eq, sql } from 'drizzle-orm';
import { done, NOT_FOUND, type NotFound, type Result, refused } from '../../../../lib/result.ts';
import type { Scope } from '../../../../slack/scope.ts';
import type { Actor } from '../../../directory/actor.ts';
import { circleOf, type LoadedMeeting } from '../../data.ts';
import { openMeeting } from '../../opening/mutations.ts';
import { mayArrange } from '../../rules.ts';
import { changeMeeting, noteRefusal } from '../../storing/mutations.ts';
import { type Application, listApplications } from '../data.ts';
import { trainingApplication } from '../tables.ts';

const ACTION = 'meeting.record_training';

/** What is noted of a training so far, and the mark by which a form that others overtook is known. */
export interface TrainingRecord {
  loaded: LoadedMeeting;
  applications: readonly Application[];
  mark: string;
}

/** For its arrangers, once it began; a refusal is noted. */
export async function openRecord(
  scope: Scope,
  actor: Actor,
  id: string,
): Promise<Result<TrainingRecord, NotFound>> {
  const found = await openMeeting(scope, actor, id, ACTION);
  if (!found.ok) return found;
  if (!isRecordable(found.value, actor, scope.now)) {
    await noteRefusal(scope, actor, ACTION, found.value.meeting.reference, NOT_FOUND.reason);
    return refused(NOT_FOUND);
  }
  return done(await recordOf(scope, found.value));
}

/** Whether somebody may note who was there, now. */
export function isRecordable(loaded: LoadedMeeting, actor: Actor, now: Date): boolean {
  const { startsAt, status } = loaded.meeting;
  const hasBegun = startsAt !== null && now >= startsAt && status !== 'cancelled';
  return loaded.training !== null && hasBegun && mayArrange(actor, circleOf(loaded));
}

async function recordOf({ db }: Scope, loaded: LoadedMeeting): Promise<TrainingRecord> {
  const all = await listApplications(db, loaded.meeting.id);
  const applications = all.filter(({ state }) => state === 'accepted');
  return { loaded, applications, mark: markOf(applications) };
}

/** Of the people and their minutes: another one as soon as somebody noted something. Names and numbers of nobody stand in it. */
function markOf(applications: readonly Application[]): string {
  return applications.map(({ attendedMinutes }) => attendedMinutes ?? '-').join('.');
}

export type RecordRefusal = NotFound | { reason: 'stale' };

/**
 * @param minutes by person; of those who have a seat
 * @param mark of the record that the form showed
 */
export async function recordAttendance(
  scope: Scope,
  actor: Actor,
  id: string,
  minutes: ReadonlyMap<string, number>,
  mark: string,
): Promise<Result<undefined, RecordRefusal>> {
  const { db, now } = scope;
  const changed = await changeMeeting<RecordRefusal>(scope, actor, { id, action: ACTION }, async (loaded) => {
    if (!isRecordable(loaded, actor, now)) return refused(NOT_FOUND);
    const record = await recordOf(scope, loaded);
    const noted = record.applications.flatMap(({ person, attendedMinutes }) => {
      const wanted = minutes.get(person);
      return wanted === undefined || wanted === attendedMinutes ? [] : [{ person, minutes: wanted }];
    });
    // The same form sent twice: what it says is stored already.
    if (noted.length === 0) return done(undefined);
    if (record.mark !== mark) return refused({ reason: 'stale' });
    const rows = JSON.stringify(noted);
    return done({
      detail: { noted: noted.length },
      statements: [
        db
          .update(trainingApplication)
          .set({
            attendedMinutes: sql`(SELECT value->>'minutes' FROM json_each(${rows})
              WHERE value->>'person' = ${trainingApplication.person})`,
          })
          .where(
            and(
              eq(trainingApplication.meetingId, id),
              eq(trainingApplication.state, 'accepted'),
              sql`${trainingApplication.person} IN (SELECT value->>'person' FROM json_each(${rows}))`,
            ),
          ),
      ],
    });
  });
  return changed.ok ? done(undefined) : changed;
}
