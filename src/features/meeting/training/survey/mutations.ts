/** Answering the survey of a training: by whoever was there, until two weeks after it; the latest answer counts. */
import { isUniqueViolation, runBatch } from '../../../../lib/db.ts';
import { done, NOT_FOUND, type NotFound, type Result, refused } from '../../../../lib/result.ts';
import type { Scope } from '../../../../slack/scope.ts';
import { appendEntry, chainHead, nextEntry } from '../../../../vault/audit.ts';
import type { Actor } from '../../../directory/actor.ts';
import { type LoadedMeeting, loadMeeting } from '../../data.ts';
import { openMeetingsKey } from '../../sealing.ts';
import { noteRefusal } from '../../storing/mutations.ts';
import { isSurveyOpen, type SurveyAnswer } from '../rules.ts';
import { trainingSurvey } from '../tables.ts';
import { commentPlace, wasThere } from './data.ts';

const ACTION = 'meeting.answer_survey';
/** One's own presses meet each other at most. */
const ATTEMPTS = 20;

export type SurveyRefusal = NotFound | { reason: 'closed' };

/** The training, for whoever was there and may answer now; a refusal is noted. */
export async function findSurvey(
  scope: Scope,
  actor: Actor,
  id: string,
): Promise<Result<LoadedMeeting, SurveyRefusal>> {
  const loaded = await loadMeeting(scope.db, id);
  const isIts = loaded?.training && (await wasThere(scope.db, id, actor.slackUserId));
  const endsAt = loaded?.meeting.endsAt;
  if (loaded && isIts && endsAt && loaded.meeting.status !== 'cancelled' && scope.now >= endsAt) {
    if (isSurveyOpen(endsAt, scope.now)) return done(loaded);
    return refuse(scope, actor, loaded, { reason: 'closed' });
  }
  return refuse(scope, actor, loaded, NOT_FOUND);
}

async function refuse(
  scope: Scope,
  actor: Actor,
  loaded: LoadedMeeting | undefined,
  refusal: SurveyRefusal,
): Promise<Result<LoadedMeeting, SurveyRefusal>> {
  await noteRefusal(scope, actor, ACTION, loaded?.meeting.reference, refusal.reason);
  return refused(refusal);
}

/** Stores the answer in the place of the one before. The audit log has that she answered, not what. */
export async function answerSurvey(
  scope: Scope,
  actor: Actor,
  id: string,
  { understood, useful, comment }: SurveyAnswer,
): Promise<Result<undefined, SurveyRefusal>> {
  const { db, now } = scope;
  const found = await findSurvey(scope, actor, id);
  if (!found.ok) return found;
  const person = actor.slackUserId;
  const key = await openMeetingsKey(scope);
  const sealed = comment === null ? null : await key.seal(commentPlace(id, person), comment);
  const row = { understood, useful, comment: sealed, answeredAt: now };
  const chain = `person:${person}` as const;
  for (let attempt = 1; ; attempt += 1) {
    const entry = await nextEntry(chain, await chainHead(db, chain), {
      at: now,
      actor: person,
      action: ACTION,
      outcome: 'done',
      ...scope.origin,
      detail: { meeting: found.value.meeting.reference },
    });
    try {
      await runBatch(db, [
        appendEntry(db, entry),
        db
          .insert(trainingSurvey)
          .values({ meetingId: id, person, ...row })
          .onConflictDoUpdate({ target: [trainingSurvey.meetingId, trainingSurvey.person], set: row }),
      ]);
      return done(undefined);
    } catch (error) {
      if (!isUniqueViolation(error) || attempt === ATTEMPTS) throw error;
    }
  }
}
