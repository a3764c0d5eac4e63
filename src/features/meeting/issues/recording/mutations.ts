/** Noting a 地域課題 that a meeting brought up: numbered, once a form, its words sealed. */
import { eq, sql } from 'drizzle-orm';
import { sha256Hex } from '../../../../lib/bytes.ts';
import type { Database } from '../../../../lib/db.ts';
import { eraYear, fiscalYearOf } from '../../../../lib/jst.ts';
import { done, NOT_FOUND, type NotFound, type Result, refused } from '../../../../lib/result.ts';
import type { Scope } from '../../../../slack/scope.ts';
import { findByReference } from '../../../consultation/finding/data.ts';
import { sightOf } from '../../../consultation/visibility/data.ts';
import type { Actor } from '../../../directory/actor.ts';
import { findCity } from '../../../directory/data.ts';
import { circleOf } from '../../data.ts';
import { personalDataIn } from '../../detecting/data.ts';
import { openMeetingsKey } from '../../sealing.ts';
import { changeMeeting } from '../../storing/mutations.ts';
import { issuePlace, listAreas } from '../data.ts';
import { formatIssueReference, mayRecordIssue } from '../rules.ts';
import { communityIssue } from '../tables.ts';
import type { IssueForm } from './schema.ts';

export type RecordRefusal =
  | NotFound
  | { reason: 'no-case' | 'no-area' }
  /** The words seem to hold personal data: kinds, as people call them. */
  | { reason: 'personal-data'; kinds: string };

/**
 * @param submissionKey of the form: sent again, it stores nothing and is answered the same
 * @returns its reference
 */
export async function recordIssue(
  scope: Scope,
  actor: Actor,
  meetingId: string,
  wanted: IssueForm,
  submissionKey: string,
): Promise<Result<string, RecordRefusal>> {
  const { db, now } = scope;
  const id = (await sha256Hex(`issue/${submissionKey}`)).slice(0, 32);
  let reference = '';
  const wish = { id: meetingId, action: 'meeting.record_issue' };
  const changed = await changeMeeting<RecordRefusal>(scope, actor, wish, async (loaded) => {
    if (!mayRecordIssue(actor, circleOf(loaded), loaded.meeting.status)) return refused(NOT_FOUND);
    const known = await findBySubmission(db, submissionKey);
    if (known !== undefined) {
      reference = known;
      return done(undefined);
    }
    const checked = await check(scope, actor, wanted);
    if (!checked.ok) return checked;
    const firstMonth = (await findCity(db))?.fiscalYearStart ?? 4;
    const series = eraYear(fiscalYearOf(now, firstMonth), firstMonth);
    const number = (await latestNumber(db, series)) + 1;
    reference = formatIssueReference(series, number);
    const key = await openMeetingsKey(scope);
    return done({
      detail: { issue: reference, topic: wanted.topic, area: wanted.area },
      statements: [
        db.insert(communityIssue).values({
          id,
          reference,
          series,
          number,
          topic: wanted.topic,
          area: wanted.area,
          summary: await key.seal(issuePlace('summary', id), wanted.summary),
          meetingId,
          consultationId: checked.value,
          foundBy: actor.slackUserId,
          foundAt: now,
          state: 'found',
          outcome: null,
          submissionKey,
        }),
      ],
    });
  });
  return changed.ok ? done(reference) : changed;
}

/** @returns the id of the case that it names, if it names one */
async function check(
  scope: Scope,
  actor: Actor,
  { area, consultation, summary, isConfirmed }: IssueForm,
): Promise<Result<string | null, RecordRefusal>> {
  const { db } = scope;
  if (!(await listAreas(db)).some(({ code }) => code === area)) return refused({ reason: 'no-area' });
  const found =
    consultation === null ? null : await findByReference(db, await sightOf(scope, actor), consultation);
  if (found === undefined) return refused({ reason: 'no-case' });
  const kinds = isConfirmed ? undefined : await personalDataIn(scope, summary);
  return kinds === undefined ? done(found) : refused({ reason: 'personal-data', kinds });
}

async function findBySubmission(db: Database, key: string): Promise<string | undefined> {
  const [row] = await db
    .select({ reference: communityIssue.reference })
    .from(communityIssue)
    .where(eq(communityIssue.submissionKey, key))
    .limit(1);
  return row?.reference;
}

async function latestNumber(db: Database, series: string): Promise<number> {
  const [row] = await db
    .select({ number: sql<number | null>`max(${communityIssue.number})` })
    .from(communityIssue)
    .where(eq(communityIssue.series, series));
  return row?.number ?? 0;
}
