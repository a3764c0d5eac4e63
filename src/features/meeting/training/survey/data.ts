/** Reads of surveys. What somebody wrote is opened without her name. */
import { and, eq, gt, inArray, lte, sql } from 'drizzle-orm';
import type { Database } from '../../../../lib/db.ts';
import type { Scope } from '../../../../slack/scope.ts';
import { meetingPlace, openMeetingsKey } from '../../sealing.ts';
import { meeting } from '../../tables.ts';
import type { SurveyAnswer } from '../rules.ts';
import { training, trainingApplication, trainingSurvey } from '../tables.ts';

/** What the notice is called that somebody was asked. */
export const SURVEY_MARK = 'survey';

/** Who was there, as far as anybody noted: with a seat, and not noted as absent or said to be. */
export const WAS_THERE = sql`state = 'accepted' AND coalesce(attended_minutes,
  CASE WHEN (SELECT answer FROM meeting_seat WHERE meeting_id = training_application.meeting_id
    AND seat = 'person:' || training_application.person) = 'absent' THEN 0 ELSE 1 END) > 0`;

export async function wasThere(db: Database, meetingId: string, person: string): Promise<boolean> {
  const [row] = await db
    .select({ person: trainingApplication.person })
    .from(trainingApplication)
    .where(
      and(eq(trainingApplication.meetingId, meetingId), eq(trainingApplication.person, person), WAS_THERE),
    );
  return row !== undefined;
}

/** Those who were there and were not asked yet. */
export async function listUnasked(db: Database, meetingId: string): Promise<string[]> {
  const rows = await db
    .select({ person: trainingApplication.person })
    .from(trainingApplication)
    .where(
      and(
        eq(trainingApplication.meetingId, meetingId),
        WAS_THERE,
        sql`EXISTS (SELECT 1 FROM staff WHERE slack_user_id = ${trainingApplication.person} AND removed_at IS NULL)`,
        sql`NOT EXISTS (SELECT 1 FROM meeting_notice WHERE meeting_id = ${meetingId} AND what = ${SURVEY_MARK}
          AND recipient = ${trainingApplication.person})`,
      ),
    );
  return rows.map(({ person }) => person);
}

/** Trainings that ended since an instant and have somebody who was not asked yet. */
export async function listToAsk(
  db: Database,
  { since, now, limit }: { since: Date; now: Date; limit: number },
): Promise<{ id: string; endsAt: Date }[]> {
  const rows = await db
    .select({ id: meeting.id, endsAt: meeting.endsAt })
    .from(meeting)
    .innerJoin(training, eq(training.meetingId, meeting.id))
    .where(
      and(
        inArray(meeting.status, ['fixed', 'held']),
        gt(meeting.endsAt, since),
        lte(meeting.endsAt, now),
        sql`EXISTS (SELECT 1 FROM training_application WHERE training_application.meeting_id = ${meeting.id}
          AND ${WAS_THERE}
          AND EXISTS (SELECT 1 FROM staff WHERE slack_user_id = training_application.person AND removed_at IS NULL)
          AND NOT EXISTS (SELECT 1 FROM meeting_notice WHERE meeting_notice.meeting_id = ${meeting.id}
            AND what = ${SURVEY_MARK} AND recipient = training_application.person))`,
      ),
    )
    .orderBy(meeting.endsAt)
    .limit(limit);
  return rows.flatMap(({ id, endsAt }) => (endsAt ? [{ id, endsAt }] : []));
}

/** One's own answer, to be changed. */
export async function openOwnAnswer(
  scope: Pick<Scope, 'db' | 'settings'>,
  meetingId: string,
  person: string,
): Promise<SurveyAnswer | undefined> {
  const [row] = await scope.db
    .select()
    .from(trainingSurvey)
    .where(and(eq(trainingSurvey.meetingId, meetingId), eq(trainingSurvey.person, person)));
  if (!row) return undefined;
  const comment =
    row.comment === null
      ? null
      : await (await openMeetingsKey(scope)).open(commentPlace(meetingId, person), row.comment);
  return { understood: row.understood, useful: row.useful, comment };
}

/** All answers, opened; no names come along. */
export async function openAnswers(
  scope: Pick<Scope, 'db' | 'settings'>,
  meetingId: string,
): Promise<SurveyAnswer[]> {
  const rows = await scope.db.select().from(trainingSurvey).where(eq(trainingSurvey.meetingId, meetingId));
  const key = await openMeetingsKey(scope);
  return Promise.all(
    rows.map(async ({ understood, useful, comment, person }) => ({
      understood,
      useful,
      comment: comment === null ? null : await key.open(commentPlace(meetingId, person), comment),
    })),
  );
}

/** Where somebody's comment lies. */
export function commentPlace(meetingId: string, person: string) {
  return meetingPlace('training_survey', 'comment', `${meetingId}/${person}`);
}
